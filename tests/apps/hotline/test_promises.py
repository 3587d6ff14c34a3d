"""Call-backs in the database: equal by every door, one for a telephone, never against what the person has said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import NOWHERE, WORKER, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.submit import KeyReused
from nuanxin.cases.codes import follow_code
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.actions import Wish
from nuanxin.hotline.actions.callbacks import grow
from nuanxin.hotline.models import Call, CallBack
from nuanxin.hotline.queries import callbacks
from nuanxin.hotline.rules.callbacks import Attempt, SafeContact, Status
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.promising import Door, Ended
from nuanxin.notices.models import Notice
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline, wrapped_up
from tests.factories.staff import GAOPING, make_staff

pytestmark = pytest.mark.django_db
OTHER = "13900139000"
H = Happening


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


def later(minutes: float) -> datetime:
    return WORKDAY + timedelta(minutes=minutes)


def ask(phone: str = OTHER, minute: float = 1, slot: float | None = None, **more: object) -> CallBack:
    wish = Wish(phone, GAOPING, "zh", "wages", slot=None if slot is None else later(slot), **more)  # type: ignore[arg-type]
    return actions.ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=later(minute))


def person(row: CallBack) -> Actor:
    return Actor("worker", row.pk, frozenset({str(Role.WORKER)}), NOWHERE)


def test_the_same_moment_through_both_doors_gets_the_same_due(line: Hotline) -> None:
    # 11:01 in Shanghai: both are promised the half-hour from 11:30, and both hold a place in it.
    line.queued()
    line.tell(H.CALL_BACK_ASKED, 60)
    by_telephone, by_web = CallBack.objects.get(), ask()
    assert by_telephone.asked_at == by_web.asked_at == later(1)
    assert (by_telephone.due_at, by_telephone.slot) == (by_web.due_at, by_web.slot) == (later(30), later(30))
    assert by_telephone.desk_id == by_web.desk_id == line.desk.pk
    assert callbacks.room_of(line.desk, later(1)).taken == {later(30): 2}


def test_both_doors_share_one_capacity(line: Hotline) -> None:
    line.desk.call_backs_a_slot = 1
    line.desk.save()
    assert ask(slot=30).due_at == later(30)
    line.queued()
    line.tell(H.MESSAGE_LEFT, 60)
    assert CallBack.objects.get(door=Door.TELEPHONE).due_at == later(60)
    with pytest.raises(Refused, match="slot_gone"):
        ask("13700137000", slot=60)


def test_one_telephone_is_rung_once_and_the_other_ask_has_its_own_code(line: Hotline) -> None:
    first, second = ask(slot=60), ask(minute=2, slot=90, contact=SafeContact(may_say_who=False))
    assert (second.status, second.joins_id) == (Status.JOINED, first.pk)
    first.refresh_from_db()
    assert (first.due_at, first.may_say_who) == (
        later(60),
        False,
    )  # the stricter wish holds, the first promise too
    assert [row.pk for row in callbacks.promised_to(line.operator)] == [first.pk]
    assert callbacks.opened_by(OTHER, follow_code(second.pk), later(3)) == second
    assert callbacks.opened_by(OTHER, follow_code(first.pk), later(3)) == first
    assert callbacks.opened_by(PHONE, follow_code(first.pk), later(3)) is None


def test_who_calls_off_one_ask_leaves_the_other_standing(line: Hotline) -> None:
    first, second = ask(slot=60), ask(minute=2, slot=90)
    with pytest.raises(NotPermitted):
        actions.cancel(call_back_id=first.pk, reason=Ended.PERSON, by=person(second), at=later(3))
    for _ in range(2):  # pressed twice
        gone = actions.cancel(call_back_id=first.pk, reason=Ended.PERSON, by=person(first), at=later(3))
    assert (gone.status, gone.ended) == (Status.CANCELLED, Ended.PERSON)
    second.refresh_from_db()
    assert (second.status, second.due_at, second.joins_id) == (Status.PROMISED, later(90), None)
    assert Event.objects.filter(kind="call_back.cancelled").count() == 1
    assert list(verify()) == []


def test_a_page_sent_twice_is_one_call_back(line: Hotline) -> None:
    wish = Wish(OTHER, GAOPING)
    rows = [
        actions.ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=later(n), key="page-1") for n in (1, 2)
    ]
    assert rows[0].pk == rows[1].pk
    with pytest.raises(KeyReused):
        actions.ask_call_back(door=Door.WEB, wish=Wish(PHONE), by=WORKER, at=later(3), key="page-1")


@pytest.mark.parametrize(
    ("kept", "due", "told"),
    [
        (SafeContact(hours="18:00-21:00"), 420, "ring_back_moved"),  # chosen 12:00; theirs begin at 18:00
        (SafeContact(may_call=False), None, "ring_back_never"),
        (SafeContact(may_say_who=False), 60, ""),
    ],
)
def test_a_number_typed_on_a_page_loosens_nothing(
    line: Hotline, monkeypatch: pytest.MonkeyPatch, kept: SafeContact, due: float | None, told: str
) -> None:
    monkeypatch.setattr("nuanxin.hotline.actions.promises.contact_of", lambda _phone: kept)
    row = ask(slot=60)
    assert row.due_at == (None if due is None else later(due))
    assert row.contact == kept
    assert [notice.template for notice in Notice.objects.all()] == [told] * bool(told)
    if due is None:
        assert (row.status, row.ended) == (Status.CANCELLED, Ended.NO_CALLS)


def test_a_time_that_was_chosen_is_kept_and_one_as_soon_as_possible_may_come_sooner(line: Hotline) -> None:
    chosen, soon = ask(slot=60), ask(PHONE)
    with pytest.raises(Refused, match="too_early"):
        actions.dial(call_back_id=chosen.pk, by=line.operator, at=later(59))
    actions.dial(call_back_id=soon.pk, by=line.operator, at=later(2))
    row = actions.attempted(call_back_id=soon.pk, result=Attempt.BUSY, by=line.operator, at=later(3))
    with pytest.raises(Refused, match="too_early"):  # the second try lies in another part of the day
        actions.dial(call_back_id=soon.pk, by=line.operator, at=later(4))
    assert row.due_at == later(183)
    actions.dial(call_back_id=chosen.pk, by=line.operator, at=later(60))


def test_a_browser_that_dies_holds_a_call_back_for_a_quarter_of_an_hour(line: Hotline) -> None:
    row = ask()
    actions.dial(call_back_id=row.pk, by=line.lawyer, at=later(2))
    with pytest.raises(Refused, match="in_other_hands"):
        actions.dial(call_back_id=row.pk, by=line.operator, at=later(16))
    assert actions.dial(call_back_id=row.pk, by=line.operator, at=later(17)).dialled_by == line.operator.id
    with pytest.raises(Refused, match="not_dialled"):
        actions.attempted(call_back_id=row.pk, result=Attempt.BUSY, by=line.lawyer, at=later(18))


def test_after_the_fourth_try_a_discreet_text_closes_it(line: Hotline) -> None:
    row = ask()
    for _ in range(4):
        assert row.due_at is not None
        actions.dial(call_back_id=row.pk, by=line.lawyer, at=row.due_at)
        row = actions.attempted(call_back_id=row.pk, result=Attempt.NO_ANSWER, by=line.lawyer, at=row.due_at)
    assert row.status == Status.UNREACHED
    notice = Notice.objects.get()
    assert (notice.template, notice.discreet) == ("ring_back_missed", True)
    assert list(verify()) == []


def test_another_time_is_chosen_and_the_place_in_the_old_half_hour_is_free_again(line: Hotline) -> None:
    line.desk.call_backs_a_slot = 1
    line.desk.save()
    row = ask(slot=60)
    moved = actions.change_slot(call_back_id=row.pk, slot=later(90), by=person(row), at=later(5))
    assert (moved.due_at, moved.sooner) == (later(90), False)
    assert ask(PHONE, slot=60).due_at == later(60)
    with pytest.raises(Refused, match="slot_gone"):
        actions.change_slot(call_back_id=row.pk, slot=later(60), by=person(row), at=later(6))
    soon = actions.change_slot(call_back_id=row.pk, slot=None, by=person(row), at=later(6))
    assert (soon.due_at, soon.sooner) == (later(30), True)


def test_a_call_closed_with_the_word_to_ring_back_makes_one(line: Hotline) -> None:
    call = line.queued()
    actions.take(call_id=call.pk, by=line.lawyer, at=later(1))
    line.tell(H.HUNG_UP, 300)
    for _ in range(2):
        actions.wrap_up(call_id=call.pk, code="call_back", by=line.lawyer, at=later(6))
    row = CallBack.objects.get()
    assert (row.door, row.status, row.due_at, row.phone) == (Door.STAFF, Status.PROMISED, later(30), PHONE)


def test_who_rings_again_and_is_answered_is_not_rung_back_too(line: Hotline) -> None:
    line.queued("c1")
    line.tell(H.MESSAGE_LEFT, 60, call="c1")
    second = line.queued("c2")
    actions.take(call_id=second.pk, by=line.lawyer, at=later(5))
    row = CallBack.objects.get()
    assert (row.status, row.ended) == (Status.CANCELLED, Ended.ANSWERED)


def test_what_was_asked_on_the_web_outlasts_a_call(line: Hotline) -> None:
    row = ask(PHONE, slot=60)
    actions.take(call_id=line.queued().pk, by=line.lawyer, at=later(5))
    row.refresh_from_db()
    assert row.status == Status.PROMISED


def test_staff_call_it_off_with_a_reason_and_only_where_they_answer(line: Hotline) -> None:
    row = ask()
    stranger = actor_for(make_staff(Role.OPERATOR, 440300_000000), WORKDAY)
    watcher = actor_for(make_staff(Role.SUPERVISOR), WORKDAY)
    for by in (stranger, watcher):
        with pytest.raises(NotPermitted):
            actions.cancel(call_back_id=row.pk, reason=Ended.HELPED, by=by, at=later(2))
        with pytest.raises(NotPermitted):
            actions.dial(call_back_id=row.pk, by=by, at=later(2))
    assert [one.pk for one in callbacks.promised_to(watcher)] == [row.pk]
    assert list(callbacks.promised_to(stranger)) == []
    with pytest.raises(Refused, match="choose_one"):
        actions.cancel(call_back_id=row.pk, reason=Ended.ANSWERED, by=line.operator, at=later(2))
    assert (
        actions.cancel(call_back_id=row.pk, reason=Ended.HELPED, by=line.operator, at=later(2)).ended
        == "helped"
    )
    with pytest.raises(NotPermitted):
        actions.ask_call_back(door=Door.STAFF, wish=Wish(OTHER), by=WORKER, at=later(3))


def test_dialling_by_hand_says_in_the_record_that_the_number_was_shown(line: Hotline) -> None:
    row = ask()
    actions.dial_by_hand(call_back_id=row.pk, by=line.operator, at=later(2))
    assert Event.objects.get(kind="personal.unmasked").payload["fields"] == ["phone"]
    with pytest.raises(Refused, match="not_yours"):
        grow(call_back_id=row.pk, case_id=5, by=line.operator, at=later(2))
    actions.attempted(call_back_id=row.pk, result=Attempt.REACHED, by=line.operator, at=later(3))
    assert grow(call_back_id=row.pk, case_id=5, by=line.operator, at=later(4)).case == 5


def test_without_any_desk_nothing_is_promised(db: object) -> None:
    with pytest.raises(Refused, match="no_desk"):
        ask()


def test_how_the_promises_were_kept_by_door(line: Hotline) -> None:
    # Web: one reached at the first try at 11:35 (asked 11:01: 34 minutes), inside 11:30-12:00; one at the second try.
    # Telephone: one kept place, rung before its half-hour, never reached yet.
    first, second = ask(slot=30), ask("13700137000", slot=30)
    line.queued()
    line.tell(H.CALL_BACK_ASKED, 60)
    third = CallBack.objects.get(door=Door.TELEPHONE)
    tries = [
        (first, 33, 35, Attempt.REACHED), (second, 61, 62, Attempt.BUSY), (second, 242, 244, Attempt.REACHED),
        (third, 20, 21, Attempt.NO_ANSWER),
    ]  # fmt: skip
    for row, dialled, said, result in tries:
        actions.dial(call_back_id=row.pk, by=line.operator, at=later(dialled))
        actions.attempted(call_back_id=row.pk, result=result, by=line.operator, at=later(said))
        if result is Attempt.REACHED:  # nobody else is rung before the record of the talk is closed
            talk = Call.objects.get(rings_back=row.pk)
            with pytest.raises(Refused, match="busy"):
                actions.dial(call_back_id=third.pk, by=line.operator, at=later(said))
            wrapped_up(talk, by=line.operator, at=later(said))
    ask(OTHER, minute=250)
    ask(OTHER, minute=251)  # joins the one before: not counted
    kept = {
        row.door: row
        for row in callbacks.kept_by_door(WORKDAY, later(600), region=(GAOPING, GAOPING), desk=line.desk.pk)
    }
    web, telephone = kept["web"], kept["telephone"]
    assert (web.promised, web.reached_at, web.standing) == (3, (1, 1, 0, 0), 1)
    assert web.median_wait == timedelta(minutes=(34 + 243) / 2)
    assert (web.tried, web.in_slot, web.share_in_slot) == (2, 1, 0.5)
    assert (telephone.promised, telephone.reached, telephone.share_in_slot) == (1, 0, 1.0)
    assert kept["sms"].share_in_slot is None


def test_whose_turn_it_is(line: Hotline) -> None:
    # At 12:05: the slot of 11:30 is broken; the place kept at 11:02 comes before the slot of 12:00.
    slot, soon, broken = ask("13700137000", slot=60), ask("13700137001", minute=62), ask(slot=30)
    rows = list(callbacks.promised_to(line.operator))
    assert [row.pk for row in callbacks.in_turn(rows, later(65))] == [broken.pk, slot.pk, soon.pk]
    assert callbacks.overdue_of(line.operator, later(65)) == 1


def test_the_number_is_forgotten_a_year_after(line: Hotline) -> None:
    row = ask()
    actions.cancel(call_back_id=row.pk, reason=Ended.PERSON, by=person(row), at=later(2))
    assert actions.forget_callers(at=later(0) + timedelta(days=364)) == 0
    assert actions.forget_callers(at=later(3) + timedelta(days=365)) == 1
    row.refresh_from_db()
    assert (row.phone, row.phone_index) == ("", None)
    assert list(verify()) == []
