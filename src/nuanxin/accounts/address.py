"""The address a request came from, for rate limits and lock-outs."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
UNKNOWN = "0.0.0.0"  # noqa: S104 - not bound to: stands for a request without an address (a unix socket)


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def nearest_stranger(peer: str, forwarded_for: str, trusted: tuple[Network, ...]) -> str:
    """The address that reached our outermost trusted proxy.

    ``X-Forwarded-For`` is believed only as far as trusted proxies wrote it, so it is read from its end; what
    a client wrote itself stands further left and is never reached. An unreadable entry ends the search.
    """
    current = _parse(peer)
    if current is None:
        return UNKNOWN
    for entry in reversed(forwarded_for.split(",")):
        if not any(current in network for network in trusted):
            break
        before = _parse(entry)
        if before is None:
            break
        current = before
    return str(current)


def client_address(request: HttpRequest) -> str:
    """The client's address: REMOTE_ADDR, or what settings.TRUSTED_PROXIES say came before it."""
    return nearest_stranger(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.TRUSTED_PROXIES,
    )


def address_group(address: str) -> str:
    """What a rate limit counts as one: an IPv4 address, or the /64 that one IPv6 subscriber owns."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return address
