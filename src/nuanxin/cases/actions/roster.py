"""The roster of a group claim: who takes part, what each claims, who speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.encryption import blind_index
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.money import CONTACT, Sum, group_sums, line, tell_lines
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.tell import Own, tell_each
from nuanxin.cases.faults import Doubtful, Refused
from nuanxin.cases.models import Case, LedgerLine, NameGram, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.doubts import Doubt, above_group, doubts, joined
from nuanxin.cases.rules.grams import person_grams
from nuanxin.cases.rules.ledger import MoneyStep, Sums, Way
from nuanxin.cases.rules.reading import Faults
from nuanxin.cases.rules.roster import MOST_ROWS, BadRoster, RosterRow, read_rows
from nuanxin.cases.rules.tables import read_table

MOST_ODD = 20  # unusual rows that are told one by one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: rows read, workers added, and the sum they claim together, in fen."""

    rows: int
    added: int
    claimed_fen: int


def odd_in(case: Case, people: Sequence[RosterRow], undivided: int | None = None) -> list[Doubt]:
    """What in a list wants a second look: sums that are unusual for one worker, a total far above the group's claim.

    ``undivided``: fen claimed for the group as a whole, where they are read already.
    """
    injured = "work_injury" in case.items
    found = []
    for number, row in enumerate(people, 1):
        for doubt in doubts(Sums(), MoneyStep.CLAIMED, row.claimed_fen, workers=1, injured=injured):
            zh, en = f"第 {number} 个（{row.name}）：{doubt.zh}", f"No. {number} ({row.name}): {doubt.en}"
            found.append(Doubt(doubt.code, zh, en))
    claimed = group_sums(case.pk).claimed if undivided is None else undivided
    whole = above_group(sum(row.claimed_fen for row in people), claimed)
    return ([whole] if whole else []) + found[:MOST_ODD]


def left_in(
    known: Iterable[Worker], people: Sequence[RosterRow], lines: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """Rows of a list that name somebody of ``known`` who has left: an old list must not bring them back in silence."""
    gone, here = [], set()
    for one in known:
        if one.left_on is None:
            here.add(one.name)
        else:
            gone.append(one)
    faults = Faults()
    for number, row in zip(lines or range(1, len(people) + 1), people, strict=True):
        for worker in gone:
            same = row.resident_id and row.resident_id == worker.resident_id
            if same or (
                row.name == worker.name
                and row.name not in here
                and not (row.resident_id and worker.resident_id)
            ):
                faults.add(f"/{number}/name", "has_left", f"“{row.name}”{worker.left_on:%Y-%m-%d} 已退出本案，请从名单里删掉",
                           f"{row.name} left this case on {worker.left_on:%Y-%m-%d}; take the row out")  # fmt: skip
                break
    return faults.found


def import_roster(
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    rows: Sequence[Mapping[str, Any]],
    version: int | None = None,
    sure: str = "",
) -> Outcome:
    """Enter the workers of a group. All rows are entered or none.

    A row that names somebody who is on the roster already completes what is missing there and overwrites nothing:
    the same list twice is one list. Amounts replace what was claimed for the group as a whole. ``sure`` says why
    unusual sums are right. Raises BadRoster with every fault by row, Doubtful for an unusual sum without a reason, or
    Refused.
    """
    people = read_rows(rows)
    outcome = Outcome(0, 0, 0)
    with write(ids_needed=3 * len(people) + 16):
        known = list(Worker.objects.select_for_update().filter(case=case_id).order_by("seq"))
        entered = _Roster(known)

        def prepare(case: Case) -> Change:
            nonlocal outcome
            if gone := left_in(known, people):
                raise BadRoster(gone)
            undivided = group_sums(case_id).claimed
            odd = odd_in(case, people, undivided)
            if odd and not sure.strip():
                raise Doubtful(*joined(odd))
            change = entered.enter(case, people, undivided, by, at)
            if odd:
                change.text = sure.strip()
                change.payload["doubts"] = sorted({doubt.code for doubt in odd})
            outcome = Outcome(len(people), len(entered.added), change.columns["claimed_fen"])
            return change

        case = move("import_roster", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        Worker.objects.bulk_update(entered.completed, _COMPLETED, batch_size=200)
        new = [*entered.added, *entered.reached]
        tell_each(case, [Own(worker, "joined_group") for worker in new], at=at)
    return outcome


_COMPLETED = (
    "phone", "phone_index", "resident_id", "resident_id_index", "bank_card", "bank_card_index", "claimed_fen",
    "representative",
)  # fmt: skip


class _Roster:
    """The workers who are known, and what a list makes of them."""

    def __init__(self, known: list[Worker]) -> None:
        self.known = known
        self.added: list[Worker] = []
        self.completed: list[Worker] = []
        self.reached: list[Worker] = []  # known for long, with a telephone only now
        self.present = [worker for worker in known if worker.left_on is None]
        self._open: dict[str, list[Worker]] = {}  # by name; each known worker is met by one row at most
        for worker in self.present:
            self._open.setdefault(worker.name, []).append(worker)

    def enter(self, case: Case, people: list[RosterRow], undivided: int, by: Actor, at: datetime) -> Change:
        """Match every row, and gather what is to be written. ``undivided``: fen claimed for the group as a whole."""
        seq = max((worker.seq for worker in self.known), default=0)
        claims: list[tuple[Worker, int]] = []
        for row in people:
            worker = self._meet(row)
            if worker is None:
                seq += 1
                worker = Worker(
                    id=next_id(case.province), province=case.province, case=case, seq=seq, name=row.name,
                    consent_on=at.astimezone(SHANGHAI).date(),
                )  # fmt: skip
                self.added.append(worker)
            else:
                self.completed.append(worker)
            silent = not worker.phone
            fen = _complete(worker, row)
            if silent and worker.phone and worker.seq > CONTACT and worker not in self.added:
                self.reached.append(worker)
            if fen:
                claims.append((worker, fen))
        if not all(worker.claimed_fen for worker in (*self.present, *self.added)):
            # Only as much as was divided: what the others claim is still in it.
            undivided = min(undivided, sum(fen for _, fen in claims))
        return self._change(case, _lines(case, claims, undivided, by, at))

    def _meet(self, row: RosterRow) -> Worker | None:
        """Somebody on the roster of this name whose ID is the same, or not known on one of the sides."""
        same = self._open.get(row.name, [])
        for worker in sorted(same, key=lambda one: one.resident_id != row.resident_id):
            if not row.resident_id or worker.resident_id in {"", row.resident_id}:
                same.remove(worker)
                return worker
        return None

    def _change(self, case: Case, lines: list[LedgerLine]) -> Change:
        total = len(self.present) + len(self.added)
        if len(self.known) + len(self.added) > MOST_ROWS:
            raise Refused("too_many", "一个案件最多 10 万人。", "A case has at most 100,000 workers.")
        if total > 1 and self.known and not self.known[0].representative:
            self.known[0].representative = True
            self.completed = [*{id(w): w for w in (*self.completed, self.known[0])}.values()]
        grams = sorted({gram for worker in self.added for gram in person_grams(worker.name)})
        columns = {
            "workers_count": total,
            "workers_stated": max(case.workers_stated, total),
            "claimed_fen": case.claimed_fen + sum(row.fen for row in lines),
        }
        rows: list[Any] = [*self.added, *lines, *(NameGram(gram=gram, case=case) for gram in grams)]
        change = Change(
            columns=columns, payload={"added": len(self.added), "fen": columns["claimed_fen"]}, rows=rows
        )
        tell_lines(change, lines)
        return change


def _complete(worker: Worker, row: RosterRow) -> int:
    """Fill in what the list knows and the roster does not; never overwrite. Gives back what is newly claimed, in fen."""
    if row.phone and not worker.phone:
        worker.phone, worker.phone_index = row.phone, blind_index("phone", row.phone)
    if row.resident_id and not worker.resident_id:
        worker.resident_id, worker.resident_id_index = row.resident_id, blind_index("id", row.resident_id)
    if row.bank_card and not worker.bank_card:
        worker.bank_card, worker.bank_card_index = row.bank_card, blind_index("bank", row.bank_card)
    if not row.claimed_fen or worker.claimed_fen:
        return 0
    worker.claimed_fen = row.claimed_fen
    return row.claimed_fen


def _lines(
    case: Case, claims: list[tuple[Worker, int]], back: int, by: Actor, at: datetime
) -> list[LedgerLine]:
    """What each claims; of the group's own claim ``back`` fen are taken back by a line of the opposite sign."""
    if not claims:
        return []
    entry = Sum(MoneyStep.CLAIMED, {}, Way.STATED, at.astimezone(SHANGHAI).date())
    taken = [line(case, None, entry, -back, by, at)] if back else []
    return [*taken, *(line(case, worker, entry, fen, by, at) for worker, fen in claims)]


__all__ = ["BadRoster", "Outcome", "import_roster", "left_in", "odd_in", "read_table"]
