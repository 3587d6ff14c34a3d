"""Entering and correcting the facts that the law needs: one door, one event, one version for each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.personal import rebuild_grams
from nuanxin.cases.actions.versions import faults_of, next_version
from nuanxin.cases.faults import Refused, Stale
from nuanxin.cases.models import Case, Respondent
from nuanxin.cases.queries.claim import door_facts, latest
from nuanxin.cases.rules.claim import Document, changes, coded, told
from nuanxin.cases.rules.claim.facts import FACTS, PARTIES
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.triage import assess, pressing

RECORD = "record_facts"


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the officer tells of it. ``seq``: its number on the case, a new one where there is none.

    ``law``: what else the law asks about it, as the party's part of a question.
    """

    seq: int
    name: str
    role: str = ""
    kind: str = ""
    law: Mapping[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """The party in the facts. Only one whose role and kind are known can be asked about."""
        row = {"id": str(self.seq), "role": self.role, "kind": self.kind, **self.law}
        return {key: row[key] for key in FACTS[PARTIES].parts or {} if row.get(key) not in (None, "")}


class BadFacts(Refused):
    """Facts that contradict each other, or days that cannot be. ``faults``: all of them, with pointers."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        super().__init__(faults[0]["code"], faults[0]["zh"], faults[0]["en"])
        self.faults = faults


class _Same(Exception):
    """Nothing was changed: nothing is written."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case


def record(
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    facts: Document,
    parties: Sequence[Party] = (),
    seen: int | None = None,
    version: int | None = None,
) -> Case:
    """Store the facts of a claim as they are known now; what is not among them is not known.

    ``parties`` are those told anew; the others stay. ``seen``: the number of the version that the page showed, 0 for
    none; another one in force is Stale. The limitation clock and urgency are counted anew in the same transaction, and a
    version of the answer is kept. The same facts again write nothing. Raises BadFacts, and what every move raises.
    """
    try:
        with write():
            return move(
                RECORD, case_id=case_id, by=by, at=at, version=version,
                prepare=lambda case: _change(case, Told(facts, parties, seen), by, at),
            )  # fmt: skip
    except _Same as same:
        return same.case


@dataclass(frozen=True, slots=True)
class Told:
    """What the officer tells: facts, parties told anew, and the version on which both rest."""

    facts: Document
    parties: Sequence[Party]
    seen: int | None


def _change(case: Case, said: Told, by: Actor, at: datetime) -> Change:
    today = at.astimezone(SHANGHAI).date()
    kept = latest(case.pk)
    if said.seen is not None and said.seen != (kept.number if kept else 0):
        raise Stale
    rows = _rows(case) if said.parties or not kept else {}
    before = kept.facts if kept else door_facts(case, list(rows.values()))
    after = told({**said.facts, PARTIES: _known(before, said.parties)})
    changed, people = changes(before, after), _people(case, rows, said.parties)
    if not changed and not people.touched:
        raise _Same(case)
    change = Change(rows=list(people.new), payload={"parties": people.touched} if people.touched else {})
    if changed:
        faults = faults_of(assess(case, after, today))
        if faults:
            raise BadFacts(faults)
        change.payload["facts"] = coded(changed if kept else changes({}, after))
        change.rows.append(next_version(case, kept, after, before=before, by=by, at=at))
        change.columns = _columns(case, after, today)
    people.store(case)
    return change


def _rows(case: Case) -> dict[int, Respondent]:
    return {one.seq: one for one in Respondent.objects.filter(case=case.pk).order_by("seq")}


def _known(before: Document, parties: Sequence[Party]) -> list[dict[str, Any]]:
    """The parties as facts: those told anew in place of what was known of them."""
    found = {int(row["id"]): row for row in before.get(PARTIES, ())} | {one.seq: one.row() for one in parties}
    return [found[seq] for seq in sorted(found) if {"role", "kind"} <= found[seq].keys()]


def _columns(case: Case, facts: Document, today: date) -> dict[str, Any]:
    """What the case row itself keeps of the facts, as far as it is not so already."""
    ended = facts.get("ended_on")
    wanted = {
        "relation": facts.get("relation", "unknown"),
        "ended_on": date.fromisoformat(ended) if ended else None,
        **pressing(case, facts, today),
    }
    return {name: value for name, value in wanted.items() if getattr(case, name) != value}


@dataclass(slots=True)
class _People:
    """The parties' own rows: which are new, which change, and whether a name does."""

    new: list[Respondent] = field(default_factory=list)
    changed: list[Respondent] = field(default_factory=list)
    renamed: bool = False

    @property
    def touched(self) -> list[int]:
        """Their numbers on the case."""
        return [one.seq for one in (*self.new, *self.changed)]

    def store(self, case: Case) -> None:
        """Store what changes; new rows go in with the move."""
        if self.changed:
            Respondent.objects.bulk_update(self.changed, ["name", "role", "kind", "engaged_by"])
        if self.renamed:
            rebuild_grams(case, self.new)


def _people(case: Case, rows: Mapping[int, Respondent], parties: Sequence[Party]) -> _People:
    found = _People()
    for party in parties:
        above = party.law.get("engaged_by")
        values = {
            "name": party.name, "role": party.role, "kind": party.kind, "engaged_by": int(above) if above else None,
        }  # fmt: skip
        row = rows.get(party.seq)
        if row is None:
            found.new.append(
                Respondent(
                    id=next_id(case.province), province=case.province, case=case, seq=party.seq, **values
                )
            )
            found.renamed = found.renamed or bool(party.name)
        elif any(getattr(row, name) != value for name, value in values.items()):
            found.renamed = found.renamed or row.name != party.name
            for name, value in values.items():
                setattr(row, name, value)
            found.changed.append(row)
    return found
