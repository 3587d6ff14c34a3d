"""What the law answers on the facts of a case, as plain values for the page: each line worded, with its articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuanxin.audit.actor import Actor
from nuanxin.cases.actions.claim import RECORD
from nuanxin.cases.actions.versions import faults_of
from nuanxin.cases.models import Case, ClaimVersion
from nuanxin.cases.permissions import may
from nuanxin.cases.queries.casefile import CaseFile
from nuanxin.cases.queries.claim import door_facts
from nuanxin.cases.rules.claim import Document, place_of
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.states import Status
from nuanxin.cases.rules.transitions import row_for
from nuanxin.cases.triage import assess
from nuanxin.desk.speech import between, cited, english, said
from nuanxin.desk.wording.claim import BURDENS, EVIDENCE, FACTS, FAULTS, KINDS, READINGS, ROUTES
from nuanxin.desk.wording.codes import label
from nuanxin.law.topic import Body
from nuanxin.law.workings import readable
from nuanxin.ui.parts import Chip, Text
from nuanxin.ui.wording import day

FIELD = "id_"  # a field of the form is addressed by its id


@dataclass(frozen=True, slots=True)
class Why:
    """What stands behind a line: the sentence, the sum step by step, the articles."""

    text: str
    source: str
    steps: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Until:
    """The end of one limitation: the strict day as a chip, how it is seen, and what is uncertain."""

    chip: Chip
    note: str
    why: Why


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of counting an item where practice is divided or something has to be settled first."""

    amount: Decimal | None
    why: Why


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: its sum or its readings, until when, whether an award would be final, whether it is claimed."""

    kind: str
    name: Text
    amount: Decimal | None
    readings: Sequence[Reading]
    until: Sequence[Until]
    notes: Sequence[str]
    why: Why


@dataclass(frozen=True, slots=True)
class Way:
    """One of the six routes, open or not, with the day to act by."""

    name: Text
    open: bool
    by: str
    why: Why


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing to be proved: whether it is at hand, who proves it, what can stand in for it."""

    name: Text
    have: bool
    burden: Text
    substitutes: str
    why: Why


@dataclass(frozen=True, slots=True)
class Needed:
    """A fact that is missing or at fault, and where it is entered; ``url`` empty for who may not enter it."""

    fact: Text
    why: Text
    url: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The law's answer on the page. ``version``: the number of the facts in force, 0 for what the door told."""

    version: int
    sentence: str
    total: Decimal | None
    confirmed: Decimal | None
    items: Sequence[ItemLine]
    ways: Sequence[Way]
    proofs: Sequence[Proof]
    needs: Sequence[Needed]
    faults: Sequence[Needed]
    liability: Body | None
    form_url: str
    one_of: int  # how many workers the case has, where the answer is for one of several


def facts_of(case: Case, kept: ClaimVersion | None, file: CaseFile) -> Document:
    """The facts in force: the latest version, or what the door and the record tell."""
    return kept.facts if kept else door_facts(case, file.respondents)


def claim_of(file: CaseFile, *, by: Actor, at: datetime) -> Claim:
    """The answer for the page of a case, as of today."""
    case, kept = file.case, file.claim
    today = at.astimezone(SHANGHAI).date()
    body = assess(case, facts_of(case, kept, file), today)
    found = claim_from(body, claimed=case.items, today=today, url=form_url(case, by))
    one_of = case.workers_stated if case.workers_stated > 1 and "errors" not in body else 0
    return replace(found, version=kept.number if kept else 0, one_of=one_of)


def claim_from(body: Body, *, claimed: Collection[str], today: date, url: str = "") -> Claim:
    """An answer of the law in words. ``claimed``: items of the claim; ``url``: where facts are entered, if anywhere."""
    if "errors" in body:
        faults = [_needed(fault["path"], fault_words(fault), url) for fault in faults_of(body)]
        return Claim(0, "", None, None, (), (), (), (), faults, None, url, 0)
    single = any("amount" in item for item in body["items"])
    return Claim(
        version=0,
        sentence=_said(body["explanation"]),
        total=Decimal(body["total"]) if single else None,
        confirmed=Decimal(body["total_confirmed"]) if body["total_confirmed"] != body["total"] else None,
        items=[_item(item, claimed, today) for item in body["items"]],
        ways=[_way(one) for one in body["routes"]],
        proofs=[_proof(one) for one in body["evidence"]],
        needs=[_needed(need["path"], _said(need["why"]), url) for need in body["needs"]],
        faults=(),
        liability=body.get("answers", {}).get("liability"),
        form_url=url,
        one_of=0,
    )


def form_url(case: Case, by: Actor) -> str:
    """Where the facts are entered; empty for who may not, and on an ended case."""
    row = row_for(RECORD)
    open_ = Status(case.status) in row.sources and may(by, row, case)
    return reverse("desk:move", args=[case.number, RECORD]) if open_ else ""


def _needed(pointer: str, why: Text, url: str) -> Needed:
    """A pointer of the law as a line that leads to the field of the form."""
    place = place_of(pointer)
    if place is None:
        return Needed(_("The place of work") if pointer == "/place" else _("The claim"), why, "")
    anchor = FIELD + field_name(place.key, place.row, place.part)
    return Needed(FACTS[place.key], why, f"{url}#{anchor}" if url else "")


def fault_words(fault: Mapping[str, str]) -> Text:
    """A fault as staff read it: in words of the page where the law would name keys, else as the law says it."""
    part = fault["path"].rpartition("/")[2]
    for found in (fault["code"], part if fault["code"] == "conflict" else ""):
        if found in FAULTS:
            return FAULTS[found]
    return said(fault["zh"], fault["en"])


def field_name(key: str, row: int | None = None, part: str = "") -> str:
    """The form's field for a fact, or for a part of one of its rows."""
    name = key.replace("/", "__")
    return name if row is None or not part else f"{name}-{row}-{part}"


def _said(words: Mapping[str, str]) -> str:
    return said(words["zh"], words["en"])


def _why(body: Body) -> Why:
    words = body.get("explanation") or body.get("why") or {"zh": "", "en": ""}
    steps = [
        (_said(step["label"]), readable(str(step["formula"])), str(step["value"]))
        for step in body.get("steps", ())
    ]
    return Why(_said(words), _cited(body.get("basis", ())), steps)


def _cited(basis: Iterable[Mapping[str, str]]) -> str:
    """The articles; those that nobody has checked against a text say so."""
    rows = list(basis)
    source = cited((one["instrument"], one["article"]) for one in rows)
    unchecked = [one for one in rows if one.get("mark") != "V"]
    if not unchecked:
        return source
    return f"{source} ({_('not all checked against a text')})"


def _item(item: Body, claimed: Collection[str], today: date) -> ItemLine:
    notes = []
    final = item["final_award"]
    if final and final["final"] is not None:
        line = _money(final["line"])
        notes.append(
            _("an award is final: up to %(line)s yuan") % {"line": line}
            if final["final"]
            else _("an award is not final: above %(line)s yuan") % {"line": line}
        )
    notes.append(_("no means check") if item["waiver"] else _("means check or undertaking"))
    if item["kind"] not in claimed:
        notes.append(_("not among what is claimed so far"))
    return ItemLine(
        kind=item["kind"],
        name=label(KINDS, item["kind"]),
        amount=Decimal(item["amount"]) if "amount" in item else None,
        readings=[_reading(one) for one in item.get("readings", ())],
        until=_untils(item["limitation"], today),
        notes=notes,
        why=_why(item),
    )


def _reading(one: Body) -> Reading:
    return Reading(Decimal(one["amount"]) if "amount" in one else None, _why(one))


def _money(yuan: str) -> str:
    return f"{Decimal(yuan):,.2f}"


def _untils(limit: Body | None, today: date) -> list[Until]:
    """Each limitation of an item: one, or one for each way the relation may be seen."""
    if limit is None:
        return []
    told = [limit] if "status" in limit else [one for one in limit["readings"] if "status" in one]
    return [until_of(one, today) for one in told]


def until_of(one: Body, today: date) -> Until:
    """An answer of the law on a limitation in words; ``id``: as which relation it is seen, where that is open."""
    parts: list[str] = [str(label(READINGS, one["id"]))] if one.get("id") else []
    if one["strict"] is None:
        return Until(Chip(_("no time limit runs")), "".join(parts), _why(one))
    language = "en" if english() else "zh-hans"
    strict = date.fromisoformat(one["strict"])
    left = (strict - today).days
    if left < 0:
        parts.append(_("has run out; only the other side can raise it"))
    else:
        parts.append(ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left})
    if one["rolled"] and one["rolled"] != one["strict"]:
        rolled = day(date.fromisoformat(one["rolled"]), language)
        parts.append(_("counted strictly; with rest days it would be %(day)s") % {"day": rolled})
    tone = "late" if one["status"] == "expired" else "plain"
    return Until(Chip(day(strict, language), tone), said("；", "; ").join(parts), _why(one))


def _way(one: Body) -> Way:
    clock = one["clock"]
    by = day(date.fromisoformat(clock["act_by"]), "en" if english() else "zh-hans") if clock else ""
    return Way(label(ROUTES, one["route"]), one["available"], by, _why(one))


def _proof(one: Body) -> Proof:
    others = between().join(said(other["zh"], other["en"]) for other in one["substitutes"])
    return Proof(label(EVIDENCE, one["need"]), one["have"], label(BURDENS, one["burden"]), others, _why(one))
