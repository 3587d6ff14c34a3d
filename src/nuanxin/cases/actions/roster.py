"""The roster of a group claim: who takes part, what each claims, who speaks for them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.encryption import blind_index
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.money import GROUP, Sum, line
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case, LedgerLine, NameGram, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.grams import person_grams
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.cases.rules.roster import BadRoster, RosterRow, read_rows

HEADINGS: Mapping[str, str] = {
    "姓名": "name", "name": "name", "电话": "phone", "手机": "phone", "phone": "phone", "身份证": "resident_id",
    "身份证号": "resident_id", "resident_id": "resident_id", "银行卡": "bank_card", "银行卡号": "bank_card",
    "bank_card": "bank_card", "欠薪": "claimed", "金额": "claimed", "claimed": "claimed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: rows read, workers added, and the sum they claim together, in fen."""

    rows: int
    added: int
    claimed_fen: int


def read_table(text: str) -> list[dict[str, Any]]:
    """Rows of a pasted or uploaded CSV or tab-separated table; headings in Chinese or English, or just names."""
    text = text.lstrip("\ufeff").strip("\r\n")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else "," if "," in first or "，" not in first else "，"
    table = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        if any(row)
    ]
    if not table:
        return []
    known = [HEADINGS.get(cell.lower()) for cell in table[0]]
    if not any(known):
        known, table = ["name", "phone", "resident_id", "claimed"], [[], *table]
    return [
        {key: cell for key, cell in zip(known, row, strict=False) if key and cell} for row in table[1:]
    ]  # fmt: skip


def import_roster(
    *, case_id: int, by: Actor, at: datetime, rows: Sequence[Mapping[str, Any]], version: int | None = None
) -> Outcome:
    """Enter the workers of a group. All rows are entered or none.

    The representative (roster number 1) is recognised by name. Where the rows carry amounts they replace the sum
    that was claimed for the group as a whole. Raises BadRoster with every fault by row, or Refused.
    """
    people = read_rows(rows)
    outcome = Outcome(0, 0, 0)
    with write(ids_needed=3 * len(people) + 16):
        known = list(Worker.objects.select_for_update().filter(case=case_id).order_by("seq"))

        def prepare(case: Case) -> Change:
            nonlocal outcome
            change, outcome = _enter(case, known, people, by, at)
            return change

        move("import_roster", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        Worker.objects.bulk_update(
            known[:1], ["resident_id", "resident_id_index", "bank_card", "bank_card_index", "claimed_fen"]
        )
    return outcome


def _enter(
    case: Case, known: list[Worker], people: list[RosterRow], by: Actor, at: datetime
) -> tuple[Change, Outcome]:
    today = at.astimezone(SHANGHAI).date()
    names = {worker.name for worker in known}
    fresh = [row for row in people if row.name not in names or row.resident_id]
    fresh = [row for row in fresh if not _same(known, row)]
    seq = max((worker.seq for worker in known), default=0)
    added = [_worker(case, row, seq + n, today) for n, row in enumerate(fresh, 1)]
    first = next((row for row in people if known and row.name == known[0].name), None)
    if first is not None:
        _complete(known[0], first)
    lines, claimed = _divide(case, known, added, first, by, at)
    if len(known) + len(added) > 100_000:
        raise Refused("too_many", "一个案件最多 10 万人。", "A case has at most 100,000 workers.")
    grams = sorted({gram for row in fresh for gram in person_grams(row.name)})
    rows: list[Any] = [*added, *lines, *(NameGram(gram=gram, case=case) for gram in grams)]
    total = len(known) + len(added)
    columns = {
        "workers_count": total,
        "workers_stated": max(case.workers_stated, total),
        "claimed_fen": claimed,
    }
    payload = {"added": len(added), "fen": claimed}
    return Change(columns=columns, payload=payload, rows=rows), Outcome(len(people), len(added), claimed)


def _same(known: Sequence[Worker], row: RosterRow) -> bool:
    return any(
        w.name == row.name and (not row.resident_id or w.resident_id in {"", row.resident_id}) for w in known
    )


def _worker(case: Case, row: RosterRow, seq: int, today: Any) -> Worker:
    worker = Worker(
        id=next_id(case.province), province=case.province, case=case, seq=seq, name=row.name, phone=row.phone,
        phone_index=blind_index("phone", row.phone) if row.phone else None, consent_on=today,
        claimed_fen=row.claimed_fen,
    )  # fmt: skip
    _complete(worker, row, claim=False)
    return worker


def _complete(worker: Worker, row: RosterRow, *, claim: bool = True) -> None:
    """Fill in what the roster knows and the row does not; never overwrite."""
    if row.resident_id and not worker.resident_id:
        worker.resident_id, worker.resident_id_index = row.resident_id, blind_index("id", row.resident_id)
    if row.bank_card and not worker.bank_card:
        worker.bank_card, worker.bank_card_index = row.bank_card, blind_index("bank", row.bank_card)
    if claim and row.claimed_fen and not worker.claimed_fen:
        worker.claimed_fen = row.claimed_fen


def _divide(
    case: Case, known: list[Worker], added: list[Worker], first: RosterRow | None, by: Actor, at: datetime
) -> tuple[list[LedgerLine], int]:
    """Lines for what each claims; the group's own claim is taken back by a line of the opposite sign."""
    if not any(worker.claimed_fen for worker in added) and not (first and first.claimed_fen):
        return [], case.claimed_fen
    today = at.astimezone(SHANGHAI).date()

    def claim(worker: Worker | None, fen: int) -> LedgerLine:
        return line(case, worker, Sum(MoneyStep.CLAIMED, {GROUP: fen}, Way.STATED, today), fen, by, at)

    group = LedgerLine.objects.filter(case=case.pk, worker__isnull=True, step=MoneyStep.CLAIMED)
    open_group = sum(group.values_list("fen", flat=True))
    lines = [claim(None, -open_group)] if open_group else []
    lines += [claim(worker, worker.claimed_fen) for worker in added if worker.claimed_fen]
    if first is not None and known and first.claimed_fen and known[0].claimed_fen == first.claimed_fen:
        lines.append(claim(known[0], first.claimed_fen))
    return lines, case.claimed_fen + sum(row.fen for row in lines)


__all__ = ["BadRoster", "Outcome", "import_roster", "read_table"]
