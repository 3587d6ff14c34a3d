"""The consultation record: kept while one talks, closed with what came of the call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.operators import end_with, locked
from nuanxin.hotline.models import Call, Category, ConsultationRecord
from nuanxin.hotline.policies import check_code, check_complete, check_seen, check_writes
from nuanxin.hotline.queries.codes import wrap_up_code
from nuanxin.hotline.rules import records as rules
from nuanxin.hotline.rules.calls import State


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. ``seen``: the version that its page knows; ``page`` and ``turn``: which open page writes,
    and which of its writings this is, empty and 0 for a form that was sent without JavaScript."""

    told: Mapping[str, Any] = field(default_factory=dict)
    category: str = ""
    place: int = 0
    seen: int = 0
    page: str = ""
    turn: int = 0


def draft(*, call_id: int, typed: Typed, by: Actor, at: datetime) -> ConsultationRecord | None:
    """Keep what is typed so far; the first word opens the record, before it there is None. The same again changes nothing.

    Raises NotPermitted, and Refused for another's call, a closed record, a category that is none, too long a text,
    and for a page that does not know what another one has written.
    """
    with write():
        call = locked(call_id, by)
        return _keep(call, typed, by, at)


def close(*, call_id: int, typed: Typed, code: str, by: Actor, at: datetime) -> Call:
    """Keep what is typed and close the record and the call with what came of it.

    Raises as ``draft`` does, and Refused for an unknown code and for a consultation without category or reply.
    Pressed twice it closes once.
    """
    return _close(call_id, typed, code, by, at)


def wrap_up(*, call_id: int, code: str, by: Actor, at: datetime) -> Call:
    """Close the call with its record as it stands, where nothing is typed: no way round what a consultation needs.

    Raises NotPermitted, and Refused for another's call, an unknown code and for a code of a consultation while the
    record lacks category or reply. Pressed twice it closes once.
    """
    return _close(call_id, None, code, by, at)


def _close(call_id: int, typed: Typed | None, code: str, by: Actor, at: datetime) -> Call:
    with write():
        call = locked(call_id, by)
        chosen = check_code(wrap_up_code(code))
        if call.state == State.ENDED and call.operator == by.id and call.code == code:
            return call
        record = _as_it_stands(call, by) if typed is None else _keep(call, typed, by, at)
        if chosen.needs_record:
            facts = record.facts if record else {}
            check_complete(rules.missing(record.category if record else "", facts))
        if record:
            record.closed_at = at
            record.save(update_fields=["closed_at"])
            _record(
                call, "call.record_closed", {"category": record.category, "version": record.version}, by, at
            )
        end_with(call, code, by=by, at=at)
    return call


def _as_it_stands(call: Call, by: Actor) -> ConsultationRecord | None:
    row = ConsultationRecord.objects.filter(call=call).first()
    check_writes(call, closed=row is not None and row.closed_at is not None, by=by)
    return row


def _keep(call: Call, typed: Typed, by: Actor, at: datetime) -> ConsultationRecord | None:
    row = ConsultationRecord.objects.filter(call=call).first()
    check_writes(call, closed=row is not None and row.closed_at is not None, by=by)
    told = _read(typed)
    if row is None and not (told or typed.category):
        return None
    fresh = row is None
    row = row or _opened(call, by, at)
    if fresh:
        check_seen(seen=typed.seen, version=0)
    elif not _wants(row, typed, told):
        return row
    changed = rules.changed(
        _whole(row.category, row.place, row.facts), _whole(typed.category, typed.place, told)
    )
    _check_category(row, typed.category)
    row.category, row.place, row.told = typed.category, typed.place, _json(told)
    row.region, row.author, row.changed_at = _region(call), by.id, at
    row.page, row.turn, row.version = typed.page, typed.turn, row.version + 1
    row.save(force_insert=fresh)
    kind = "call.record_opened" if fresh else "call.record_kept"
    _record(call, kind, {"version": row.version, "fields": changed}, by, at)
    return row


def _wants(row: ConsultationRecord, typed: Typed, told: Mapping[str, Any]) -> bool:
    """Whether there is something to write. A page follows itself, however its answers were lost; a writing of the
    same page that arrives after a later one is old news. Raises Refused for a page that does not know the latest."""
    same_page = typed.page != "" and typed.page == row.page
    if same_page and typed.turn <= row.turn:
        return False
    if (typed.category, typed.place, told) == (row.category, row.place, row.facts):
        return False
    if not same_page:
        check_seen(seen=typed.seen, version=row.version)
    return True


def _opened(call: Call, by: Actor, at: datetime) -> ConsultationRecord:
    return ConsultationRecord(
        id=next_id(call.province), province=call.province, call=call, region=_region(call), author=by.id,
        opened_at=at, changed_at=at,
    )  # fmt: skip


def _region(call: Call) -> int:
    return call.desk.region if call.desk else call.exchange.region


def _read(typed: Typed) -> dict[str, Any]:
    try:
        return rules.told(typed.told)
    except rules.TooLong as long:
        raise Refused(
            "too_long",
            "有一栏写得太长，没有保存，请缩短。",
            "One field is too long and was not kept: shorten it.",
        ) from long


def _check_category(row: ConsultationRecord, category: str) -> None:
    kept = {"", row.category}  # one that was retired meanwhile stays
    if category not in kept and not Category.objects.filter(code=category, active=True).exists():
        raise Refused("choose_one", "请重新选咨询类别。", "Choose again what the call is about.")


def _whole(category: str, place: int, told: Mapping[str, Any]) -> dict[str, Any]:
    return {**told, "category": category, "place": place}


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if told else ""


def _record(call: Call, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(call.pk, call.province, kind, {"call": call.pk, **said})], by=by, at=at)
