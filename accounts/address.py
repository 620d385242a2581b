"""Whose address a request comes from, when a known number of our own proxies stand before us."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The peer, or the entry our outermost proxy wrote: counted from the right, because the left is the client's own words."""
    proxies = settings.AXES_IPWARE_PROXY_COUNT
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = hops[-proxies] if proxies and len(hops) >= proxies else request.META.get("REMOTE_ADDR")
    return valid(told)


def valid(text: str | None) -> str | None:
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None
