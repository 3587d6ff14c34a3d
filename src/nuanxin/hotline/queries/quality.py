"""Checks and satisfaction: what is owed to whom, and the figures by desk and month."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.hotline.models import Call, QualityCheck, QualityScore, Satisfaction
from nuanxin.hotline.permissions import ANSWERS, READS_CHECKS, may_read_checks
from nuanxin.hotline.rules.callbacks import SHANGHAI
from nuanxin.hotline.rules.calls import Outcome
from nuanxin.hotline.rules.quality import BEST
from nuanxin.hotline.rules.satisfaction import DISSATISFIED, SATISFIED

MOST = 100


def _reach(by: Actor, roles: frozenset[str] = READS_CHECKS) -> tuple[int, int] | None:
    held = by.roles & roles
    low, high = scope_in_roles(by.scope, held)
    return (low, high) if held and high > 0 and by.kind == "staff" else None


def _checks(by: Actor) -> QuerySet[QualityCheck]:
    reach = _reach(by)
    rows = QualityCheck.objects.select_related("call__desk", "desk")
    return rows.filter(region__range=reach) if reach else rows.none()


def owed(by: Actor) -> list[QualityCheck]:
    """Calls in reach that were drawn and wait for a score, oldest first."""
    return list(_checks(by).filter(scored_at__isnull=True).order_by("id")[:MOST])


def scored(by: Actor) -> list[QualityCheck]:
    """Calls in reach that were scored, newest first."""
    return list(_checks(by).filter(scored_at__isnull=False).order_by("-id")[:MOST])


def own(by: Actor) -> list[QualityCheck]:
    """Scored calls of this person, and those they objected to, newest first."""
    rows = QualityCheck.objects.select_related("call__desk", "desk").filter(operator=by.id)
    return list(rows.filter(Q(scored_at__isnull=False) | Q(objected_at__isnull=False)).order_by("-id")[:MOST])


def check_for(by: Actor, check_id: int) -> QualityCheck | None:
    """One that this person may read: in reach, or their own once it was scored."""
    row = (
        QualityCheck.objects.select_related("call__desk", "call__exchange", "desk", "sample")
        .filter(pk=check_id)
        .first()
    )
    if row is None:
        return None
    own_one = row.operator == by.id and (row.scored_at is not None or row.objected_at is not None)
    return row if own_one or may_read_checks(by, row.region) else None


def scores_of(row: QualityCheck) -> list[tuple[QualityScore, dict[str, str]]]:
    """The scores of a check with their notes, the first one first."""
    rows = QualityScore.objects.filter(check_of=row).order_by("round")
    return [(one, json.loads(one.notes) if one.notes else {}) for one in rows]


def to_ring_back(by: Actor) -> list[Satisfaction]:
    """Dissatisfied callers in reach whom nobody has rung and answered yet, oldest first; also for who answers there."""
    reach = _reach(by, READS_CHECKS | ANSWERS)
    rows = Satisfaction.objects.filter(rings=True, remedied_at__isnull=True)
    rows = rows.select_related("call__desk", "call__exchange", "desk")
    return list(rows.filter(region__range=reach).order_by("id")[:MOST]) if reach else []


@dataclass(frozen=True, slots=True)
class Figures:
    """One desk (0: none) in one month (its first day, in Shanghai). Shares are None where there is nothing to divide
    by; ``mean_score`` is the share of the best possible score."""

    desk: int
    month: date
    desk_zh: str = ""
    desk_en: str = ""
    answered: int = 0  # calls that somebody talked on
    checked: int = 0
    points: int = 0  # of all checks together
    serious: int = 0
    asked: int = 0  # callers who were asked how it was
    said: int = 0
    satisfied: int = 0
    dissatisfied: int = 0
    rung_back: int = 0  # of them, with a result

    @property
    def checked_share(self) -> Fraction | None:
        """Of the calls that somebody talked on."""
        return _share(self.checked, self.answered)

    @property
    def mean_score(self) -> Fraction | None:
        """Of the best score that was to be had."""
        return _share(self.points, self.checked * BEST)

    @property
    def satisfied_share(self) -> Fraction | None:
        """Of those who answered."""
        return _share(self.satisfied, self.said)

    @property
    def rung_back_share(self) -> Fraction | None:
        """Of those who were not satisfied; all of them are owed a call."""
        return _share(self.rung_back, self.dissatisfied)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def figures(by: Actor, *, since: datetime, until: datetime) -> list[Figures]:
    """By month and desk in the actor's reach, for calls that arrived in ``since`` ≤ t < ``until``: three statements.

    A check and an answer count in the month of their call, so that the shares of a month compare like with like.
    """
    reach = _reach(by)
    if reach is None:
        return []
    here = Q(desk__region__range=reach) | Q(desk__isnull=True, exchange__region__range=reach)
    calls = Call.objects.filter(here, arrived_at__gte=since, arrived_at__lt=until, outcome=Outcome.ANSWERED)
    of_call = Q(region__range=reach, call__arrived_at__gte=since, call__arrived_at__lt=until)
    found: dict[tuple[int, date], dict[str, Any]] = {}
    for rows in (
        _by_month(calls, "arrived_at").annotate(answered=Count("pk")),
        _by_month(QualityCheck.objects.filter(of_call), "call__arrived_at").annotate(
            checked=Count("scored_at"), points=Sum("total", default=0),
            serious=Count("pk", filter=Q(serious=True)),
        ),
        _by_month(Satisfaction.objects.filter(of_call), "call__arrived_at").annotate(
            asked=Count("pk"), said=Count("score"), satisfied=Count("pk", filter=Q(score__gte=SATISFIED)),
            dissatisfied=Count("pk", filter=Q(score__lte=DISSATISFIED)),
            rung_back=Count("pk", filter=Q(score__lte=DISSATISFIED, remedied_at__isnull=False)),
        ),
    ):  # fmt: skip
        for row in rows:
            names = {"desk_zh": row.pop("desk__name_zh") or "", "desk_en": row.pop("desk__name_en") or ""}
            desk, month = row.pop("desk") or 0, row.pop("month").astimezone(SHANGHAI).date()
            found.setdefault((desk, month), {}).update(row | names)
    return [Figures(desk, month, **row) for (desk, month), row in sorted(found.items(), key=_newest)]


def _by_month(rows: QuerySet, moment: str) -> QuerySet:  # type: ignore[type-arg]
    return rows.order_by().values(
        "desk", "desk__name_zh", "desk__name_en", month=TruncMonth(moment, tzinfo=SHANGHAI)
    )


def _newest(row: tuple[tuple[int, date], dict[str, Any]]) -> tuple[int, int]:
    (desk, month), _ = row
    return -month.toordinal(), desk
