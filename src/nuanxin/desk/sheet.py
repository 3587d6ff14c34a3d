"""The case page as plain values: what stands in each box, worded for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from nuanxin.audit.actor import Actor
from nuanxin.cases.models import Case
from nuanxin.cases.queries.casefile import CaseFile, Earlier, RosterLine
from nuanxin.cases.queries.hearing import PLACE
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.doubts import doubts, joined
from nuanxin.cases.rules.ledger import MoneyStep, Sums
from nuanxin.cases.rules.numbers import number_of
from nuanxin.cases.rules.stages import HEARING
from nuanxin.cases.upcoming import running
from nuanxin.desk.claim import Claim, claim_of
from nuanxin.desk.clocks import ClockLine, clock_lines, days_beside, limitation_line
from nuanxin.desk.moves import Known, Moves, moves_of
from nuanxin.desk.payers import Payer, payers
from nuanxin.desk.people import Person, Secret, may_correct, person_of, wish_of
from nuanxin.desk.rows import agency_name, who, yuan
from nuanxin.desk.speech import between, english, said
from nuanxin.desk.timeline import Moment, moments
from nuanxin.desk.wording.codes import (
    DOORS,
    ITEMS,
    KINDS,
    MEANS,
    OUTCOMES,
    RELATIONS,
    STAGES,
    STATUSES,
    label,
    listed,
)  # fmt: skip
from nuanxin.desk.wording.told import relation
from nuanxin.law.eligibility import is_waived
from nuanxin.law.topics.group import representatives
from nuanxin.network.queries import UnknownPlace, region_name
from nuanxin.ui.parts import Chip, Fact, LedgerRow, Text
from nuanxin.ui.wording import moment

STEPS_OF_MONEY: tuple[tuple[str, Text], ...] = (
    ("claimed", pgettext_lazy("money", "Claimed")),
    ("awarded", pgettext_lazy("money", "Awarded")),
    ("paid", pgettext_lazy("money", "Paid")),
    ("confirmed", pgettext_lazy("money", "Confirmed")),
)
AWARDED = 1  # its place among them


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """Another case of the same person, in words; ``url`` only where it may be opened."""

    number: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A worker of the group with the four sums in yuan."""

    seq: int
    name: str
    representative: bool
    left: bool
    sums: Sequence[Decimal | None]  # None: not known yet
    secret: Secret | None = None
    goes_on: str = ""  # number of the case of their own of who has left
    dismissed: bool = False  # the award gives them nothing


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the case page."""

    case: Case
    title: str
    lead: str
    chips: Sequence[Chip]
    moves: Moves
    clocks: Sequence[ClockLine]
    ended_clocks: Sequence[ClockLine]
    facts: Sequence[Fact]
    lanes: Sequence[Fact]
    person: Person | None
    claim: Claim
    payers: Sequence[Payer]
    ledger: Sequence[LedgerRow]
    roster: Sequence[RosterRow]
    roster_total: RosterRow
    roster_more: int
    timeline: Sequence[Moment]
    earlier: Sequence[EarlierLine]
    holds: Text
    wish: str  # what the worker asked about their data, until it was corrected
    may_correct: bool


def sheet_of(
    file: CaseFile, *, by: Actor, at: datetime, papers: int = 0, whole: tuple[int, str] | None = None
) -> Sheet:
    """The page of a case for this person. ``whole``: (roster number, what) of the number shown unmasked this once."""
    case, name = file.case, file.contact.name if file.contact else ""
    live, ended = clock_lines(case, at)
    limitation = limitation_line(case, at) if case.turn != "ended" else None
    total = case.workers_count + case.workers_left or len(file.roster)
    claim = claim_of(file, by=by, at=at)
    return Sheet(
        case=case,
        title=_title(case, name),
        lead=_lead(case),
        chips=[*_chips(case), *days_beside(case, at, _place_of_hearing(file))],
        moves=moves_of(
            case,
            by=by,
            at=at,
            known=Known(len(file.earlier), papers, _odd(case), None if claim.one_of else claim.total),
        ),
        clocks=[*live, *([limitation] if limitation else [])],
        ended_clocks=ended,
        facts=_facts(file),
        lanes=_lanes(case),
        person=person_of(file, by, whole) if file.contact else None,
        claim=claim,
        payers=payers(file.respondents, claim.liability),
        ledger=_ledger(case.sums),
        roster=[roster_row(line) for line in file.roster] if case.workers_stated > 1 or total > 1 else [],
        roster_total=RosterRow(0, "", False, False, _yuans(case.sums)),
        roster_more=max(0, total - len(file.roster)),
        timeline=moments(file.events, file.entries, file.names),
        earlier=[earlier_line(one) for one in file.earlier],
        holds=agency_name(case.holder_agency),
        wish=wish_of(file),
        may_correct=may_correct(case, by),
    )


def _place_of_hearing(file: CaseFile) -> str:
    """Where the hearing that lies ahead is held, from the entries at hand."""
    ahead = {clock.started_at for clock in running(file.case, HEARING)}
    return next((one.text or "" for one in file.entries if one.action == PLACE and one.at in ahead), "")


def _odd(case: Case) -> str:
    """Why the sum that is claimed wants a second look; empty where it is an ordinary one."""
    heads, injured = max(case.workers_count, case.workers_stated), "work_injury" in case.items
    found = doubts(Sums(), MoneyStep.CLAIMED, case.claimed_fen, workers=heads, injured=injured)
    return said(*joined(found)) if found else ""


def _title(case: Case, name: str) -> str:
    people = who(name, case.workers_stated) or _("A worker")
    if case.kind == "question":
        return _("%(who)s asks a question") % {"who": people}
    asked = listed(ITEMS, list(case.items)[:3], between())
    return _("%(who)s: %(what)s") % {"who": people, "what": asked or label(KINDS, case.kind)}


def _lead(case: Case) -> str:
    when = moment(case.submitted_at.astimezone(SHANGHAI), "en" if english() else "zh-hans")
    return " · ".join(str(word) for word in (case.number, label(DOORS, case.door), when))


def _chips(case: Case) -> list[Chip]:
    found = [Chip(label(STATUSES, case.status), "plain")]
    if case.stage:
        found.append(Chip(label(STAGES, case.stage)))
    if case.lane in {"green", "mixed"} and case.kind != "question":
        found.append(Chip(_("Green lane"), "green"))
    if case.lane == "mixed" and case.kind != "question":
        found.append(Chip(_("split items")))
    if case.urgent and case.turn != "ended":
        found.append(Chip(_("Urgent: limitation"), "late", "warning"))
    if case.watch_by:
        found.append(Chip(_("Under watch"), "wait", "eye"))
    if case.aid_first:
        article = case.aid_first.replace(".", "(") + ")"  # stored without brackets, as events take no others
        found.append(Chip(_("Aid first, art. %(article)s") % {"article": article}, "wait"))
    few = representatives(case.workers_stated, "arbitration")
    if few is not None:
        counts = dict(zip(("least", "most"), few, strict=True))
        found.append(Chip(_("Group: name %(least)d to %(most)d representatives") % counts, "plain", "people"))
    if case.transfer_to:
        to = _("In transfer to %(agency)s") % {"agency": agency_name(case.transfer_to)}
        found.append(Chip(to, "wait", "transfer"))
    return found


def _lanes(case: Case) -> list[Fact]:
    """Items whose means check is waived, and the others, told apart where they are mixed."""
    if not case.items or case.kind == "question":
        return []
    waived = [item for item in case.items if is_waived(item)]
    others = [item for item in case.items if not is_waived(item)]
    found = []
    if waived:
        seen = _("document seen") if case.means_settled else _("a document of status is to be seen")
        found.append(Fact(_("Exempt"), listed(ITEMS, waived, between()), _("art. 42(3)") + " · " + seen))
    if others:
        state = _("settled") if case.means_settled else _("not settled yet")
        found.append(
            Fact(
                _("To be checked"),
                listed(ITEMS, others, between()),
                _("check or undertaking, art. 41") + " · " + state,
            )
        )
    return found


def _facts(file: CaseFile) -> list[Fact]:
    case = file.case
    found = [Fact(_("Responsible"), str(agency_name(case.holder_agency)))]
    for title, staff in (
        (_("Officer"), case.officer),
        (_("Lawyer"), case.lawyer),
        (_("Offered to"), case.offered_to),
    ):
        if staff:
            found.append(Fact(title, file.names.get(staff, "—")))
    found.append(Fact(_("Place of work"), _place(case)))
    if case.trade:
        found.append(Fact(_("Trade"), case.trade))
    if case.worked_from or case.worked_to:
        found.append(Fact(_("Worked"), f"{case.worked_from or '?'} – {case.worked_to or '?'}"))
    found.append(Fact(_("Relation"), str(label(RELATIONS, case.relation))))
    if case.outcome:
        found.append(Fact(_("Outcome"), str(label(OUTCOMES, case.outcome))))
    if case.subsidy_fen is not None:
        found.append(Fact(_("Subsidy"), yuan(case.subsidy_fen)))
    if case.rating:
        found.append(Fact(_("Rating"), f"{case.rating} / 5"))
    if case.means and not case.means_settled and case.lane != "mixed":  # split items are told one by one
        found.append(Fact(_("Means"), str(label(MEANS, case.means))))
    if case.left_group:
        number = number_of(case.left_group)
        found.append(Fact(_("Left the group"), "", url=reverse("desk:case", args=[number]), link=number))
    if file.submission and file.submission.helper_name:
        found.append(
            Fact(_("Handed in by"), file.submission.helper_name, relation(file.submission.helper_relation))
        )
    return found


def _place(case: Case) -> str:
    language = "en" if english() else "zh"
    try:
        name = region_name(case.place_now, language) if case.place_now else ""
    except UnknownPlace:
        name = ""
    return name or _("not known")


def _ledger(sums: Sums) -> list[LedgerRow]:
    full = Decimal(max(sums.claimed, sums.awarded, sums.paid)) / 100
    return [LedgerRow(title, Decimal(getattr(sums, name)) / 100, full) for name, title in STEPS_OF_MONEY]


def _yuans(sums: Sums) -> list[Decimal]:
    return [Decimal(getattr(sums, name)) / 100 for name, _title_ in STEPS_OF_MONEY]


def roster_row(line: RosterLine, *, allowed: bool = False) -> RosterRow:
    """A line of the roster in yuan; its telephone with a button for those who may see it."""
    phone = Secret(_("Telephone"), "phone" if allowed else "", "•••", line.seq) if line.has_phone else None
    sums: list[Decimal | None] = [*_yuans(line.sums)]
    if not line.sums.awarded:
        sums[AWARDED] = None  # nobody has decided or agreed yet, or it was nothing: never a figure
    return RosterRow(
        line.seq,
        line.name,
        line.representative,
        line.left,
        sums,
        phone,
        number_of(line.goes_on) if line.goes_on else "",
        line.dismissed,
    )


def earlier_line(one: Earlier) -> EarlierLine:
    """Number, kind, status and agency of another case; nothing of what was said in it."""
    when = moment(one.submitted_at.astimezone(SHANGHAI), "en" if english() else "zh-hans")
    words = " · ".join(
        str(word)
        for word in (label(KINDS, one.kind), label(STATUSES, one.status), agency_name(one.agency), when)
    )
    return EarlierLine(one.number, words, reverse("desk:case", args=[one.number]) if one.readable else "")
