"""Mail, where the county has a gateway."""

import pytest

from accounts.letters import send_letter
from accounts.outbox import HANDLERS, drain, owe
from accounts.tests.make import NOW, make_notice, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gateway(settings):
    settings.EMAIL_ENABLED = True


def letter(user, *notices):
    return {"user": user.pk, "notices": [notice.pk for notice in notices]}


def test_a_letter_carries_the_lines_in_the_readers_language(mailoutbox):
    user = make_user(email="a@example.test", language="en")
    owe("email", key="digest:1", payload=letter(user, make_notice(user=user)), now=NOW)
    assert drain(now=NOW) == 1
    assert (mailoutbox[0].to, mailoutbox[0].body) == (
        ["a@example.test"],
        "Your suggestion has been answered.",
    )


def test_a_read_line_is_left_out_and_nothing_left_is_no_letter(mailoutbox):
    user = make_user(email="a@example.test")
    payload = letter(user, make_notice(user=user, read_at=NOW))
    assert (send_letter(payload, now=NOW), mailoutbox) == (0, [])


def test_nobody_gets_anothers_line(mailoutbox):
    user = make_user(email="a@example.test")
    payload = letter(user, make_notice(user=make_user()))
    assert (send_letter(payload, now=NOW), mailoutbox) == (0, [])


@pytest.mark.parametrize("fields", [{"email": ""}, {"email": "a@example.test", "is_active": False}])
def test_without_an_address_or_locked_there_is_no_letter(mailoutbox, fields):
    user = make_user(**fields)
    assert (send_letter(letter(user, make_notice(user=user)), now=NOW), mailoutbox) == (0, [])


def test_without_a_gateway_there_is_no_letter(mailoutbox, settings):
    settings.EMAIL_ENABLED = False
    user = make_user(email="a@example.test")
    assert (send_letter(letter(user, make_notice(user=user)), now=NOW), mailoutbox) == (0, [])


def test_the_handler_is_registered():
    assert HANDLERS["email"] is send_letter
