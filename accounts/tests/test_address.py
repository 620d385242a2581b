import pytest
from django.test import RequestFactory

from accounts.address import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "told"),
    [
        (0, "", "10.0.0.1"),
        (0, "1.2.3.4", "10.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "", None),
        (1, "not an address", None),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_what_our_own_proxies_say(settings, proxies, forwarded, told):
    settings.AXES_IPWARE_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == told


def test_a_peer_without_an_address_has_none():
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
