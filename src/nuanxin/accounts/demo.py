"""Invented staff for a demonstration: one sign-in for each role, one password for all.

Loaded only where settings.DEMO is on (or in tests), so that a known password never reaches an installation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts import actions
from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.transactions import write

PASSWORD = "nuanxin-demo"  # noqa: S105 - printed by `make demo` and shown on the demo's sign-in page
HOME = 140581_000000  # Gaoping, where the demonstration's main case lies


class DemoAgency(Protocol):
    """What is asked of an agency of the room above."""

    @property
    def id(self) -> int: ...
    @property
    def region(self) -> int: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One sign-in: its role, its region (12 digits), what it does; ``kind`` of the office it works for."""

    username: str
    name: str
    role: Role
    region: int
    does: str | Promise
    kind: str = ""


CITY, PROVINCE, NATION = 140500_000000, 140000_000000, 0
LOGINS: tuple[DemoLogin, ...] = (
    DemoLogin(
        "clerk",
        "演示受理员",
        Role.CLERK,
        HOME,
        _("receives and reviews applications in Gaoping"),
        "legal_aid",
    ),
    DemoLogin("decider", "演示审批人", Role.DECIDER, HOME, _("decides on them"), "legal_aid"),
    DemoLogin("operator", "演示话务员", Role.OPERATOR, PROVINCE, _("takes calls and reports in Shanxi")),
    DemoLogin("duty_lawyer", "演示值班律师", Role.DUTY_LAWYER, PROVINCE, _("answers questions")),
    DemoLogin("lawyer", "演示律师甲", Role.LAWYER, CITY, _("handles cases that were assigned")),
    DemoLogin("lawyer2", "演示律师乙", Role.LAWYER, CITY, _("another lawyer, for offers and changes")),
    DemoLogin("bureau", "演示司法局复核员", Role.BUREAU, HOME, _("reviews objections"), "bureau"),
    DemoLogin("supervisor_county", "演示县级督办", Role.SUPERVISOR, HOME, _("watches over the county")),
    DemoLogin("supervisor_city", "演示市级督办", Role.SUPERVISOR, CITY, _("watches over the city")),
    DemoLogin(
        "supervisor_province", "演示省级督办", Role.SUPERVISOR, PROVINCE, _("watches over the province")
    ),
    DemoLogin("supervisor_nation", "演示全国督办", Role.SUPERVISOR, NATION, _("watches over the country")),
    DemoLogin("partner", "演示人社部门", Role.PARTNER, HOME, _("a partner department: labour inspection")),
    DemoLogin("auditor", "演示审计员", Role.AUDITOR, PROVINCE, _("reads the record and checks its chain")),
    DemoLogin(
        "administrator", "演示管理员", Role.ADMINISTRATOR, NATION, _("keeps staff, roles and reference data")
    ),
)


def load_demo_staff(*, by: Actor, at: datetime, agencies: Iterable[DemoAgency]) -> list[DemoLogin]:
    """Make the demonstration's accounts, and a clerk and a decider for each further legal-aid agency
    (``clerk_340800``, ``decider_340800``), a duty lawyer for each further province (``duty_lawyer_340000``), a
    clerk and a duty lawyer at the national intake desk (``clerk_intake``, ``duty_lawyer_intake``).

    Accounts that exist are left alone. Returns every sign-in. Raises RuntimeError outside a demonstration,
    and LookupError when an office that a role works for is not among ``agencies``.
    """
    if not (settings.DEMO or settings.TESTING):
        raise RuntimeError("demonstration staff are loaded into a demonstration only")
    offices = {(agency.kind, agency.region): agency.id for agency in sorted(agencies, key=lambda a: -a.id)}
    logins = [*LOGINS, *_further(offices)]
    taken = set(Staff.objects.values_list("username", flat=True))
    with write():
        for login in logins:
            if login.username not in taken:
                _load(login, _office(login, offices), by, at)
        give_demo_password()
    return logins


def give_demo_password() -> None:
    """One hash for every demonstration account that has none: the hash is slow by design, and there are many."""
    wanting = Staff.objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if wanting.exists():
        wanting.update(password=make_password(PASSWORD))


def _further(offices: dict[tuple[str, int], int]) -> list[DemoLogin]:
    found = []
    for kind, region in sorted(offices):
        if kind == "bureau" or (kind, region) == ("legal_aid", HOME):
            continue
        code = "intake" if kind == "national_intake" else str(region // 10**6)
        does = _("the same for the agency %(code)s") % {"code": code}
        found.append(DemoLogin(f"clerk_{code}", f"演示受理员{code}", Role.CLERK, region, does, kind))
        if kind == "legal_aid":
            found.append(DemoLogin(f"decider_{code}", f"演示审批人{code}", Role.DECIDER, region, does, kind))
    return [*found, *_duty_lawyers(offices)]


def _duty_lawyers(offices: dict[tuple[str, int], int]) -> list[DemoLogin]:
    """Somebody who answers questions wherever one may arrive: in each province, and at the national desk."""
    provinces = {region // 10**10 * 10**10 for kind, region in offices if kind == "legal_aid"}
    found = [
        DemoLogin(
            f"duty_lawyer_{province // 10**6}", f"演示值班律师{province // 10**6}", Role.DUTY_LAWYER, province,
            _("answers questions"),
        )
        for province in sorted(provinces - {PROVINCE})
    ]  # fmt: skip
    if ("national_intake", NATION) in offices:
        does = _("answers questions that name no place")
        found.append(
            DemoLogin(
                "duty_lawyer_intake", "演示全国值班律师", Role.DUTY_LAWYER, NATION, does, "national_intake"
            )
        )
    return found


def _office(login: DemoLogin, offices: dict[tuple[str, int], int]) -> int:
    if not login.kind:
        return 0
    office = offices.get((login.kind, login.region))
    if office is None:
        raise LookupError(f"{login.username} needs a {login.kind} office in region {login.region}")
    return office


def _load(login: DemoLogin, office: int, by: Actor, at: datetime) -> None:
    staff = actions.create_staff(
        username=login.username,
        name=login.name,
        password=None,
        office=office,
        must_change_password=False,
        by=by,
        at=at,
    )
    actions.grant_role(staff=staff, role=login.role, region=login.region, by=by, at=at)
