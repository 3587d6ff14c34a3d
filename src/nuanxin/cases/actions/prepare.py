"""What each move adds to its row, from the form that the officer or the worker filled in.

One small function an action; a move without one adds nothing but its form's text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.cases.actions.move import Change, resting_seat, resting_step
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.stages import STEPS, Stage
from nuanxin.cases.rules.states import ITEMS, OUTCOMES, REFUSAL_GROUNDS, TERMINATION_GROUNDS, Kind
from nuanxin.cases.triage import retriage
from nuanxin.law.eligibility import aid_first_allowed
from nuanxin.network.queries import NoAgency, agency


@dataclass(frozen=True, slots=True)
class Moved:
    """Who fills the form in, when, and what it says."""

    by: Actor
    at: datetime
    form: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The free text of the form."""
        return str(self.form.get("text") or "").strip()


def _coded(values: Any, allowed: tuple[str, ...]) -> list[str]:
    found = [value for value in (values or []) if value in allowed]
    if not found:
        raise Refused("choose_one", "请至少选一项。", "Choose at least one.")
    return found


def _need_text(moved: Moved) -> str:
    if not moved.text:
        raise Refused(
            "text_needed",
            "请写明情况，当事人和同事都要看得懂。",
            "Say what happened, so that the worker and colleagues understand.",
        )
    return moved.text


def _plain(case: Case, moved: Moved) -> Change:
    return Change(text=moved.text)


def _explained(case: Case, moved: Moved) -> Change:
    return Change(text=_need_text(moved))


def _to_worker(case: Case, moved: Moved) -> Change:
    return Change(text=_need_text(moved), for_worker=True)


def _officer(case: Case, moved: Moved) -> Change:
    return Change(columns={"officer": moved.by.id}, text=moved.text)


def _call_failed(case: Case, moved: Moved) -> Change:
    attempts = case.call_attempts + 1
    return Change(columns={"call_attempts": attempts}, payload={"attempt": attempts}, text=moved.text)


def _give_up(case: Case, moved: Moved) -> Change:
    return Change(
        columns={"call_attempts": case.call_attempts + 1, "outcome": "unreachable"}, text=moved.text
    )


def _convert(case: Case, moved: Moved) -> Change:
    items = [item for item in moved.form.get("items") or case.items if item in ITEMS]
    columns = retriage(case, items, moved.at.astimezone(SHANGHAI).date())
    columns |= {"kind": Kind.AID, "officer": moved.by.id}
    for name, value in columns.items():  # the lane decides which clocks start
        setattr(case, name, value)
    return Change(columns=columns, payload={"items": items}, text=moved.text)


def _answer(case: Case, moved: Moved) -> Change:
    return Change(columns={"officer": moved.by.id}, text=_need_text(moved), for_worker=True)


def _advise(case: Case, moved: Moved) -> Change:
    return Change(
        columns={"officer": moved.by.id, "outcome": "advice_given"}, text=_need_text(moved), for_worker=True
    )


def _ask_for_more(case: Case, moved: Moved) -> Change:
    missing = [str(code) for code in moved.form.get("missing") or []]
    if not missing and not moved.text:
        raise Refused(
            "nothing_missing",
            "请列出全部缺少的材料，只能告知一次。",
            "List everything that is missing; it can be asked only once.",
        )
    columns = {"supplement_asked_at": moved.at, "supplement_items": missing, "officer": moved.by.id}
    return Change(
        columns=columns,
        payload={"missing": missing},
        text=moved.text,
        for_worker=True,
        data={"missing": missing},
    )


def _review(case: Case, moved: Moved) -> Change:
    recommend = moved.form.get("recommend") or "grant"
    return Change(
        columns={"reviewed_by": moved.by.id}, payload={"recommend": str(recommend)}, text=moved.text
    )


def _grant(case: Case, moved: Moved) -> Change:
    seen = {key: bool(moved.form.get(key)) for key in ("undertaking", "status_document")}
    return Change(
        columns={"decided_by": moved.by.id, "means_settled": True},
        payload=dict(seen),
        text=moved.text,
        data=seen,
    )


def _grant_first(case: Case, moved: Moved) -> Change:
    ground = aid_first_allowed(
        limitation_ends_on=case.limitation_on,
        today=moved.at.astimezone(SHANGHAI).date(),
        needs_preservation=bool(moved.form.get("needs_preservation")),
    )
    return Change(
        columns={"decided_by": moved.by.id, "aid_first": str(ground)},
        payload={"ground": str(ground)},
        text=_need_text(moved),
    )


def _refuse(case: Case, moved: Moved) -> Change:
    grounds = _coded(moved.form.get("grounds"), REFUSAL_GROUNDS)
    return Change(
        columns={"decided_by": moved.by.id, "grounds": grounds},
        payload={"grounds": grounds},
        text=_need_text(moved),
        for_worker=True,
        data={"grounds": grounds},
    )


def _terminate(case: Case, moved: Moved) -> Change:
    grounds = _coded([moved.form.get("ground")], TERMINATION_GROUNDS)
    return Change(
        columns={"grounds": grounds, "lawyer": 0, "offered_to": 0},
        payload={"grounds": grounds},
        text=_need_text(moved),
        for_worker=True,
        data={"grounds": grounds},
    )


def _transfer(case: Case, moved: Moved) -> Change:
    try:
        receiver = agency(int(moved.form.get("agency") or 0))
    except NoAgency as fault:
        raise Refused("no_agency", "请选接收单位。", "Choose the agency that should take over.") from fault
    if receiver.pk == case.holder_agency or not receiver.active or receiver.kind == "bureau":
        raise Refused(
            "wrong_agency", "这个单位不能接收，请另选。", "That agency cannot take it; choose another."
        )
    return Change(
        columns={"transfer_to": receiver.pk, "transfer_region": receiver.region},
        payload={"receiver": receiver.pk},
        text=_need_text(moved),
    )


def _transfer_ended(case: Case, moved: Moved) -> Change:
    """Back to what was expected before: the sender has been responsible all the time."""
    sender = Change(columns={"transfer_to": 0, "transfer_region": 0}, text=moved.text)
    sender.seat, sender.step = resting_seat(case), resting_step(case)
    return sender


def _transfer_refused(case: Case, moved: Moved) -> Change:
    change = _transfer_ended(case, moved)
    change.text = _need_text(moved)
    change.columns["transfer_returns"] = case.transfer_returns + 1
    return change


def _withdrawal(case: Case, moved: Moved) -> Change:
    by = moved.by.id if moved.by.kind == "staff" else 0
    return Change(columns={"withdrawal_by": by}, text=_need_text(moved))


def _open_watch(case: Case, moved: Moved) -> Change:
    return Change(columns={"watch_by": moved.by.id}, text=_need_text(moved))


def _answer_watch(case: Case, moved: Moved) -> Change:
    return Change(columns={"watch_by": 0}, text=_need_text(moved))


def _on(moved: Moved) -> Any:
    today = moved.at.astimezone(SHANGHAI).date()
    on = moved.form.get("on") or today
    if on > today:
        raise Refused(
            "in_future", "这一天还没到，请核对日期。", "This day lies in the future; check the date."
        )
    return on


def _dated(case: Case, moved: Moved) -> Change:
    on = _on(moved)
    return Change(
        text=moved.text, data={"on": on.isoformat()}, payload={"on": on.isoformat()}, effective_on=on
    )


def _step(case: Case, moved: Moved) -> Change:
    step = STEPS.get(str(moved.form.get("taken")))
    if step is None:
        raise Refused("no_step", "请选办了哪一步。", "Choose which step was taken.")
    on = _on(moved)
    return Change(
        columns={"stage": step.stage}, payload={"taken": step.key, "on": on.isoformat()}, text=moved.text,
        for_worker=True, data={"taken": step.key, "on": on.isoformat()}, start=step.start, stop=step.stop, begins=on,
        effective_on=on, notice_values={"step_zh": step.zh, "step_en": step.en},
    )  # fmt: skip


def _sign(case: Case, moved: Moved) -> Change:
    change = _dated(case, moved)
    change.columns["stage"] = Stage.NEGOTIATION
    return change


def _drop_lawyer(case: Case, moved: Moved) -> Change:
    former = case.lawyer
    return Change(columns={"lawyer": 0, "offered_to": 0}, payload={"former": former}, text=_need_text(moved))


def _closing(case: Case, moved: Moved) -> Change:
    outcome = _coded([moved.form.get("outcome")], OUTCOMES)[0]
    return Change(
        columns={"outcome": outcome},
        payload={"outcome": outcome},
        text=_need_text(moved),
        data={"outcome": outcome},
    )


def _subsidy(case: Case, moved: Moved) -> Change:
    fen = int(moved.form.get("fen") or 0)
    if not 0 <= fen <= 10**8:
        raise Refused("amount", "补贴金额不对，请核对。", "Check the amount of the subsidy.")
    return Change(columns={"subsidy_fen": fen}, payload={"fen": fen})


def _follow_up(case: Case, moved: Moved) -> Change:
    satisfied = moved.form.get("satisfied")
    payload = {"reached": bool(moved.form.get("reached")), "satisfied": int(satisfied) if satisfied else 0}
    return Change(columns={"followed_up_at": moved.at}, payload=payload, text=moved.text, data=dict(payload))


def _rate(case: Case, moved: Moved) -> Change:
    stars = int(moved.form.get("stars") or 0)
    if not 1 <= stars <= 5:
        raise Refused("stars", "请选 1 到 5 分。", "Choose 1 to 5.")
    return Change(columns={"rating": stars}, payload={"stars": stars}, text=moved.text, data={"stars": stars})


def _lawyer_wanted(case: Case, moved: Moved) -> Change:
    return Change(text=_need_text(moved))


Prepared = Callable[[Case, Moved], Change]

PREPARE: dict[str, Prepared] = {
    "call_back": _officer, "call_failed": _call_failed, "give_up_calling": _give_up, "convert": _convert,
    "advise": _advise, "answer": _answer, "accept": _officer, "ask_for_more": _ask_for_more, "review": _review,
    "return_to_review": _explained, "grant": _grant, "grant_aid_first": _grant_first, "refuse": _refuse,
    "object": _explained, "sustain_objection": _to_worker, "dismiss_objection": _to_worker, "transfer": _transfer,
    "refuse_transfer": _transfer_refused, "revoke_transfer": _transfer_ended, "request_withdrawal": _withdrawal,
    "confirm_withdrawal": _explained, "terminate": _terminate, "open_watch": _open_watch,
    "answer_watch": _answer_watch, "add_note": _explained, "tell_worker": _to_worker, "sign_agreement": _sign,
    "record_meeting": _dated, "report_progress": _to_worker, "record_step": _step, "change_lawyer": _drop_lawyer,
    "ask_other_lawyer": _lawyer_wanted, "deny_payment": _explained, "report_closing": _closing,
    "return_file": _explained, "pay_subsidy": _subsidy, "record_follow_up": _follow_up, "rate": _rate,
}  # fmt: skip


def prepare_for(action: str) -> Prepared:
    """The function of an action; one that only keeps the form's text where there is none."""
    return PREPARE.get(action, _plain)


__all__ = ["PREPARE", "Moved", "prepare_for"]
