"""The ledger: what was claimed, awarded, paid and confirmed, for each worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from nuanxin.audit.actor import Actor
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.denial import ASKED, end_denials, nobody_asked
from nuanxin.cases.actions.denial import CLOCK as DENIED
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.reaching import heard_from
from nuanxin.cases.actions.tell import Own, of_money, tell_each
from nuanxin.cases.faults import Doubtful, Refused
from nuanxin.cases.models import Case, LedgerLine, Worker
from nuanxin.cases.queries.standing import standing_with
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.doubts import Doubt, doubts, joined, said_otherwise
from nuanxin.cases.rules.ledger import MoneyStep, Sums, Way, check_line, divide_evenly
from nuanxin.cases.rules.settling import outcome_since
from nuanxin.cases.rules.shares import by_weight
from nuanxin.cases.rules.states import ENDED, ITEMS
from nuanxin.cases.sentences import said_money

ACTIONS: dict[MoneyStep, str] = {
    MoneyStep.CLAIMED: "record_claim",
    MoneyStep.AWARDED: "record_award",
    MoneyStep.PAID: "record_payment",
    MoneyStep.CONFIRMED: "confirm_payment",
}
SAID = frozenset({Way.PHONE, Way.IN_PERSON})  # what a worker said, as staff wrote it down
GROUP = 0  # the line of the whole group, before a roster divides it; only claims and awards have one
CONTACT = 1  # the roster number of who speaks for the case
MOST_LINES_IN_EVENT = 500


@dataclass(frozen=True, slots=True)
class Sum:
    """What was reported: a step, an amount in fen for each roster number (GROUP for all), how and when."""

    step: MoneyStep
    lines: Mapping[int, int]
    way: Way
    on: date
    item: str = ""
    evidence: int = 0  # id of the paper that shows it
    sure: str = ""  # why an unusual sum is right all the same
    undo: bool = False  # takes back an award of nothing that was entered by mistake


def record(*, case_id: int, by: Actor, at: datetime, entry: Sum, version: int | None = None) -> Case:
    """Enter one step of the money. All lines are entered or none.

    Raises Refused: an unknown roster number, an amount that cannot be, a confirmation without the worker or a
    bank proof on file, the worker's own link in another hand, a payment before there is a roster to divide it, a day in
    the future. An unusual sum without a reason raises Doubtful.
    """
    with write(ids_needed=2 * len(entry.lines)):
        workers = {
            w.seq: w
            for w in Worker.objects.select_for_update().filter(case=case_id, seq__in=list(entry.lines))
        }
        denied = any(one.denied_at for one in workers.values())

        def prepare(case: Case) -> Change:
            _check(case, workers, entry, by, at)
            odd = _doubts(case, workers, entry)
            if odd and not entry.sure.strip():
                raise Doubtful(*joined(odd))
            change = _enter(case, workers, entry, by, at)
            if denied:
                end_denials(case, workers.values(), change)
            if case.state in ENDED:
                change.columns["outcome"] = _outcome_since(case, workers, entry)
            if odd:
                change.text = entry.sure.strip()
                change.payload["doubts"] = sorted({doubt.code for doubt in odd})
            return change

        case = move(ACTIONS[entry.step], case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        columns = [f"{entry.step}_fen", *(["dismissed_on"] if entry.step is MoneyStep.AWARDED else [])]
        if denied:
            columns += ["denied_at", "denial_answered_at"]
        if entry.step in {MoneyStep.PAID, MoneyStep.CONFIRMED} and any(
            one.missed for one in workers.values()
        ):
            for one in workers.values():
                heard_from(one)
            columns += ["missed", "missed_on"]
        Worker.objects.bulk_update(workers.values(), columns, batch_size=500)
        tell_each(case, _each_own(case, workers, entry), at=at)
    return case


def _outcome_since(case: Case, workers: Mapping[int, Worker], entry: Sum) -> str:
    """How the ended case has turned out with what was confirmed now."""
    whole: Sums = case.sums.plus(entry.step, sum(entry.lines.values()))
    return outcome_since(case.outcome, standing_with(case, workers.values(), whole))


def _each_own(case: Case, workers: Mapping[int, Worker], entry: Sum) -> list[Own]:
    """In a group everybody hears of their own money, and is asked for their own word.

    Of a sum that is not divided only the contact hears, by the notice of the move.
    """
    if case.workers_count <= 1:
        return []
    told = [
        Own(workers[seq], of_money(entry.step, fen, undo=entry.undo), fen)
        for seq, fen in entry.lines.items()
        if seq in workers and not (seq == CONTACT and GROUP in entry.lines)
    ]
    return [own for own in told if own.template]


def _check(case: Case, workers: dict[int, Worker], entry: Sum, by: Actor, at: datetime) -> None:
    if entry.on > at.astimezone(SHANGHAI).date():
        raise Refused(
            "in_future", "这一天还没到，请核对日期。", "This day lies in the future; check the date."
        )
    if not entry.lines:
        raise Refused("no_amount", "请填金额。", "Enter an amount.")
    if entry.undo and (entry.step is not MoneyStep.AWARDED or any(entry.lines.values())):
        raise Refused(
            "no_amount", "冲减请填要减去的金额。", "A correction names the amount that is taken away."
        )
    if entry.item and entry.item not in ITEMS:
        raise Refused("no_such_item", "请重新选是哪一项请求。", "Choose again which claim it is for.")
    _check_hand(entry, by)
    if case.state in ENDED and min(entry.lines.values()) < 0:
        raise Refused(
            "ended",
            "案子已经结了，只能登记后来确认收到的钱。",
            "The case has ended: only money that is confirmed later is entered.",
        )
    for seq, fen in entry.lines.items():
        if seq == GROUP:
            _check_group(case, entry, fen)
        elif seq not in workers:
            raise Refused(
                "no_such_worker", f"名单里没有第 {seq} 号。", f"There is no number {seq} on the roster."
            )
        elif workers[seq].left_on is not None and fen > 0 and entry.step is not MoneyStep.CONFIRMED:
            raise Refused(
                "has_left",
                f"第 {seq} 号已退出本案，新的钱不再记在这里。",
                f"No. {seq} has left this case; new money is not entered here.",
            )
        elif _needs_own_word(workers[seq], entry):
            raise Refused(
                "denied",
                f"第 {seq} 号说过钱没收到，要单独问清楚本人再登记，不能和别人一起确认。",
                f"No. {seq} said that the money did not come: ask them by themselves, and enter it by itself.",
            )
        else:
            _refuse_fault(check_line(workers[seq].sums, entry.step, fen, entry.way), seq)
            if entry.undo and workers[seq].dismissed_on is None:
                raise Refused(
                    "not_dismissed",
                    f"第 {seq} 号没有登记过“没有支持”。",
                    f"No. {seq}: no award of nothing is on file.",
                )
    _refuse_fault(check_line(case.sums, entry.step, sum(entry.lines.values()), entry.way, many=True), 0)


def _needs_own_word(worker: Worker, entry: Sum) -> bool:
    """Who has said that money did not come is never confirmed in one go with others."""
    return entry.step is MoneyStep.CONFIRMED and worker.denied_at is not None and len(entry.lines) > 1


def _doubts(case: Case, workers: Mapping[int, Worker], entry: Sum) -> list[Doubt]:
    """What is odd about the whole sum, and then about a worker's own; the same oddity is told once."""
    heads, injured = max(case.workers_count, case.workers_stated), "work_injury" in case.items
    whole = sum(entry.lines.values())
    found = doubts(case.sums, entry.step, whole, workers=heads, injured=injured)
    if entry.step is MoneyStep.CONFIRMED and entry.way in SAID:
        found += [
            said_otherwise(seq) for seq, fen in entry.lines.items()
            if fen > 0 and seq in workers and workers[seq].denied_at is not None
        ]  # fmt: skip
    told = {doubt.code for doubt in found}
    for seq, fen in entry.lines.items():
        own = doubts(workers[seq].sums, entry.step, fen, workers=1, injured=injured) if seq in workers else []
        for doubt in own:
            if doubt.code not in told:
                told.add(doubt.code)
                found.append(Doubt(doubt.code, f"第 {seq} 号：{doubt.zh}", f"No. {seq}: {doubt.en}"))
    return found


def _check_hand(entry: Sum, by: Actor) -> None:
    """The link is the worker's own hand: with it they confirm what came, and nobody else uses it."""
    public = by.kind in {"worker", "helper"}
    confirms = entry.step is MoneyStep.CONFIRMED and entry.way is Way.LINK and min(entry.lines.values()) > 0
    if public and not confirms:
        raise Refused("not_yours", "这一步由工作人员登记。", "Staff enter this step.")
    if entry.way is Way.LINK and not public:
        raise Refused(
            "not_the_worker",
            "“工人自己确认”只能由工人用查询码来办；电话里说的，请选“电话确认”。",
            "Only the worker confirms by link and code; what was said on the telephone is entered as such.",
        )
    if entry.step is MoneyStep.CONFIRMED and entry.way is Way.BANK_PROOF and not entry.evidence:
        raise Refused(
            "no_proof",
            "银行凭证要先收进案卷，再选是哪一份。",
            "A bank proof must be on file first; then choose which paper it is.",
        )


def _check_group(case: Case, entry: Sum, fen: int) -> None:
    if entry.step in {MoneyStep.PAID, MoneyStep.CONFIRMED}:
        raise Refused(
            "roster_first",
            "请先登记工友名单：付的钱要落到每个人头上。",
            "Enter the list of workers first: money that was paid belongs to each of them.",
        )
    if fen == 0:
        raise Refused(
            "each_worker",
            "没有支持的，请按人登记 0：每个工人的结果要分清。",
            "Enter 0 for each worker whom the award gave nothing: it is told apart by worker.",
        )
    _refuse_fault(check_line(group_sums(case.pk), entry.step, fen, entry.way), 0)


def group_sums(case_id: int) -> Sums:
    """What was claimed and awarded for the group as a whole and is not divided yet."""
    rows = LedgerLine.objects.filter(case=case_id, worker__isnull=True).order_by().values("step")
    return Sums(**{row["step"]: row["total"] for row in rows.annotate(total=models.Sum("fen"))})


def _refuse_fault(fault: Any, seq: int) -> None:
    if fault is not None:
        who_zh, who_en = (f"第 {seq} 号：", f"No. {seq}: ") if seq else ("", "")
        raise Refused(fault.code, who_zh + fault.zh, who_en + fault.en)


def _enter(case: Case, workers: dict[int, Worker], entry: Sum, by: Actor, at: datetime) -> Change:
    rows = []
    sums: Sums = case.sums
    for seq, fen in entry.lines.items():
        worker = workers.get(seq)
        rows.append(line(case, worker, entry, fen, by, at))
        sums = sums.plus(entry.step, fen)
        if worker is not None:
            _add(worker, entry, fen)
    total = sum(entry.lines.values())
    change = Change(
        columns={f"{entry.step}_fen": getattr(sums, entry.step)},
        payload={"fen": total, "way": entry.way, "item": entry.item, "paper": entry.evidence, "count": len(rows)},
        rows=list(rows), effective_on=entry.on, notice_values={"money": said_money(abs(total))},
    )  # fmt: skip
    if total <= 0 and entry.step is not MoneyStep.CLAIMED:
        # "paid: -500 yuan" would frighten; lines that cancel each other out change nothing that anybody was told.
        change.notice = "money_corrected" if total < 0 else ""
    if dismissed := sum(1 for row in rows if row.fen == 0):
        change.payload |= {"dismissed": dismissed, "undo": entry.undo}
        if total == 0:
            change.notice = of_money(entry.step, 0, undo=entry.undo)
    if case.workers_count > 1 and GROUP not in entry.lines:
        # Nobody is told of, or asked about, the money of another; who speaks for all passes on what cannot be sent.
        change.notice = "tell_others" if _must_pass_on(workers, entry) else ""
    tell_lines(change, rows)
    if entry.step is MoneyStep.CONFIRMED and (sums.confirmed == sums.paid or _only_denied(case, workers)):
        # As long as one worker has not answered, the question stands.
        change.stop = (ASKED,)
    return change


def _only_denied(case: Case, workers: Mapping[int, Worker]) -> bool:
    """Whether whoever has not confirmed has said that the money did not come."""
    if not any(clock.rule == DENIED for clock in case.clock_list()):
        return False
    return nobody_asked(case, [one for one in workers.values() if one.paid_fen == one.confirmed_fen])


def _add(worker: Worker, entry: Sum, fen: int) -> None:
    """Put a line into the worker's own sums. An award of nothing is an award: the claim no longer stands."""
    column = f"{entry.step}_fen"
    setattr(worker, column, getattr(worker, column) + fen)
    if entry.step is MoneyStep.AWARDED:
        worker.dismissed_on = entry.on if fen == 0 and not entry.undo else None


def _must_pass_on(workers: Mapping[int, Worker], entry: Sum) -> bool:
    """Whether somebody who has no telephone has new money, or an award of nothing, in this sum."""
    if entry.step not in {MoneyStep.AWARDED, MoneyStep.PAID}:
        return False
    return any(seq != CONTACT and fen >= 0 and not workers[seq].phone for seq, fen in entry.lines.items())


def tell_lines(change: Change, rows: Sequence[LedgerLine]) -> None:
    """Put every line into the record: the first ones into the move's event, the others behind it."""
    told = [[row.worker_id or 0, row.fen] for row in rows]
    change.payload["lines"] = told[:MOST_LINES_IN_EVENT]
    for start in range(MOST_LINES_IN_EVENT, len(told), MOST_LINES_IN_EVENT):
        part = told[start : start + MOST_LINES_IN_EVENT]
        change.more.append(("case.lines_recorded", {"lines": part, "step": rows[0].step}))


def line(case: Case, worker: Worker | None, entry: Sum, fen: int, by: Actor, at: datetime) -> LedgerLine:
    """One ledger row."""
    return LedgerLine(
        id=next_id(case.province), province=case.province, case=case, worker=worker, step=entry.step, fen=fen,
        way=entry.way, item=entry.item, on=entry.on, recorded_at=at, recorded_by=by.id if by.kind == "staff" else 0,
        evidence=entry.evidence,
    )  # fmt: skip


def spread(*, case_id: int, total: int, by_claim: bool = True) -> dict[int, int]:
    """A sum divided over the roster to the last fen: by what each claimed, or evenly. Raises Refused without one."""
    rows = list(
        Worker.objects.filter(case=case_id, left_on__isnull=True)
        .order_by("seq")
        .values_list("seq", "claimed_fen")
    )
    if not rows:
        raise Refused("roster_first", "请先登记工友名单。", "Enter the list of workers first.")
    weights: list[int] = [claimed for _, claimed in rows]
    shares = by_weight(total, weights) if by_claim and any(weights) else divide_evenly(total, len(rows))
    return {seq: fen for (seq, _), fen in zip(rows, shares, strict=True) if fen}
