"""Telephones of the people who answer: where a browser reaches the exchange, what Asterisk must know of each. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nuanxin.hotline.rules.register import is_extension

_ADDRESS = re.compile(
    r"(?P<scheme>wss?)://"
    r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])"
    r"(?::(?P<port>\d{1,5}))?(?P<path>(?:/[\w.~-]*)*)",
    re.ASCII,
)
_SECRET = re.compile(r"[\w-]{16,80}", re.ASCII)

_HEAD = """\
; pjsip.conf: the telephones of the hotline, printed by "nuanxin hotline pjsip --exchange {exchange}".
; It holds passwords: owner root, group asterisk, mode 640. Include it from pjsip.conf; print it anew after each change.
; A telephone here may call nobody by itself (no dialplan context of this name need exist): the platform joins the talks.

[nuanxin-telephone](!)
type=endpoint
context=nuanxin-telephones
disallow=all
allow=ulaw,alaw
direct_media=no
rtp_timeout=30
rtp_timeout_hold=30
device_state_busy_at=1
allow_subscribe=no

[nuanxin-browser](!,nuanxin-telephone)
webrtc=yes

[nuanxin-desk](!,nuanxin-telephone)
rewrite_contact=yes
rtp_symmetric=yes
force_rport=yes
"""
# A telephone that is gone is known within half a minute, and no proxy takes the quiet line for a dead one.
_SEAT = """
[{extension}](nuanxin-{kind})
auth={extension}
aors={extension}

[{extension}]
type=auth
auth_type=userpass
username={extension}
password={secret}

[{extension}]
type=aor
max_contacts=1
remove_existing=yes
qualify_frequency=30
"""


class BadAddress(ValueError):
    """An address at which no browser may reach an exchange; the text says what is wrong."""


class BadTelephone(ValueError):
    """An extension or password that cannot stand in pjsip.conf."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """One seat's telephone: in the browser, or on the desk."""

    extension: str
    secret: str = field(repr=False)
    browser: bool


def read_web_socket(text: str) -> str:
    """The address of an exchange's WebSocket as it is kept; empty stays empty.

    Raises BadAddress: it must be ``wss://host[:port][/path]``; ``ws://`` is taken for this machine alone, because
    sign-in and the keys of the talk would pass in the clear. The host goes into a header: nothing else is let in.
    """
    address = text.strip()
    if not address:
        return ""
    parts = _ADDRESS.fullmatch(address)
    if parts is None or int(parts["port"] or 443) > 65535:
        raise BadAddress(f"{address!r} is no address of the form wss://host:port/path")
    if parts["scheme"] == "ws" and not _loopback(parts["host"]):
        raise BadAddress("ws:// is taken for loopback alone: use wss://")
    return address


def origin(web_socket: str) -> str:
    """Scheme, host and port of an address that was read: what the page's policy lets the browser reach."""
    return "/".join(web_socket.split("/")[:3])


def sip_domain(web_socket: str) -> str:
    """The host that stands behind the @ of a telephone's SIP address."""
    parts = _ADDRESS.fullmatch(web_socket)
    if parts is None:
        raise BadAddress(web_socket)
    return parts["host"]


def pjsip(exchange: int, telephones: Sequence[Telephone]) -> str:
    """The part of pjsip.conf for these telephones. Raises BadTelephone."""
    return _HEAD.format(exchange=exchange) + "".join(_endpoint(one) for one in telephones)


def _endpoint(one: Telephone) -> str:
    if not is_extension(one.extension) or not _SECRET.fullmatch(one.secret):
        raise BadTelephone(f"extension {one.extension!r} cannot stand in pjsip.conf: letters and digits only")
    kind = "browser" if one.browser else "desk"
    return _SEAT.format(extension=one.extension, secret=one.secret, kind=kind)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
