"""Checks of quality: what is to be checked, one call with its score, the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.desk.forms.hotline_quality import ObjectionForm, ScoreForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline import TOPICS
from nuanxin.desk.wording.hotline_board import clock
from nuanxin.desk.wording.hotline_quality import GONE, LEVELS, POINTS
from nuanxin.hotline.actions import quality
from nuanxin.hotline.models import Call, QualityCheck, Recording
from nuanxin.hotline.permissions import may_check
from nuanxin.hotline.queries import quality as asked_of
from nuanxin.hotline.queries.codes import every_wrap_up_code
from nuanxin.hotline.queries.recordings import may_hear, recordings_of
from nuanxin.hotline.queries.records import record_of
from nuanxin.hotline.rules.callbacks import SHANGHAI
from nuanxin.hotline.rules.quality import BEST
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.parts import Fact

READS = (Role.SUPERVISOR, Role.DECIDER, Role.AUDITOR)
SEES = (*READS, Role.OPERATOR, Role.DUTY_LAWYER)
SHOWN_FOR = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Row:
    """One check as a line of a list."""

    id: int
    at: datetime | None
    desk: str
    who: str
    minutes: int
    total: int | None
    serious: bool
    objected: bool


@guarded(*SEES, scope="office")
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """What waits to be checked and what was; for who talks, their own."""
    asked = cast(StaffRequest, request)
    by = asked.actor
    reads = bool(by.roles & set(READS))
    owed = asked_of.owed(by) if reads else []
    scored = asked_of.scored(by) if reads else []
    own = asked_of.own(by) if by.roles & {Role.OPERATOR, Role.DUTY_LAWYER} else []
    names = names_of({row.operator for row in (*owed, *scored)})
    context = frame(asked, title=_("Quality"), current="hotline") | {
        "tabs": tabs(by, "hotline_quality"), "reads": reads, "owed": _rows(owed, names), "scored": _rows(scored, names),
        "own": _rows(own, names), "talks": bool(by.roles & {Role.OPERATOR, Role.DUTY_LAWYER}), "best": BEST,
    }  # fmt: skip
    return render(asked, "desk/hotline/quality.html", context)


def _rows(rows: Iterable[QualityCheck], names: dict[int, str]) -> list[Row]:
    return [
        Row(
            row.pk, row.call.answered_at or row.call.arrived_at, _desk(row.call), names.get(row.operator, ""),
            _minutes(row.call), row.total, row.serious, row.objected_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def _desk(call: Call) -> str:
    return said(call.desk.name_zh, call.desk.name_en or call.desk.name_zh) if call.desk else ""


def _minutes(call: Call) -> int:
    if call.answered_at is None or call.closed_at is None:
        return 0
    return max(int((call.closed_at - call.answered_at).total_seconds() + 59) // 60, 0)


@guarded(*SEES, scope="office")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, check_id: int) -> HttpResponse:
    """One call that was drawn: what is known of it, its scores, the form."""
    asked = cast(StaffRequest, request)
    row = _found(asked, check_id)
    if request.method != "POST":
        return _page(asked, row, ScoreForm())
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return _page(asked, row, form, status=422)
    return press(
        lambda: quality.score(
            check_id=row.pk, points=form.points(), notes=form.notes(), serious=form.cleaned_data["serious"],
            by=asked.actor, at=asked.at,
        ),
        refused=lambda why: _page(asked, row, form, refusal=why, status=409), to=reverse("desk:hotline_quality"),
    )  # fmt: skip


@guarded(Role.OPERATOR, Role.DUTY_LAWYER, scope="own")
@require_POST
def object_to(request: HttpRequest, check_id: int) -> HttpResponse:
    """Say, once, why a score is wrong."""
    asked = cast(StaffRequest, request)
    row = _found(asked, check_id)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(asked, row, ScoreForm(), objection=form, status=422)
    return press(
        lambda: quality.object_to(
            check_id=row.pk, text=form.cleaned_data["text"], by=asked.actor, at=asked.at
        ),
        refused=lambda why: _page(asked, row, ScoreForm(), refusal=why, status=409),
        to=reverse("desk:hotline_check", args=[row.pk]),
    )


def _found(asked: StaffRequest, check_id: int) -> QualityCheck:
    row = asked_of.check_for(asked.actor, check_id)
    if row is None:
        raise Http404
    return row


def _page(
    asked: StaffRequest, row: QualityCheck, form: ScoreForm, *, objection: ObjectionForm | None = None,
    refusal: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    by, call = asked.actor, row.call
    scores = asked_of.scores_of(row)
    judged = {one.checker for one, _notes in scores}
    names = names_of({row.operator, *judged})
    checks_it = may_check(by, row.region) and row.operator != by.id and row.scored_at is None
    record = record_of(call)
    context = frame(asked, title=_("Check of a call"), current="hotline") | {
        "row": row, "facts": _facts(call, names.get(row.operator, "")), "best": BEST, "refusal": refusal,
        "told": record.facts if record is not None else {},
        "scores": [_score(one, notes, names) for one, notes in scores],
        "recordings": _recordings(call), "hears": may_hear(by, call),
        "reason": "own_record" if row.operator == by.id else "check",
        "form": form if checks_it and by.id not in judged else None, "checked_before": checks_it and by.id in judged,
        "objection": objection or ObjectionForm() if _may_object(row, by.id) else None,
    }  # fmt: skip
    return render(asked, "desk/hotline/check.html", context, status=status)


def _may_object(row: QualityCheck, person: int) -> bool:
    return row.operator == person and row.scored_at is not None and row.objected_at is None


def _facts(call: Call, who: str) -> list[Fact]:
    term = LANGUAGES.get(call.language)
    codes = {one.code: said(one.zh, one.en) for one in every_wrap_up_code()}
    minutes = _("%(n)d min") % {"n": _minutes(call)}
    waited = (call.answered_at or call.arrived_at) - (call.queued_at or call.arrived_at)
    found = [
        Fact(_("Desk"), _desk(call)),
        Fact(_("Who talked"), who),
        Fact(_("Talked for"), minutes),
        Fact(_("Waited for"), clock(int(waited.total_seconds()))),
        Fact(_("Language"), said(term.zh, term.en) if term is not None else ""),
        Fact(_("About"), TOPICS.get(call.topic, "")),
        Fact(_("What came of it"), codes.get(call.code, call.code)),
    ]
    return [fact for fact in found if str(fact.value)]


def _score(one: Any, notes: dict[str, str], names: dict[int, str]) -> dict[str, Any]:
    points = [
        (words, LEVELS[str(one.points.get(name, 0))], notes.get(name, "")) for name, words in POINTS.items()
    ]
    return {
        "one": one,
        "who": names.get(one.checker, ""),
        "points": points,
        "fault": notes.get(quality.SERIOUS, ""),
    }


def _recordings(call: Call) -> list[tuple[Recording, str, str]]:
    return [
        (row, f"{row.seconds // 60}:{row.seconds % 60:02d}", str(GONE.get(row.deleted_for, "")))
        for row in recordings_of(call)
    ]


@guarded(*READS, scope="office")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Shares and means of the last months, by desk."""
    asked = cast(StaffRequest, request)
    since = (
        (asked.at - SHOWN_FOR).astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    )
    rows = asked_of.figures(asked.actor, since=since, until=asked.at)
    context = frame(asked, title=_("Quality in figures"), current="hotline") | {
        "tabs": tabs(asked.actor, "hotline_quality"),
        "rows": [
            {
                "month": f"{row.month:%Y-%m}", "desk": said(row.desk_zh, row.desk_en or row.desk_zh), "of": row,
                "checked": percent(row.checked_share), "mean": percent(row.mean_score),
                "satisfied": percent(row.satisfied_share), "rung": percent(row.rung_back_share),
            }
            for row in rows
        ],
    }  # fmt: skip
    return render(asked, "desk/hotline/quality_figures.html", context)


def percent(share: Fraction | None) -> str:
    """A share as people read it, half up; a dash where there was nothing to divide by."""
    return "—" if share is None else f"{int(share * 100 + Fraction(1, 2))} %"
