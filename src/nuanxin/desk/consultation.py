"""A consultation record put to use: as a question to the law, and as the beginnings of an application."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from nuanxin.cases.rules.claim import EVENTS, Frame, first_day, place_of, question_of
from nuanxin.desk.claim import Claim, Until, claim_from, until_of
from nuanxin.desk.consultation_hints import hints
from nuanxin.desk.forms.counter import place_label
from nuanxin.desk.forms.record import RecordForm
from nuanxin.desk.payers import Payer, payers
from nuanxin.desk.speech import between, said
from nuanxin.desk.wording.claim import FACTS
from nuanxin.hotline.models import Call
from nuanxin.law import answer
from nuanxin.network.queries import six_digits
from nuanxin.ui.parts import Text

FIELD_OF = {
    "relation": "relation", "started_on": "started", "ended_on": "left", "still_employed": "still", "pay/basis": "wage", "pay/amount": "wage",
    "arrears/from": "since", "arrears/to": "until", "arrears/paid": "paid", "arrears/days": "months",
    "limitation/events": "asked_on", "parties": "hirer", "contract": "contract", "evidence": "have",
}  # fmt: skip
# Nobody on the telephone knows these, and no step hangs on them.
_QUIET = frozenset({"local_minimum", "local_average_wage", "due_on"})
# who took them on → role and kind of the party; below a main builder a firm is a subcontractor
_HIRER = {
    "leader": ("team_leader", "individual"),
    "firm": ("employer", "licensed_unit"),
    "unlicensed": ("employer", "unlicensed_unit"),
    "builder": ("general_contractor", "licensed_unit"),
    "agency": ("dispatcher", "licensed_unit"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """One who may have to pay, as the caller names them; ``engaged_by``: the party above, 0 for nobody known."""

    seq: int
    name: str
    role: str
    kind: str
    engaged_by: int = 0


@dataclass(frozen=True, slots=True)
class Lacking:
    """A fact that is still needed, or cannot be read: which, why, and the field in which it is entered."""

    fact: Text
    why: Text
    field: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the law says to what was told so far. ``told_sum``: what the caller says is owed, where the law cannot yet
    work it out, and ``until`` then its limitation; ``claim``: None before anything was told that it could answer."""

    claim: Claim | None
    payers: Sequence[Payer]
    lacking: Sequence[Lacking]
    told_sum: Decimal | None = None
    notes: Sequence[str] = ()
    until: Sequence[Until] = ()


def parties_of(form: RecordForm) -> list[Party]:
    """Who may have to pay, from who took them on upwards."""
    told = form.cleaned_data
    builder, hirer = str(told.get("builder") or "").strip(), str(told.get("hirer") or "")
    name = str(told.get("employer") or "").strip()
    found = []
    if hirer or name:
        role, kind = _HIRER.get(hirer, ("", ""))
        above = bool(builder) and hirer != "builder"
        if above and role == "employer":
            role = "subcontractor"
        found.append(Party(1, name or (builder if hirer == "builder" else ""), role, kind, 2 if above else 0))
    if builder and hirer != "builder":
        found.append(Party(len(found) + 1, builder, "general_contractor", "licensed_unit"))
    return found


def document_of(form: RecordForm) -> dict[str, Any]:
    """The facts for the law, as far as they were told; a month without a day counts whole as unpaid time, and from
    its first day as the end of the work, so that a limitation is never believed to be later than it is."""
    told = form.cleaned_data
    found: dict[str, Any] = {}
    if told.get("relation") not in {None, "", "unknown"}:
        found["relation"] = told["relation"]
    if told.get("started"):
        found["started_on"] = _first(told["started"])
    if told.get("contract") == "none":
        found["contract"] = "none"
    if told.get("still"):
        found["still_employed"] = told["still"] == "yes"
    if told.get("left") and told.get("still") != "yes":
        found["ended_on"] = _first(told["left"])
    found |= _pay(form)
    if len(told.get("asked_on") or "") == len("2025-06-30"):
        found[EVENTS] = [{"kind": "demand", "on": told["asked_on"]}]
    if told.get("have"):
        found["evidence"] = list(told["have"])
    parties = [one for one in parties_of(form) if one.role]
    if parties:
        known = {one.seq for one in parties}
        found["parties"] = [
            {"id": str(one.seq), "role": one.role, "kind": one.kind}
            | ({"engaged_by": str(one.engaged_by)} if one.engaged_by in known else {})
            for one in parties
        ]
    return found


def _pay(form: RecordForm) -> dict[str, Any]:
    """By the month where pay and time are known; a sum only where somebody has put it in writing."""
    told = form.cleaned_data
    amount, wage = told.get("amount"), told.get("wage")
    if amount is not None and {"iou", "settlement"} & set(told.get("have") or ()):
        return {"pay/basis": "sum", "pay/amount": f"{amount:.2f}"}
    if wage is None:
        return {}
    found: dict[str, Any] = {"pay/basis": "month", "pay/amount": f"{wage:.2f}"}
    if told.get("since") and told.get("until"):
        found |= {"arrears/from": _first(told["since"]), "arrears/to": _last(told["until"])}
        found["arrears/paid"] = [f"{told.get('paid') or 0:.2f}"]
    return found


def _first(day: str) -> str:
    found = first_day(day)
    assert found is not None
    return found.isoformat()


def _last(day: str) -> str:
    """The last day of what was told: of the day, the month or the year."""
    parts = [int(part) for part in day.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1]).isoformat()


def items_of(form: RecordForm) -> tuple[str, ...]:
    """What an application would claim: what the category says, and wages where pay was spoken of."""
    pay = any(form.cleaned_data.get(name) for name in ("wage", "amount", "since", "months"))
    return tuple(dict.fromkeys(one for one in (form.item, "wages" if pay else "") if one))


def advise(form: RecordForm) -> Advice:
    """What is owed, until when, who must pay, and what is still needed, as far as the record tells."""
    parties, items = parties_of(form), items_of(form)
    faults = [_unread(form, name) for name in form.unread]
    if not items and not parties:
        return Advice(None, (), faults)
    told = form.cleaned_data
    owed = form.owed()
    frame = Frame(form.today, items, told.get("place") or "", 1, int(owed * 100) if owed is not None else 0)
    body = answer("claim", question_of(document_of(form), frame, worked=_worked(form)))
    claim = claim_from(body, claimed=items, today=form.today)
    lacking = [*faults, *(_lacking(need) for need in body.get("needs", ()) if not _quiet(need["path"]))]
    worked_out = any((one.amount is not None or one.readings) and one.kind in items for one in claim.items)
    until = () if worked_out or owed is None else _until_of_sum(form)
    ends = [*until, *(one for item in claim.items if item.kind in items for one in item.until)]
    return Advice(
        claim, payers(parties, claim.liability) if parties else (), _each_once(lacking), None if worked_out else owed,
        hints(form.cleaned_data, today=form.today, run_out=any(one.chip.tone == "late" for one in ends)), until,
    )  # fmt: skip


def _until_of_sum(form: RecordForm) -> Sequence[Until]:
    """Until when a sum can be claimed that only the caller has said: its limitation hangs on days, not on the sum.
    Nothing for a service contract, whose time runs from a day on which it was to be paid."""
    told, relation = document_of(form), form.cleaned_data.get("relation") or "unknown"
    if relation not in {"employment", "unknown"}:
        return ()
    asked = {"claim": "wages", "as_of": form.today.isoformat(), "place": form.cleaned_data.get("place")} | {
        name: told.get(fact)
        for name, fact in (
            ("still_employed", "still_employed"),
            ("relation_ended_on", "ended_on"),
            ("events", EVENTS),
        )
    }
    body = answer("limitation", {name: value for name, value in asked.items() if value not in (None, "")})
    if "status" not in body:
        return ()
    return (until_of(body | ({"id": "employment"} if relation == "unknown" else {}), form.today),)


def _worked(form: RecordForm) -> tuple[date, date]:
    told = form.cleaned_data
    last = _last(told["until"]) if told.get("until") else told.get("left") and _first(told["left"])
    end = min(date.fromisoformat(last), form.today) if last else form.today
    begin = first_day(told.get("started") or told.get("since") or "") or end
    return min(begin, end), end


def _unread(form: RecordForm, name: str) -> Lacking:
    return Lacking(
        str(form.fields[name].label), " ".join(str(one) for one in form.errors[name]), f"id_{name}"
    )


def _quiet(pointer: str) -> bool:
    place = place_of(pointer)
    return place is not None and place.key in _QUIET


def _lacking(need: Any) -> Lacking:
    place = place_of(need["path"])
    key = place.key if place is not None else ""
    fact = FACTS[key] if key else _("The place of work") if need["path"] == "/place" else _("The claim")
    name = "place_text" if need["path"] == "/place" else FIELD_OF.get(key, "")
    return Lacking(fact, said(need["why"]["zh"], need["why"]["en"]), f"id_{name}" if name else "")


def _each_once(found: Sequence[Lacking]) -> list[Lacking]:
    return list({one.fact: one for one in reversed(found)}.values())[::-1]


def beginnings(form: RecordForm, call: Call) -> dict[str, Any]:
    """The fields of the counter form as far as the call and its record tell them, so that nothing is asked twice."""
    told = form.cleaned_data
    place = told.get("place") or (six_digits(call.place) if call.place else "")
    owed = _claimed(form)
    found: dict[str, Any] = {
        "door": "hotline",
        "name": told.get("name"),
        "phone": told.get("reach") or call.phone,
        "place": place,
        "place_text": place_label(place) if place else told.get("place_text"),
        "items": list(items_of(form)),
        "amount": f"{owed:.2f}" if owed is not None else "",
        "worked_from": told.get("started") or told.get("since"),
        "worked_to": "" if told.get("still") == "yes" else told.get("left") or told.get("until"),
        "ended_on": told.get("left") if len(told.get("left") or "") == len("2025-06-30") else "",
        "relation": told.get("relation") or "unknown",
        "story": story_of(form),
        "no_calls": told.get("no_calls"),
        "say_nothing": told.get("say_nothing"),
        "hours": told.get("hours"),
    }
    for one in parties_of(form):
        found |= {f"party{one.seq}_{part}": getattr(one, part) for part in ("name", "role", "kind")}
    return {key: value for key, value in found.items() if value not in (None, "", [], False)}


def _claimed(form: RecordForm) -> Decimal | None:
    """What they say is owed; where they told pay and time alone, what the law makes of these."""
    owed, claim = form.owed(), advise(form).claim
    if owed is not None or claim is None:
        return owed
    return next((item.amount for item in claim.items if item.kind == "wages"), None)


def story_of(form: RecordForm) -> str:
    """What happened, with what has no field of its own at the counter, a line each."""
    lines = [str(form.cleaned_data.get("story") or "").strip()]
    for name in ("work", "wage", "since", "until", "months", "paid", "asked_on", "contract", "have", "reply"):
        told = form.cleaned_data.get(name)
        if told in (None, "", []):
            continue
        choices = dict(getattr(form.fields[name], "choices", ()))
        words = [str(choices.get(one, one)) for one in (told if isinstance(told, list) else [told])]
        lines.append(f"{form.fields[name].label}{said('：', ': ')}{between().join(words)}")
    return "\n".join(line for line in lines if line)
