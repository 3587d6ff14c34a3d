"""One place that turns SMTP_URL into Django's e-mail settings."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from nuanxin.config.environment import EnvironmentFault


def smtp_settings(url: str) -> dict[str, str | int | bool]:
    """Settings for smtp://user:password@host:port (STARTTLS where there is a user) or smtps://…; empty: no e-mail.

    Raises EnvironmentFault.
    """
    if not url:
        return {"EMAIL_HOST": ""}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise EnvironmentFault("SMTP_URL takes smtp://user:password@host:port or smtps://…")
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587 if parts.username else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        # A password never goes over the wire in the clear.
        "EMAIL_USE_TLS": not implicit and bool(parts.username),
        "EMAIL_TIMEOUT": 10,
    }
