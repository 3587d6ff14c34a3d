"""The published cases as journeys: what the press reported, and where that leads through the platform.

What was not reported is left out at the door. Where a form cannot go on without it (sums, names, numbers of
telephones), it is invented so that everybody sees it: 工友甲子, 1900000…, round amounts marked below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nuanxin.config.demo_cases import DATA, INVENTED_FEN, INVENTED_WORKERS
from nuanxin.config.demo_people import worker_name, worker_phone

# Not reported: what the courier received for the injury.
INVENTED = {**INVENTED_FEN, "hanjiang-rider": 6_123_456}


@dataclass(frozen=True, slots=True)
class Course:
    """How one case goes on after aid was granted: steps of the stages in order, and how the money is confirmed.

    ``confirm`` is one of link, phone, in_person, bank_proof; empty where the report ends before any money.
    """

    steps: tuple[str, ...]
    confirm: str


COURSES: Mapping[str, Course] = {
    "anqing-carpenters": Course(("negotiation.opened", "negotiation.agreed"), "phone"),
    "daqing-welders": Course(("negotiation.opened",), "in_person"),
    "wutong-painters": Course(("mediation.filed", "mediation.agreed"), "phone"),
    "gaoping-station": Course(("mediation.filed", "mediation.hearing", "mediation.agreed"), "phone"),
    "jiangsu-73": Course(
        ("arbitration.filed", "arbitration.accepted", "arbitration.mediated", "enforcement.filed"),
        "bank_proof",
    ),
    "yanggu-greenhouse": Course(("mediation.failed", "first_instance.filed"), ""),
    "yuhang-rider": Course(("negotiation.agreed",), "link"),
    "hanjiang-rider": Course(("negotiation.agreed",), "link"),
}


@dataclass(frozen=True, slots=True)
class Published:
    """One case with what the journey needs of it."""

    id: str
    place: str
    door: str
    items: tuple[str, ...]
    needs: tuple[str, ...]
    relation: str
    parties: tuple[Mapping[str, str], ...]
    worked: Mapping[str, str]
    said_workers: int | None  # None: nobody has reported how many they were
    said_total: str  # empty: not reported, or not to the yuan
    story: str
    name: str
    phone: str
    course: Course

    @property
    def workers(self) -> int:
        """How many stand on the roster in the end."""
        return self.said_workers or INVENTED_WORKERS.get(self.id, 1)

    @property
    def fen(self) -> int:
        """The whole sum."""
        return INVENTED[self.id]

    @property
    def group(self) -> bool:
        """Whether there is a roster."""
        return self.workers > 1

    def roster(self) -> list[tuple[str, str, str]]:
        """Name, telephone and amount of every worker; all but the representative's name invented."""
        share, rest = divmod(self.fen, self.workers)
        rows = [(self.name, self.phone, yuan(share + rest))]
        rows += [(worker_name(n), worker_phone(n), yuan(share)) for n in range(1, self.workers)]
        return rows


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    return f"{Decimal(fen) / 100:.2f}"


def published() -> list[Published]:
    """Every published case."""
    found = json.loads(DATA.read_text(encoding="utf-8"))["cases"]
    return [_case(number, case) for number, case in enumerate(found, 1)]


def _case(number: int, case: dict[str, Any]) -> Published:
    total = str(case.get("owed_total") or "")
    return Published(
        id=case["id"], place=case["place"], door=case["door"], items=tuple(case["items"]),
        needs=tuple(case.get("needs", ())), relation=case["relation"], parties=tuple(case["parties"]),
        worked={key: value for key, value in (case.get("worked") or {}).items() if value},
        said_workers=case.get("workers"), said_total=total if total.replace(".", "").isdecimal() else "",
        story=case["story"]["zh"], name=case.get("representative") or worker_name(90 + number),
        phone=f"190000050{number:02d}", course=COURSES[case["id"]],
    )  # fmt: skip
