"""What the process is told by its environment, read once and typed.

Secrets come from here and nowhere else. In a demo folder the keys are made once by ``nuanxin demo`` and
kept with mode 600; a production process refuses to start without them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path


class EnvironmentFault(Exception):
    """The environment lacks a value, or has one that cannot be used."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings a deployer may change, with their meaning."""

    data_dir: Path  # DATA_DIR: database file, evidence, keys, exported chain heads
    database_url: str  # DATABASE_URL: sqlite:///path or postgresql://user:password@host:port/name
    keys_file: Path | None  # KEYS_FILE: JSON of all secret keys; default DATA_DIR/keys.json
    demo: bool  # NUANXIN_DEMO=1: invented people, development outbox, demo sign-ins shown
    debug: bool  # NUANXIN_DEBUG=1: Django's debug pages; never in production
    rate_limit: bool  # RATE_LIMIT=off switches limits off, for load tests on loopback
    hosts: tuple[str, ...]  # ALLOWED_HOSTS: comma separated
    base_url: str  # BASE_URL: the address printed in QR codes and messages
    sms_gateway_url: str  # SMS_GATEWAY_URL: empty means the development outbox
    clamd: str  # CLAMD: host:port or unix socket path; empty means no scanner, and uploads say scanned: false
    secure: bool  # SECURE=1: cookies and redirects for HTTPS
    # TRUSTED_PROXIES: addresses or networks, comma separated, whose X-Forwarded-For is believed
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    oidc_issuer: str  # OIDC_ISSUER: an authority's identity provider; empty means sign-in by password only
    oidc_client_id: str  # OIDC_CLIENT_ID
    oidc_client_secret: str = field(repr=False)  # OIDC_CLIENT_SECRET
    oidc_name: str  # OIDC_NAME: what the button is called
    sms_gateway_account: str  # SMS_GATEWAY_ACCOUNT: our name at the gateway
    sms_gateway_secret: str = field(repr=False)  # SMS_GATEWAY_SECRET: signs what is sent and what comes in
    # SMTP_URL: smtp://user:password@host:port, smtps:// for TLS; empty: no e-mail
    smtp_url: str = field(repr=False)
    mail_from: str  # MAIL_FROM: sender of e-mail
    recordings_days: int  # HOTLINE_RECORDINGS_DAYS: how long recordings of calls are kept
    quality_percent: int  # HOTLINE_QUALITY_PERCENT: share of each person's calls that is checked each week
    ari_url: str  # ARI_URL: of the Asterisk that the gateway leads, such as https://pbx:8089/ari; empty: none
    ari_user: str  # ARI_USER: section of ari.conf
    ari_password: str = field(repr=False)  # ARI_PASSWORD
    ari_ca: str  # ARI_CA: file of the authority that vouches for it; empty: those of the system
    ari_app: str  # ARI_APP: the name that the dialplan gives to Stasis()
    ari_operators: str  # ARI_OPERATORS: how an extension is rung; {} stands for it
    ari_people: str  # ARI_PEOPLE: how a person is rung back; {} stands for the number
    ari_shown: str  # ARI_SHOWN: the number that a person who is rung back sees
    law_data: Path | None  # LAW_DATA: folder of the deployment's own dated values and holiday years


def read_environment(variables: dict[str, str] | None = None) -> Environment:
    """Read the environment. Raises EnvironmentFault, naming the variable and what it takes."""
    v = dict(os.environ) if variables is None else variables
    data_dir = Path(v.get("DATA_DIR", "var/dev")).resolve()
    rate_limit = v.get("RATE_LIMIT", "on").lower()
    if rate_limit not in {"on", "off"}:
        raise EnvironmentFault(f"RATE_LIMIT takes on or off, not {rate_limit!r}")
    keys, law_data = v.get("KEYS_FILE"), v.get("LAW_DATA")
    return Environment(
        data_dir=data_dir,
        database_url=v.get("DATABASE_URL", f"sqlite:///{data_dir / 'nuanxin.sqlite3'}"),
        keys_file=Path(keys) if keys else None,
        demo=v.get("NUANXIN_DEMO", "0") == "1",
        debug=v.get("NUANXIN_DEBUG", "0") == "1",
        rate_limit=rate_limit == "on",
        hosts=tuple(
            h.strip()
            for h in v.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
            if h.strip()
        ),
        base_url=v.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        sms_gateway_url=v.get("SMS_GATEWAY_URL", ""),
        clamd=v.get("CLAMD", ""),
        secure=v.get("SECURE", "0") == "1",
        trusted_proxies=_networks(v.get("TRUSTED_PROXIES", "")),
        oidc_issuer=v.get("OIDC_ISSUER", ""),
        oidc_client_id=v.get("OIDC_CLIENT_ID", ""),
        oidc_client_secret=v.get("OIDC_CLIENT_SECRET", ""),
        oidc_name=v.get("OIDC_NAME", "OpenID Connect"),
        sms_gateway_account=v.get("SMS_GATEWAY_ACCOUNT", ""),
        sms_gateway_secret=v.get("SMS_GATEWAY_SECRET", ""),
        smtp_url=v.get("SMTP_URL", ""),
        mail_from=v.get("MAIL_FROM", "nuanxin@localhost"),
        recordings_days=_number(v, "HOTLINE_RECORDINGS_DAYS", 180, 1, 3650),
        quality_percent=_number(v, "HOTLINE_QUALITY_PERCENT", 5, 0, 100),
        ari_url=v.get("ARI_URL", "").rstrip("/"),
        ari_user=v.get("ARI_USER", ""),
        ari_password=v.get("ARI_PASSWORD", ""),
        ari_ca=v.get("ARI_CA", ""),
        ari_app=v.get("ARI_APP", "nuanxin"),
        ari_operators=v.get("ARI_OPERATORS", "PJSIP/{}"),
        ari_people=v.get("ARI_PEOPLE", "PJSIP/{}@trunk"),
        ari_shown=v.get("ARI_SHOWN", "12348"),
        law_data=Path(law_data).resolve() if law_data else None,
    )


def _number(variables: dict[str, str], name: str, usual: int, least: int, most: int) -> int:
    text = variables.get(name, "").strip() or str(usual)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise EnvironmentFault(f"{name} takes a whole number from {least} to {most}, not {text!r}")
    return int(text)


def _networks(listed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(one.strip(), strict=False) for one in listed.split(",") if one.strip())
    except ValueError as fault:
        raise EnvironmentFault(
            f"TRUSTED_PROXIES takes addresses or networks, comma separated: {fault}"
        ) from fault
