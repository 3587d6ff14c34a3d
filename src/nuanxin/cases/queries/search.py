"""Finding a case by what somebody says at the counter or on the telephone.

A case number is exact. Telephone, resident ID and bank card are exact, by blind index. Anything else is a part
of a person's or a firm's name: its pairs of characters are met in ``NameGram``, the rarest pair first.
Personal numbers and names never stand in an address; the desk sends what was typed in a body.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from nuanxin.audit.actor import NATIONAL_DESK, Actor, Role
from nuanxin.audit.encryption import blind_candidates
from nuanxin.cases.models import Case, Respondent, Submission, Worker
from nuanxin.cases.permissions import reading_scope
from nuanxin.cases.queries.reach import Reach, reach_of, readable
from nuanxin.cases.rules.grams import contains, query_grams
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.law.identity import check_resident_id

MOST = 25  # a list longer than a page is no answer: the page says to type more
_MOST_OF_ONE = 50  # cases of one person
_BATCH, _BATCHES = 100, 20  # names looked at where pairs alone do not prove the whole
_PROBE = 4096  # how far a pair's frequency is counted
_SHIFT = 46  # a case id carries its province above these bits
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7}(?:-\d{1,6})?)")
_CARD = re.compile(r"\d{12,19}")


class Kind(StrEnum):
    """What the typed text was taken for."""

    NOTHING = "nothing"
    NUMBER = "number"
    PHONE = "phone"
    RESIDENT_ID = "resident_id"
    BANK_CARD = "bank_card"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a search: ids in the order to show them; ``more`` when the list was cut."""

    kind: Kind
    ids: Sequence[int]
    more: bool = False


def search(typed: str, *, by: Actor) -> Found:
    """Cases that this person may open and that the typed text names."""
    text = unicodedata.normalize("NFKC", typed).strip()[:100]
    if not text:
        return Found(Kind.NOTHING, ())
    if (case_id := case_id_of(text)) is not None and (found := _readable([case_id], by)):
        return Found(Kind.NUMBER, found)
    for kind, ids in _exact(re.sub(r"[\s\-–—()]", "", text)):
        if ids:
            return Found(kind, _readable(ids, by))
    if case_id is not None or not query_grams(text) or text.replace(" ", "").isdigit():
        return Found(Kind.NUMBER if case_id is not None else Kind.NOTHING, ())
    return _by_name(text, by)


def _readable(ids: Sequence[int], by: Actor) -> list[int]:
    """Those of the ids that may be opened, the newest first."""
    found = Case.objects.filter(readable(by), pk__in=list(ids))
    return list(found.order_by("-submitted_at", "-id").values_list("pk", flat=True)[:MOST])


def _exact(digits: str) -> list[tuple[Kind, list[int]]]:
    """Every reading of a typed number that leads somewhere."""
    tried: list[tuple[Kind, list[int]]] = []
    if mobile := _MOBILE.fullmatch(digits):
        tried.append((Kind.PHONE, same_person(phone=mobile[1])))
    elif fixed := _LANDLINE.fullmatch(digits):
        tried.append((Kind.PHONE, same_person(phone=f"{fixed[1]}-{fixed[2]}")))
    identity = check_resident_id(digits)
    if identity.valid:
        tried.append((Kind.RESIDENT_ID, same_person(resident_id=identity.normalised)))
    if _CARD.fullmatch(digits):
        cards = Worker.objects.filter(bank_card_index__in=blind_candidates("bank", digits))
        tried.append((Kind.BANK_CARD, list(cards.values_list("case_id", flat=True)[:_MOST_OF_ONE])))
    return tried


def same_person(*, phone: str = "", resident_id: str = "", besides: int = 0) -> list[int]:
    """Ids of all cases of a person, by telephone or resident ID, in the whole register.

    The earlier-contact banner shows number, status and agency of these even where they may not be opened.
    ``besides`` leaves out one case. At most fifty, from the same columns in two or three index look-ups.
    """
    found: dict[int, None] = {}
    if phone:
        prints = blind_candidates("phone", phone)
        people = Worker.objects.filter(phone_index__in=prints).order_by("-id")
        found |= dict.fromkeys(people.values_list("case_id", flat=True)[:_MOST_OF_ONE])
        helpers = Submission.objects.filter(helper_phone_index__in=prints).order_by("-id")
        found |= dict.fromkeys(helpers.values_list("case_id", flat=True)[:_MOST_OF_ONE])
    if resident_id:
        people = Worker.objects.filter(resident_id_index__in=blind_candidates("id", resident_id)).order_by(
            "-id"
        )
        found |= dict.fromkeys(people.values_list("case_id", flat=True)[:_MOST_OF_ONE])
    found.pop(besides, None)
    return list(found)[:_MOST_OF_ONE]


def _by_name(text: str, by: Actor) -> Found:
    reach = reach_of(reading_scope(by))
    found = _named(query_grams(text), text, reach) if reach is not None else []
    if by.has(Role.LAWYER):
        found += [case_id for case_id in _own(by, text) if case_id not in found]
    return Found(Kind.NAME, found[:MOST], len(found) > MOST)


def _named(grams: Sequence[str], text: str, reach: Reach) -> list[int]:
    """Cases of a scope in which somebody or some firm has the text in the name, the newest first."""
    if len(grams) == 1:
        return _holding_all(grams, reach, MOST + 1)
    # Pairs may have met from different names: look at the names, a batch at a time, until there are enough.
    rarest, found, below = _rarest_first(grams, reach), [], None
    for _ in range(_BATCHES):
        batch = _holding_all(rarest, reach, _BATCH, below)
        found += _really_named(batch, text)
        if len(batch) < _BATCH or len(found) > MOST:
            break
        below = batch[-1]
    return found


def _bounds(reach: Reach) -> tuple[int, int]:
    """The ids a scope can hold: a case is held in the province of its id, or by the national desk, whose cases
    keep the number of any province."""
    if not reach.column or reach.scope == NATIONAL_DESK:
        return 0, 1 << 63 - 1
    province = reach.scope[0] // 10**10
    return province << _SHIFT, (province + 1) << _SHIFT


def _rarest_first(grams: Sequence[str], reach: Reach) -> list[str]:
    """The pairs by how many cases have them, counted no further than needed to choose."""
    if len(grams) == 1:
        return list(grams)
    low, high = _bounds(reach)
    among = "gram = %s AND case_id >= %s AND case_id < %s"
    term = f"(SELECT COUNT(*) FROM (SELECT 1 FROM cases_namegram WHERE {among} LIMIT {_PROBE}) AS probe)"  # noqa: S608
    values = [value for gram in grams for value in (gram, low, high)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([term] * len(grams))}", values)
        found = cursor.fetchone() or ()
    return [gram for _, gram in sorted(zip(found, grams, strict=True))]


def _holding_all(grams: Sequence[str], reach: Reach, limit: int, below: int | None = None) -> list[int]:
    """Ids in scope that have every pair, the newest first: walks the rarest pair and asks for the others."""
    low, high = _bounds(reach)
    others = "".join(
        " AND EXISTS (SELECT 1 FROM cases_namegram o WHERE o.gram = %s AND o.case_id = g.case_id)"
        for _ in grams[1:]
    )
    held = f" AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = g.case_id AND {reach.held})"  # noqa: S608
    scope = held if reach.column else ""
    statement = (
        "SELECT DISTINCT g.case_id FROM cases_namegram g WHERE g.gram = %s AND g.case_id >= %s AND g.case_id < %s"  # noqa: S608
        f"{others}{scope} ORDER BY g.case_id DESC LIMIT {limit}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [grams[0], low, high if below is None else below, *grams[1:]])
        return [int(row[0]) for row in cursor.fetchall()]


def _really_named(ids: Sequence[int], text: str) -> list[int]:
    named = {
        case_id
        for model in (Worker, Respondent)
        for case_id, name in model._default_manager.filter(case__in=ids).values_list("case_id", "name")
        if contains(name, text)
    }
    return [case_id for case_id in ids if case_id in named]


def _own(by: Actor, text: str) -> list[int]:
    """A lawyer finds their own cases only; those are few."""
    mine = list(
        Case.objects.filter(readable(by)).filter(lawyer=by.id).order_by("-id").values_list("pk", flat=True)
    )
    return _really_named(mine[:500], text)
