"""Which address a limit counts."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from nuanxin.accounts.address import address_group, nearest_stranger

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # nobody vouches for the header
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # the client wrote 1.2.3.4 itself
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, rubbish", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        ("", "198.51.100.1", "0.0.0.0"),
    ],
)
def test_the_header_is_believed_as_far_as_proxies_wrote_it(peer: str, forwarded: str, expected: str) -> None:
    assert nearest_stranger(peer, forwarded, PROXIES) == expected


def test_without_trusted_proxies_the_peer_counts() -> None:
    assert nearest_stranger("10.0.0.1", "198.51.100.1", ()) == "10.0.0.1"


def test_one_ipv6_subscriber_is_one_address() -> None:
    assert address_group("2001:db8:1:2:aaaa::1") == address_group("2001:db8:1:2:bbbb::9")
    assert address_group("2001:db8:1:3::1") != address_group("2001:db8:1:2::1")
    assert address_group("203.0.113.7") == "203.0.113.7"
