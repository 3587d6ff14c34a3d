"""Moves of the end: termination, closing report, subsidy, follow-up, rating."""

from __future__ import annotations

from typing import Any

from nuanxin.cases.actions.move import Change
from nuanxin.cases.actions.prepare.form import Moved, coded, need_text
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.standing import standing_of
from nuanxin.cases.rules.states import ENDINGS, TERMINATION_GROUNDS

MOST_SUBSIDY = 10**8  # fen
BEST = 5


def terminate(case: Case, moved: Moved) -> Change:
    """Aid ends early on one of the grounds of Legal Aid Law art. 48."""
    grounds = coded([moved.form.get("ground")], TERMINATION_GROUNDS)
    columns = {"grounds": grounds, "lawyer": 0, "offered_to": 0, "objected_at": None}
    data = {"grounds": grounds}
    return Change(columns=columns, payload=dict(data), text=need_text(moved), for_worker=True, data=data)


def closing(case: Case, moved: Moved) -> Change:
    """The lawyer's report of how it ended."""
    outcome = coded([moved.form.get("outcome")], ENDINGS)[0]
    data: dict[str, Any] = {"outcome": outcome, **_left_open(case)}
    return Change(columns={"outcome": outcome}, payload=dict(data), text=need_text(moved), data=data)


def _left_open(case: Case) -> dict[str, Any]:
    """What the report leaves open, for whom (roster numbers) and why; ``rules.settling`` has let it pass."""
    if case.paid_fen == case.confirmed_fen:
        return {}
    seqs = [one.seq for one in standing_of(case).workers if one.waits]
    return {"open_why": "unreachable", "open_for": seqs, "open_fen": case.paid_fen - case.confirmed_fen}


def subsidy(case: Case, moved: Moved) -> Change:
    """What the lawyer is paid, in fen; a staff lawyer's is zero, but entered."""
    fen = int(moved.form.get("fen") or 0)
    if not 0 <= fen <= MOST_SUBSIDY:
        raise Refused("amount", "补贴金额不对，请核对。", "Check the amount of the subsidy.")
    return Change(columns={"subsidy_fen": fen}, payload={"fen": fen})


def follow_up(case: Case, moved: Moved) -> Change:
    """The call after the end: whether the worker was reached, and how satisfied they are, 1 to 5."""
    satisfied = int(moved.form.get("satisfied") or 0)
    if not 0 <= satisfied <= BEST:
        raise _stars()
    data = {"reached": bool(moved.form.get("reached")), "satisfied": satisfied}
    return Change(columns={"followed_up_at": moved.at}, payload=dict(data), text=moved.text, data=data)


def rate(case: Case, moved: Moved) -> Change:
    """The worker's rating, 1 to 5."""
    stars = int(moved.form.get("stars") or 0)
    if not 1 <= stars <= BEST:
        raise _stars()
    return Change(columns={"rating": stars}, payload={"stars": stars}, text=moved.text, data={"stars": stars})


def _stars() -> Refused:
    return Refused("stars", "请选 1 到 5 分。", "Choose 1 to 5.")
