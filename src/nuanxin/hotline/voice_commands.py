"""``nuanxin hotline gateway`` and ``nuanxin hotline simulate``: what they take and what they start."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from nuanxin.hotline.gateway import run
from nuanxin.hotline.gateway.run import NotSetUp
from nuanxin.hotline.models import Exchange
from nuanxin.hotline.simulator import run as simulation

__all__ = ["NotSetUp", "add_arguments", "gateway", "simulate"]

MOST_AN_HOUR = 36_000  # ten a second


def add_arguments(does: Any) -> None:
    """The two sub-commands."""
    lead: ArgumentParser = does.add_parser(
        "gateway", help="lead an Asterisk; ARI_URL, ARI_USER, ARI_PASSWORD say where"
    )
    lead.add_argument("--exchange", type=int, required=True)
    play: ArgumentParser = does.add_parser(
        "simulate", help="invented callers for a demonstration or a training"
    )
    play.add_argument("--exchange", type=int, required=True)
    play.add_argument("--an-hour", type=float, default=60, help="calls an hour")
    play.add_argument("--calls", type=int, default=0, help="end after so many; without: go on")
    play.add_argument("--seed", type=int, default=1)
    play.add_argument("--wrap-up", action="store_true", help="close records by themselves")


def gateway(*, say: Callable[[str], None], exchange: int, **_: Any) -> None:
    """Lead an exchange until SIGTERM. Raises NotSetUp."""
    run.main(Exchange.objects.get(pk=exchange), run.access(), run.route(), say)


def simulate(
    *,
    say: Callable[[str], None],
    exchange: int,
    an_hour: float,
    calls: int,
    seed: int,
    wrap_up: bool,
    **_: Any,
) -> None:
    """Simulate until SIGTERM. Raises NotSetUp."""
    if not 0 < an_hour <= MOST_AN_HOUR:  # neither is nan
        raise NotSetUp(f"--an-hour is more than 0 and at most {MOST_AN_HOUR}")
    if calls < 0:
        raise NotSetUp("--calls is 0 or more")
    simulation.main(
        Exchange.objects.get(pk=exchange), an_hour=an_hour, seed=seed, calls=calls, wraps_up=wrap_up, say=say
    )
