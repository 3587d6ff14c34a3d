"""Text messages through an HTTP gateway.

``POST`` to SMS_GATEWAY_URL with JSON ``{"account", "to", "text", "key", "discreet"}`` and the headers
``X-Nuanxin-Time`` (Unix seconds) and ``X-Nuanxin-Signature``: hex HMAC-SHA256 over ``time.body`` with
SMS_GATEWAY_SECRET. ``key`` is the same at every try; a gateway that knows it answers 409 and sends nothing.
A deployer's own gateway that speaks otherwise is put behind a small relay with this shape.
"""

from __future__ import annotations

import hmac
import json
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.core.exceptions import ImproperlyConfigured

from nuanxin.notices.senders.sender import Outgoing, Refused, TryAgain

TIMEOUT = httpx.Timeout(10.0, connect=4.0)
LONGEST_WAIT = timedelta(hours=1)
_LATER = {401: "unauthorised", 403: "forbidden", 408: "timeout", 425: "too_early", 429: "too_many"}


def sign(secret: str, moment: str, body: bytes) -> str:
    """The signature of a request, either way."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, "sha256").hexdigest()


class HttpSmsGateway:
    """One gateway with its kept-alive connections."""

    def __init__(
        self, url: str, *, account: str, secret: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        """Raises ImproperlyConfigured for an address without TLS beyond this machine, or without a secret."""
        if not _safe(url):
            raise ImproperlyConfigured("SMS_GATEWAY_URL must be https:// (plain http only on this machine)")
        if not secret:
            raise ImproperlyConfigured("SMS_GATEWAY_SECRET is needed to sign what is sent")
        self.url, self.account, self.secret = url, account, secret
        self.client = httpx.Client(timeout=TIMEOUT, transport=transport, follow_redirects=False)

    def send(self, message: Outgoing) -> str:
        """Raises TryAgain while the gateway is down, busy or refuses our credentials; Refused for the message."""
        content = {
            "account": self.account,
            "to": message.to,
            "text": message.text,
            "key": message.key,
            "discreet": message.discreet,
        }
        body = json.dumps(content, ensure_ascii=False).encode()
        moment = str(int(message.at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Nuanxin-Time": moment,
            "X-Nuanxin-Signature": sign(self.secret, moment, body),
            "Idempotency-Key": message.key,
        }
        try:
            response = self.client.post(self.url, content=body, headers=headers)
        except httpx.TimeoutException as fault:
            raise TryAgain("timeout", down=True) from fault
        except httpx.TransportError as fault:
            raise TryAgain("unreachable", down=True) from fault
        return _read(response)


def _read(response: httpx.Response) -> str:
    status = response.status_code
    if 200 <= status < 300 or status == 409:  # 409: the gateway has this key already
        return _id(response)
    if status in _LATER or status >= 500 or 300 <= status < 400:
        code = _LATER.get(status, f"http_{status}")
        raise TryAgain(code, wait=_wait(response), down=status in {401, 403, 429, 503})
    raise Refused(_code(response) or f"http_{status}")


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _id(response: httpx.Response) -> str:
    return str(_json(response).get("id", ""))[:80]


def _code(response: httpx.Response) -> str:
    code = str(_json(response).get("code", ""))
    return code if code.isascii() and code.replace("_", "").isalnum() and len(code) <= 40 else ""


def _wait(response: httpx.Response) -> timedelta | None:
    text = response.headers.get("Retry-After", "")
    return min(timedelta(seconds=int(text)), LONGEST_WAIT) if text.isdecimal() else None


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme != "http" or not parts.hostname:
        return False
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback
    except ValueError:
        return False
