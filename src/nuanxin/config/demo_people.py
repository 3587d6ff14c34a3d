"""Invented lawyers, firms and names for the demonstration."""

from __future__ import annotations

from datetime import date, datetime

from nuanxin.accounts.actions import create_staff, grant_role
from nuanxin.accounts.demo import give_demo_password
from nuanxin.accounts.models import Staff
from nuanxin.assignment.actions import add_firm, declare_client, register_lawyer
from nuanxin.assignment.models import Firm, Lawyer
from nuanxin.audit.actor import SYSTEM, Role

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
# The cities whose demonstration cases need a lawyer, besides Jincheng, whose two have sign-ins of their own.
CITIES = (340800, 230600, 450300, 320100, 371500, 330100, 321000)


def worker_name(number: int) -> str:
    """A name that is plainly invented: 工友 with two signs of the old calendar; different for 120 workers."""
    return f"工友{STEMS[number % 10]}{BRANCHES[number % 12]}{'' if number < 60 else '二'}"


def worker_phone(number: int) -> str:
    """A number of a range that is handed out to nobody for ordinary use here: 190 0000 0000 and on."""
    return f"1900000{number:04d}"


def load_lawyers(at: datetime) -> None:
    """Two firms and two lawyers in Jincheng, one of each in the other cities; one firm acts for a respondent."""
    if Firm.objects.exists():
        return
    home = _firm("演示律师事务所（晋城）", "Demonstration Law Firm, Jincheng", 140500, at)
    other = _firm("演示第二律师事务所（晋城）", "Second Demonstration Law Firm, Jincheng", 140500, at)
    _lawyer("lawyer", home, 140581, ["labour", "group"], ["zh"], at)
    _lawyer("lawyer2", other, 140500, ["labour", "injury"], ["zh", "en"], at)
    declare_client(
        firm=other, lawyer=None, name="演示路桥有限公司", uscc="", since=date(2020, 1, 1), by=SYSTEM, at=at
    )
    for city in CITIES:
        firm = _firm(f"演示律师事务所（{city}）", f"Demonstration Law Firm {city}", city, at)
        name = f"lawyer_{city}"
        staff = create_staff(
            username=name, name=f"演示律师{city}", password=None, office=0, must_change_password=False,
            by=SYSTEM, at=at,
        )  # fmt: skip
        grant_role(staff=staff, role=Role.LAWYER, region=city * 10**6, by=SYSTEM, at=at)
        languages = ["zh", "sign"] if city == 321000 else ["zh"]
        _lawyer(name, firm, city, ["labour", "injury", "group"], languages, at)
    give_demo_password()


def _firm(name_zh: str, name_en: str, place: int, at: datetime) -> Firm:
    return add_firm(name_zh=name_zh, name_en=name_en, place=place * 10**6, by=SYSTEM, at=at)


def _lawyer(
    username: str, firm: Firm, place: int, specialties: list[str], languages: list[str], at: datetime
) -> Lawyer:
    staff = Staff.objects.get(username=username)
    return register_lawyer(
        staff=staff.pk, firm=firm, place=place * 10**6, specialties=specialties, languages=languages, capacity=20,
        by=SYSTEM, at=at,
    )  # fmt: skip
