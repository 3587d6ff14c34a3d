"""``nuanxin hotline gateway``: the process around the gateway. One for each exchange; the second one is refused."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from ssl import create_default_context
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from nuanxin.hotline.gateway.ari import Access, Client
from nuanxin.hotline.gateway.journal import Journal
from nuanxin.hotline.gateway.operations import Route
from nuanxin.hotline.gateway.process import Clock, Gateway
from nuanxin.hotline.models import Exchange

log = structlog.get_logger("nuanxin.hotline.gateway")


class NotSetUp(Exception):
    """Something is missing that the gateway needs; says what."""


def folder() -> Path:
    """Where the gateways of this machine keep their journals and heartbeats."""
    return Path(settings.DATA_DIR) / "hotline"


def pulse_of(exchange: int) -> Path:
    """The file in which the gateway of an exchange reports."""
    return folder() / f"gateway-{exchange}.json"


def last_report(exchange: int) -> tuple[datetime | None, int, int]:
    """When the gateway of an exchange reported last on this machine, how much it could not tell by then, and how many
    sentences callers were to hear since its start of which Asterisk has no file."""
    try:
        said = json.loads(pulse_of(exchange).read_text("utf-8"))
        return datetime.fromisoformat(said["at"]), int(said["untold"]), int(said.get("unheard", 0))
    except (OSError, ValueError, KeyError, TypeError):
        return None, 0, 0


def access() -> Access:
    """From the environment. Raises NotSetUp."""
    missing = [name for name in ("ARI_URL", "ARI_USER", "ARI_PASSWORD") if not getattr(settings, name)]
    if missing:
        raise NotSetUp(f"set {', '.join(missing)}; docs/howto/connect-asterisk.md says what they are")
    parts = urlsplit(settings.ARI_URL)
    here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise NotSetUp("ARI_URL is https://…; http:// only for an engine on this machine")
    try:
        tls = create_default_context(cafile=settings.ARI_CA) if settings.ARI_CA else None
    except OSError as fault:  # no such file, or no certificate in it
        raise NotSetUp(f"ARI_CA: {settings.ARI_CA} cannot be read as certificates (PEM)") from fault
    return Access(settings.ARI_URL, settings.ARI_USER, settings.ARI_PASSWORD, tls)


def route() -> Route:
    """How telephones are rung, from the environment. Raises NotSetUp."""
    for name in ("ARI_OPERATORS", "ARI_PEOPLE"):
        if getattr(settings, name).count("{}") != 1:
            raise NotSetUp(f"{name} needs {{}} once, where the number goes")
    return Route(settings.ARI_APP, settings.ARI_OPERATORS, settings.ARI_PEOPLE, settings.ARI_SHOWN)


@contextmanager
def alone(exchange: int) -> Iterator[None]:
    """Hold the exchange; two gateways would ring operators twice. Raises NotSetUp for the second."""
    folder().mkdir(parents=True, exist_ok=True)
    file = os.open(folder() / f"gateway-{exchange}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as taken:
        raise NotSetUp("another gateway on this machine has this exchange") from taken
    finally:
        os.close(file)


def main(exchange: Exchange, where: Access, how: Route, say: Callable[[str], None]) -> int:
    """Run until SIGTERM or SIGINT. ``say`` prints the line by which a supervisor knows that it is ready."""
    if exchange.kind != Exchange.Kind.ARI or not exchange.active:
        raise NotSetUp(f"exchange {exchange.pk} is not an active one of kind ari")
    with alone(exchange.pk):
        return asyncio.run(_serve(exchange, where, how, say))


async def _serve(exchange: Exchange, where: Access, how: Route, say: Callable[[str], None]) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(exchange, where, how, stop, ready=lambda: say(f"gateway of exchange {exchange.pk}: ready"))
    return 0


async def serve(
    exchange: Exchange, where: Access, how: Route, stop: asyncio.Event, *, ready: Callable[[], None]
) -> None:
    """The gateway itself, until ``stop``."""
    client = Client(where, how, log=lambda text: log.warning("gateway.engine", said=text))
    journal = Journal(folder() / f"gateway-{exchange.pk}.journal")
    gateway = Gateway(exchange, client, journal, clock=Clock(), pulse=pulse_of(exchange.pk), ready=ready)
    try:
        await gateway.run(stop)
    finally:
        await client.close()
        sys.stdout.flush()
