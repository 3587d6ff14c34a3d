"""One worker leaves a group: with consent, with what was paid to them, and with every sum where it belongs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.leaving import Leaving, leave_group
from nuanxin.cases.actions.roster import BadRoster
from nuanxin.cases.codes import follow_code, worker_code
from nuanxin.cases.faults import NotPermitted, Refused, Stale, WrongState
from nuanxin.cases.models import Case, Entry, LedgerLine, Respondent, Worker
from nuanxin.cases.queries.casefile import roster
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.queries.opening import open_by_code
from nuanxin.cases.rules.ledger import MoneyStep, Sums
from nuanxin.cases.rules.states import CONSENTS, LEAVE_REASONS
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.apps.audit.streams import undone
from tests.apps.cases.test_money import totals
from tests.apps.cases.test_rebuild import check
from tests.factories.story import CLERK, DECIDER, GAOPING, LAWYER, OPERATOR, SHENZHEN, Story, person

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep
pytestmark = pytest.mark.django_db


@pytest.fixture
def group(offices: dict[int, Agency]) -> Story:
    """Three workers with a lawyer, 3,000, 2,000 and 1,000 yuan."""
    story = Story(
        workers=3, amount_claimed="6000.00", applicant={"name": "田某某"}, ended_on="2025-11-30", relation="employment"
    ).in_progress()  # fmt: skip
    story.roster([
        {"name": "田某某", "claimed": "3000.00"},
        {"name": "王二", "phone": "13900000002", "claimed": "2000.00", "resident_id": "11010519491231002X"},
        {"name": "李三", "claimed": "1000.00"},
    ])  # fmt: skip
    return story


def leaves(story: Story, seq: int = 2, by: Any = CLERK, **changes: Any) -> int:
    told = {"reason": "own_claim", "consent": "phone", "on": story.today, "text": "想自己办。", **changes}
    actor = by if isinstance(by, Actor) else story.who(by)
    done = leave_group(case_id=story.case_id, by=actor, at=story.at, leaving=Leaving(seq, **told))
    story.later(minutes=1)
    return done.goes_on


def worker(story: Story, seq: int = 2) -> Worker:
    return Worker.objects.get(case=story.case_id, seq=seq)


def agree(*cases: int) -> None:
    """The case, its workers and its ledger say the same, and the record rebuilds them."""
    for case_id in cases:
        assert len(set(totals(case_id))) == 1
        check(case_id)
        assert list(verify(case_id)) == []


def test_who_leaves_keeps_the_line_and_what_was_paid(group: Story) -> None:
    group.money(AWARDED, {1: 300_000, 2: 200_000, 3: 100_000}).money(PAID, {2: 50_000})
    group.money(CONFIRMED, {2: 50_000}, CLERK)
    assert leaves(group, reason="settled_alone", consent="in_person", text="私下结清了。") == 0
    one, case = worker(group), group.case
    assert (one.left_on, one.left_reason, one.goes_on) == (group.today, "settled_alone", 0)
    # 2,000 claimed and awarded, 500 paid: 1,500 of each is out of the group.
    assert one.sums == Sums(50_000, 50_000, 50_000, 50_000)
    assert case.sums == Sums(450_000, 450_000, 50_000, 50_000)
    assert (case.workers_count, case.workers_left, case.workers_stated) == (2, 1, 2)
    lines = list(LedgerLine.objects.filter(worker=one).order_by("pk").values_list("step", "fen"))
    assert lines == [
        ("claimed", 200_000), ("awarded", 200_000), ("paid", 50_000), ("confirmed", 50_000), ("claimed", -150_000),
        ("awarded", -150_000),
    ]  # fmt: skip
    assert [line.left for line in roster(case.pk)] == [False, True, False]
    assert [line.seq for line in roster(case.pk, present=True)] == [1, 3]
    agree(case.pk)


def test_the_consent_and_the_reason_are_on_the_record(group: Story) -> None:
    day = date(2026, 3, 1)
    leaves(group, reason="no_wish", consent="writing", on=day, text="写了字条。")
    event = Event.objects.get(stream=group.case_id, kind="case.leave_group")
    told = {key: event.payload[key] for key in ("reason", "consent", "on", "seq", "worker", "goes_on")}
    assert told == {
        "reason": "no_wish", "consent": "writing", "on": "2026-03-01", "seq": 2, "worker": worker(group).pk, "goes_on": 0,
    }  # fmt: skip
    assert event.effective_on == day
    entry = Entry.objects.get(case=group.case_id, action="leave_group")
    assert (entry.text, entry.for_worker) == ("写了字条。", False)


def test_the_worker_is_told_so_that_nobody_leaves_without_knowing(group: Story) -> None:
    leaves(group)
    assert [n.phone for n in Notice.objects.filter(template="left_group")] == ["13900000002"]


def test_who_goes_on_alone_has_an_application_with_what_is_open(group: Story) -> None:
    group.money(AWARDED, {1: 300_000, 2: 180_000, 3: 100_000}).money(PAID, {2: 50_000})
    group.money(CONFIRMED, {2: 50_000}, CLERK)
    before = group.case.sums
    new = Case.objects.get(pk=leaves(group, alone=True))
    own, old = Worker.objects.get(case=new.pk), worker(group)
    assert (new.left_group, old.goes_on, new.status, new.kind) == (group.case_id, new.pk, "submitted", "aid")
    assert (own.name, own.phone, own.resident_id, own.seq) == ("王二", "13900000002", "11010519491231002X", 1)
    # 2,000 claimed, 1,800 awarded, 500 paid: 1,500 and 1,300 go along.
    assert new.sums == own.sums == Sums(150_000, 130_000, 0, 0)
    after = group.case.sums
    assert (before.claimed, before.awarded) == (after.claimed + 150_000, after.awarded + 130_000)
    same = ("place", "items", "ended_on", "limitation_on", "relation", "lane", "holder_agency", "door")
    assert [getattr(new, name) for name in same] == [getattr(group.case, name) for name in same]
    parties = [
        sorted(Respondent.objects.filter(case=pk).values_list("name", "role"))
        for pk in (new.pk, group.case_id)
    ]
    assert parties[0] == parties[1]
    assert (new.workers_count, new.workers_stated) == (1, 1)
    assert Notice.objects.filter(case_id=new.pk, template="received_aid").count() == 1
    agree(group.case_id, new.pk)


def test_the_old_code_leads_to_the_case_of_their_own(group: Story) -> None:
    code = worker_code(group.case_id, 2)
    new = leaves(group, alone=True)
    opened = open_by_code(number=group.case.number, code=code, address="a", at=group.at)
    assert (opened.case and opened.case.pk, opened.seq) == (new, 0)
    assert follow_view(group.case_id, 2) is None
    stays = open_by_code(
        number=group.case.number, code=worker_code(group.case_id, 3), address="a", at=group.at
    )
    assert (stays.case and stays.case.pk, stays.seq) == (group.case_id, 3)
    whole = open_by_code(number=group.case.number, code=follow_code(group.case_id), address="a", at=group.at)
    assert whole.case == group.case


def test_who_left_for_good_sees_the_group_no_more(group: Story) -> None:
    code = worker_code(group.case_id, 2)
    leaves(group)
    assert open_by_code(number=group.case.number, code=code, address="a", at=group.at).case is None


def test_the_group_can_end_as_recovered_without_who_left(group: Story) -> None:
    group.money(AWARDED, {1: 300_000, 2: 200_000, 3: 100_000})
    leaves(group, alone=True)
    group.money(PAID, {1: 300_000, 3: 100_000}).money(CONFIRMED, {1: 300_000, 3: 100_000}, CLERK)
    group.do("report_closing", LAWYER, outcome="recovered", text="到账。").do("pass_file", CLERK)
    assert group.case.status == "aftercare"


@pytest.mark.parametrize(
    ("seq", "changes", "code"),
    [
        (9, {}, "no_such_worker"),
        (0, {}, "no_such_worker"),
        (1, {}, "is_representative"),
        (2, {"reason": "bored"}, "choose_one"),
        (2, {"consent": "guessed"}, "choose_one"),
        (2, {"text": "  "}, "text_needed"),
        (2, {"on": date(2030, 1, 1)}, "in_future"),
        (3, {"alone": True}, "phone_missing"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    group: Story, seq: int, changes: dict[str, Any], code: str
) -> None:
    before, cases = totals(group.case_id), Case.objects.count()
    with pytest.raises(Refused) as refusal:
        leaves(group, seq, **changes)
    assert refusal.value.code == code
    assert (totals(group.case_id), Case.objects.count()) == (before, cases)


def test_nobody_leaves_with_money_that_is_not_confirmed(group: Story) -> None:
    group.money(PAID, {2: 50_000})
    with pytest.raises(Refused) as refusal:
        leaves(group)
    assert refusal.value.code == "payment_open"
    group.money(CONFIRMED, {2: 50_000}, CLERK)
    leaves(group)


def test_nobody_leaves_twice_and_a_stale_page_opens_no_second_case(group: Story) -> None:
    version = group.case.version
    leaves(group, alone=True)
    cases = Case.objects.count()
    with pytest.raises(Refused) as refusal:
        leaves(group, alone=True)
    assert refusal.value.code == "has_left"
    told = Leaving(3, "no_wish", "phone", group.today, "不办了。")
    with pytest.raises(Stale):
        leave_group(case_id=group.case_id, by=group.who(CLERK), at=group.at, leaving=told, version=version)
    assert Case.objects.count() == cases


def test_one_alone_has_no_group_to_leave(group: Story) -> None:
    leaves(group, 2)
    leaves(group, 3)
    assert group.case.workers_count == 1
    with pytest.raises(Refused) as refusal:
        leaves(group, 1)
    assert refusal.value.code == "no_group"


def test_the_office_records_it_and_not_the_lawyer_nor_another_office(group: Story) -> None:
    for by in (person(LAWYER), person(CLERK, SHENZHEN), Actor("staff", 9, frozenset({Role.SUPERVISOR}), region_range(GAOPING))):  # fmt: skip
        with pytest.raises(NotPermitted):
            leaves(group, by=by)
    for seq, officer in ((2, DECIDER), (3, OPERATOR)):
        leaves(group, seq, officer)


def test_a_case_whose_file_is_closing_is_left_by_nobody(group: Story) -> None:
    group.do("report_closing", LAWYER, outcome="not_recovered", text="执行不到。")
    with pytest.raises(WrongState):
        leaves(group)


def test_new_money_is_not_entered_for_who_has_left(group: Story) -> None:
    leaves(group)
    with pytest.raises(Refused) as refusal:
        group.money(PAID, {2: 100})
    assert refusal.value.code == "has_left"


def test_an_old_list_does_not_bring_them_back(group: Story) -> None:
    leaves(group)
    with pytest.raises(BadRoster) as fault:
        group.roster([{"name": "田某某"}, {"name": "王二"}, {"name": "赵四", "claimed": "5.00"}])
    assert [(one["path"], one["code"]) for one in fault.value.faults] == [("/2/name", "has_left")]
    assert Worker.objects.filter(case=group.case_id).count() == 3
    group.roster([{"name": "赵四", "claimed": "5.00"}, {"name": "王二", "resident_id": "440524188001010014"}])
    assert (group.case.workers_count, group.case.workers_left) == (4, 1)  # another 王二, by his own ID
    assert [one.seq for one in Worker.objects.filter(case=group.case_id).order_by("seq")] == [1, 2, 3, 4, 5]
    agree(group.case_id)


def test_a_group_that_goes_to_another_province_knows_who_left(
    group: Story, offices: dict[int, Agency]
) -> None:
    from nuanxin.cases.actions.perform import perform

    new = leaves(group, alone=True)
    code = worker_code(group.case_id, 2)
    number = group.case.number
    group.do("transfer", CLERK, agency=offices[SHENZHEN].pk, text="工地在深圳。")
    moved = perform("accept_transfer", case_id=group.case_id, by=person(CLERK, SHENZHEN), at=group.at)
    assert (moved.workers_count, moved.workers_left) == (2, 1)
    opened = open_by_code(number=number, code=code, address="a", at=group.at)
    assert opened.case == Case.objects.get(pk=new)
    check(moved.pk)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    awarded=st.integers(0, 250_000), paid=st.integers(0, 250_000), alone=st.booleans(),
    reason=st.sampled_from(LEAVE_REASONS), consent=st.sampled_from(CONSENTS),
)  # fmt: skip
def test_no_sum_is_lost_or_counted_twice(
    group: Story, awarded: int, paid: int, alone: bool, reason: str, consent: str
) -> None:
    with undone():
        for step, fen in ((AWARDED, awarded), (PAID, paid)):
            if fen:
                group.money(step, {2: fen}, sure="核对过")
        if paid:
            group.money(CONFIRMED, {2: paid}, CLERK)
        before = group.case.sums
        new = leaves(group, reason=reason, consent=consent, alone=alone)
        after = group.case.sums
        agree(group.case_id)
        assert (after.paid, after.confirmed) == (before.paid, before.confirmed)
        still = max(0, 200_000 - paid), max(0, awarded - paid)
        assert (before.claimed - after.claimed, before.awarded - after.awarded) == still
        if alone:
            agree(new)
            assert Case.objects.get(pk=new).sums == Sums(*still)
