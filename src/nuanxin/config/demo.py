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
    from nuanxin.config import demo_people, demo_stories
    from nuanxin.network import demo as network
    from nuanxin.network.models import Agency

    network.load(at)
    # The stories begin weeks before the demo's present, and their people must have been there by then.
    since = at - timedelta(days=90)
    load_demo_staff(by=SYSTEM, at=since, agencies=Agency.objects.filter(active=True))
    if cases:
        demo_stories.load(at)
    else:
        demo_people.load_lawyers(since)


def logins() -> list[str]:
    """The lines that tell the demo logins, one for each role."""
    from nuanxin.accounts.demo import LOGINS, PASSWORD

    width = max(len(login.username) for login in LOGINS)
    lines = [
        f"  {login.username:<{width}}  {login.role}, region {login.region // 10**6:06d}" for login in LOGINS
    ]
    return [f"demo sign-ins at /desk/, each with the password {PASSWORD}:", *lines]
