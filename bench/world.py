"""What cases need around them: every county with its agency, lawyers in every city, the demonstration's sign-ins."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.management import call_command

from bench.cases import World
from bench.invent import counties
from nuanxin.accounts.models import Grant, Staff
from nuanxin.assignment.models import Lawyer
from nuanxin.audit.actor import Role
from nuanxin.audit.transactions import write
from nuanxin.config import demo
from nuanxin.network import directory
from nuanxin.network.models import Agency
from nuanxin.network.rules.gazetteer import Level, Place, gazetteer

LAWYERS_IN_A_CITY = 4
MUNICIPALITIES = frozenset({11, 12, 31, 50})  # have no level of cities


def prepare() -> None:
    """Tables, static files, demonstration, agencies, lawyers. Once for a database."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    demo.load(demo.now())
    with write():
        _agencies()
        _lawyers(datetime.now(UTC) - timedelta(days=1200))


def places() -> list[Place]:
    """Regions in force that have offices, down to the county."""
    codes = [p for p in gazetteer() if p.current and not p.placeholder and not p.statistical and p.code]
    return [place for place in codes if place.code // 10**10 < 70]


def _agencies() -> None:
    """A legal-aid agency for every place that has none: nearly 3,200."""
    taken = set(Agency.objects.filter(kind=Agency.Kind.LEGAL_AID).values_list("region", flat=True))
    Agency.objects.bulk_create(
        Agency(
            kind=Agency.Kind.LEGAL_AID, region=place.code, name_zh=f"{place.name_zh}法律援助中心",
            name_en=f"{place.name_en} Legal Aid Centre", phone="010-55500000",
        )
        for place in places() if place.code not in taken
    )  # fmt: skip
    directory.changed()


def _lawyers(since: datetime) -> None:
    cities = [
        place for place in places() if place.level is Level.CITY or place.code // 10**10 in MUNICIPALITIES
    ]
    cities = [place for place in cities if place.level is not Level.COUNTY]
    rows = [
        (f"bench_{city.code // 10**6}_{n}", f"测律{city.short_zh}{n}", city.code)
        for city in cities for n in range(LAWYERS_IN_A_CITY)
    ]  # fmt: skip
    people = [Staff(username=username, name=name, created_at=since) for username, name, _ in rows]
    for person in people:
        person.set_unusable_password()
    Staff.objects.bulk_create(people)
    ids = dict(Staff.objects.filter(username__startswith="bench_").values_list("username", "pk"))
    Grant.objects.bulk_create(
        Grant(staff_id=ids[username], role=Role.LAWYER, region=region, since=since)
        for username, _, region in rows
    )
    Lawyer.objects.bulk_create(
        Lawyer(staff=ids[username], region=region, specialties=["labour"], languages=["zh"])
        for username, _, region in rows
    )


def world(now: datetime) -> World:
    """The world as cases are invented in it, the same after a pause."""
    lawyers = defaultdict(list)
    for staff, region in Lawyer.objects.order_by("pk").values_list("staff", "region"):
        lawyers[region // 10**10].append(staff)
    agencies = Agency.objects.filter(kind=Agency.Kind.LEGAL_AID).order_by("-pk").values_list("region", "pk")
    found = [place for place in places() if place.level is Level.COUNTY]
    return World(
        now=now,
        counties=counties([place.code for place in found]),
        agencies=dict(agencies),
        short_names={place.code: place.short_zh for place in found},
        lawyers=lawyers,
        chain_key=settings.KEYS.chain,
    )
