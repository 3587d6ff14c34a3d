"""The demo's content: offices, staff, cases. Each room brings its own; this room only puts them in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The instant that the demo counts as its present."""
    return datetime.now(UTC)


def load(at: datetime, *, cases: bool = True) -> None:
    """Load everything, lowest room first. Called once for a demo folder. ``cases``: also the stories."""
    from nuanxin.accounts.demo import load_demo_staff
    from nuanxin.audit.actor import SYSTEM
    from nuanxin.config import demo_hotline, demo_people, demo_stories
    from nuanxin.hotline import demo as hotline
    from nuanxin.hotline import demo_roster
    from nuanxin.network import demo as network
    from nuanxin.network.models import Agency

    network.load(at)
    # The stories begin weeks before the demo's present, and their people must have been there by then.
    since = at - timedelta(days=90)
    load_demo_staff(by=SYSTEM, at=since, agencies=Agency.objects.filter(active=True))
    if cases:
        demo_stories.load(at)
        hotline.load(at, demo_people.worker_phone)
        demo_hotline.load(at)
        demo_roster.load(at)
    else:
        demo_people.load_lawyers(since)


def telephone(calls: int, at: datetime) -> list[str]:
    """The command by which so many invented callers an hour ring the hotline; empty for none."""
    from nuanxin.hotline.demo import lead_by_gateway

    exchange = lead_by_gateway(calls > 0, at)
    return ["hotline", "simulate", "--exchange", str(exchange), "--an-hour", str(calls)] if calls else []


def logins() -> list[str]:
    """The lines that tell how to come in: one login for each role, and one case to follow as its worker."""
    from nuanxin.accounts.demo import LOGINS, PASSWORD

    width = max(len(login.username) for login in LOGINS)
    lines = [
        f"  {login.username:<{width}}  {login.role}, region {login.region // 10**6:06d}" for login in LOGINS
    ]
    return [
        f"demo sign-ins at /desk/, each with the password {PASSWORD}:",
        *lines,
        "  every other office has its own, such as clerk_340800; the national intake desk has clerk_intake and",
        "  duty_lawyer_intake, and each province a duty lawyer, such as duty_lawyer_340000",
        *_as_a_worker(),
        "what the demo sent by text message and e-mail: /outbox/",
    ]


def _as_a_worker() -> list[str]:
    """How to follow a case as its worker: one whose money waits to be confirmed, as long as there is one."""
    from django.db.models import F

    from nuanxin.cases.codes import follow_code
    from nuanxin.cases.models import Case

    waiting = Case.objects.filter(paid_fen__gt=F("confirmed_fen")).order_by("id").first()
    case = waiting or Case.objects.order_by("id").first()
    if case is None:
        return []
    return [f"as a worker at /follow/: number {case.number}, code {follow_code(case.pk, case.code_epoch)}"]
