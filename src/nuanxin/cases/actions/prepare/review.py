"""Moves of review, decision and objection (Legal Aid Law arts. 41 to 44, 49)."""

from __future__ import annotations

from nuanxin.cases.actions.move import Change
from nuanxin.cases.actions.prepare.form import Moved, coded, need_text
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.reading import CODE
from nuanxin.cases.rules.states import REFUSAL_GROUNDS
from nuanxin.cases.waiting import near_limitation, pressing_papers
from nuanxin.law.eligibility import aid_first_allowed

RECOMMENDATIONS = ("grant", "refuse")


def ask_for_more(case: Case, moved: Moved) -> Change:
    """Everything that is missing, in one list. A second list names the new fact that calls for it.

    Where the limitation would run out meanwhile, ``sure`` in the form says that this is known (NearLimitation).
    """
    pressing = pressing_papers(case, moved.today)
    if pressing is not None and not moved.form.get("sure"):
        raise near_limitation(pressing)
    missing = [code for code in moved.form.get("missing") or [] if CODE.fullmatch(str(code))]
    text = need_text(moved) if case.supplement_asked_at is not None else moved.text
    if not missing and not text:
        raise Refused(
            "nothing_missing",
            "请列出全部缺少的材料，只能告知一次。",
            "List everything that is missing; it can be asked only once.",
        )
    columns = {"supplement_asked_at": moved.at, "supplement_items": missing, "officer": moved.by.id}
    data = {"missing": missing}
    knowing = {"near_limitation": True} if pressing is not None else {}
    return Change(columns=columns, payload={**data, **knowing}, text=text, for_worker=True, data=data)


def supply(case: Case, moved: Moved) -> Change:
    """The papers are here. An officer's word is enough; a worker has handed something in since, or says why not.

    ``papers`` in the form: how many arrived since they were asked for.
    """
    if moved.by.kind != "staff" and not moved.form.get("papers") and not moved.text:
        raise Refused(
            "nothing_supplied",
            "还没有收到新材料。请先拍照上传；实在拿不出来，或者已经用别的办法交了，请写一句说明。",
            "No new paper has arrived yet. Add the photographs first; if you cannot get a paper, or handed it in another "
            "way, say so in a few words.",
        )
    return Change(text=moved.text)


def review(case: Case, moved: Moved) -> Change:
    """What the reviewer recommends."""
    recommend = coded([moved.form.get("recommend") or "grant"], RECOMMENDATIONS)[0]
    return Change(columns={"reviewed_by": moved.by.id}, payload={"recommend": recommend}, text=moved.text)


def grant(case: Case, moved: Moved) -> Change:
    """Aid is given; what settled the means step is put on the record."""
    seen = {key: bool(moved.form.get(key)) for key in ("undertaking", "status_document")}
    columns = {"decided_by": moved.by.id, "means_settled": True}
    return Change(columns=columns, payload=dict(seen), text=moved.text, data=seen)


def grant_first(case: Case, moved: Moved) -> Change:
    """Aid first, papers later, on one of the two grounds of art. 44."""
    ground = str(
        aid_first_allowed(
            limitation_ends_on=case.limitation_on,
            today=moved.today,
            needs_preservation=bool(moved.form.get("needs_preservation")),
        )
    )
    # Codes of events have no brackets: "44(1)" goes in as "44.1".
    columns = {"decided_by": moved.by.id, "aid_first": ground.replace("(", ".").rstrip(")")}
    return Change(columns=columns, payload={"ground": columns["aid_first"]}, text=need_text(moved))


def refuse(case: Case, moved: Moved) -> Change:
    """Aid is refused, with coded grounds and reasons that the worker reads."""
    grounds = coded(moved.form.get("grounds"), REFUSAL_GROUNDS)
    columns = {"decided_by": moved.by.id, "grounds": grounds}
    data = {"grounds": grounds}
    return Change(columns=columns, payload=dict(data), text=need_text(moved), for_worker=True, data=data)


def object_to(case: Case, moved: Moved) -> Change:
    """The worker does not agree with a decision."""
    return Change(columns={"objected_at": moved.at}, text=need_text(moved))


def sustain(case: Case, moved: Moved) -> Change:
    """The bureau overrules the agency: the decision and its grounds are gone, and a new one may be objected to."""
    return Change(columns={"grounds": [], "objected_at": None}, text=need_text(moved), for_worker=True)
