"""The consultation record: kept word by word, by one page at a time, closed with what it has to say, and forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Event
from nuanxin.audit.transactions import write
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.personal import ERASED
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.actions.forgetting import KEPT
from nuanxin.hotline.actions.records import Typed, close, draft
from nuanxin.hotline.models import Call, ConsultationRecord
from nuanxin.hotline.queries.calls import before, call_of, waiting
from nuanxin.hotline.queries.records import earlier_records, open_drafts, to_write
from nuanxin.hotline.rules.calls import Happening, State
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.staff import GAOPING
from tests.factories.story import Story
from tests.factories.world import offices as open_offices

pytestmark = pytest.mark.django_db
NOW = WORKDAY + timedelta(minutes=2)
SECRET = "贺来电在三号楼砌墙"


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


@pytest.fixture
def call(line: Hotline) -> Call:
    return actions.take(call_id=line.queued().pk, by=line.operator, at=WORKDAY + timedelta(minutes=1))


def typed(seen: int = 0, *, category: str = "", page: str = "", turn: int = 0, **told: Any) -> Typed:
    return Typed(told=told, category=category, place=GAOPING, seen=seen, page=page, turn=turn)


def kept(line: Hotline, call: Call, what: Typed, *, by: Any = None) -> ConsultationRecord:
    """The record after one more writing."""
    row = draft(call_id=call.pk, typed=what, by=by or line.operator, at=NOW)
    assert row is not None
    return row


def kinds(call: Call) -> list[str]:
    """What the record tells of the record."""
    rows = Event.objects.filter(stream=call.pk, kind__startswith="call.record").order_by("seq")
    return list(rows.values_list("kind", flat=True))


def test_every_word_is_kept_and_nothing_of_it_is_in_the_chain(line: Hotline, call: Call) -> None:
    draft(call_id=call.pk, typed=typed(story=SECRET), by=line.operator, at=NOW)
    row = kept(line, call, typed(1, story=SECRET, amount="1.2"))
    assert (row.version, row.facts) == (2, {"story": SECRET, "amount": "1.2"})
    stored = ConsultationRecord.objects.get()
    assert (stored.facts, stored.place, stored.region, stored.author) == (
        row.facts,
        GAOPING,
        GAOPING,
        line.operator.id,
    )
    assert kinds(call) == ["call.record_opened", "call.record_kept"]
    last = Event.objects.filter(kind="call.record_kept").get()
    assert last.payload == {"call": call.pk, "version": 2, "fields": ["amount"]}
    assert all(SECRET not in str(event.payload) for event in Event.objects.all())
    assert list(verify()) == []


def test_the_same_again_and_an_unknown_field_change_nothing(line: Hotline, call: Call) -> None:
    draft(call_id=call.pk, typed=typed(story=SECRET), by=line.operator, at=NOW)
    again = kept(line, call, typed(0, story=SECRET, wish="x"))
    assert (again.version, kinds(call)) == (1, ["call.record_opened"])


def test_before_the_first_word_there_is_no_record(line: Hotline, call: Call) -> None:
    assert draft(call_id=call.pk, typed=typed(story=" "), by=line.operator, at=NOW) is None
    assert ConsultationRecord.objects.count() == 0


def test_two_windows_do_not_overwrite_each_other(line: Hotline, call: Call) -> None:
    draft(call_id=call.pk, typed=typed(story="one", page="a", turn=1), by=line.operator, at=NOW)
    with pytest.raises(Refused, match="changed_elsewhere"):
        draft(call_id=call.pk, typed=typed(0, story="two", page="b", turn=1), by=line.operator, at=NOW)
    assert ConsultationRecord.objects.get().facts == {"story": "one"}
    draft(
        call_id=call.pk, typed=typed(1, story="two", page="b", turn=2), by=line.operator, at=NOW
    )  # on purpose
    with pytest.raises(Refused, match="changed_elsewhere"):
        draft(call_id=call.pk, typed=typed(1, story="one more", page="a", turn=2), by=line.operator, at=NOW)


def test_a_window_follows_itself_though_answers_are_lost_or_overtake_each_other(
    line: Hotline, call: Call
) -> None:
    """Three writings of one page, all sent before any answer came; the second arrives last and is old news."""
    first, second, third = (
        typed(0, story=words, page="a", turn=turn) for turn, words in enumerate(("1", "12", "123"), 1)
    )
    for one in (first, third, second):
        draft(call_id=call.pk, typed=one, by=line.operator, at=NOW)
    row = ConsultationRecord.objects.get()
    assert (row.version, row.facts, row.turn) == (2, {"story": "123"}, 3)


def test_only_who_talks_with_the_caller_writes(line: Hotline, call: Call) -> None:
    with pytest.raises(Refused, match="not_yours"):
        draft(call_id=call.pk, typed=typed(story="x"), by=line.lawyer, at=NOW)
    with pytest.raises(NotPermitted):
        draft(call_id=call.pk + 1, typed=typed(story="x"), by=line.operator, at=NOW)
    waits = line.queued("c2")
    with pytest.raises(Refused, match="not_yours"):
        draft(call_id=waits.pk, typed=typed(story="x"), by=line.operator, at=NOW)
    assert ConsultationRecord.objects.count() == 0


def test_who_takes_the_call_over_goes_on_with_the_record(line: Hotline, call: Call) -> None:
    draft(call_id=call.pk, typed=typed(story=SECRET), by=line.operator, at=NOW)
    actions.pass_on(call_id=call.pk, desk=line.desk, by=line.operator, at=NOW)
    actions.take(call_id=call.pk, by=line.lawyer, at=NOW)
    with pytest.raises(Refused, match="not_yours"):
        draft(call_id=call.pk, typed=typed(1, story="late"), by=line.operator, at=NOW)
    found = to_write(call.pk, line.lawyer)
    assert found is not None
    assert found.record is not None
    assert found.record.facts == {"story": SECRET}
    row = kept(line, call, typed(1, story=SECRET, reply="先申请仲裁"), by=line.lawyer)
    assert (row.version, row.author) == (2, line.lawyer.id)


def test_a_call_that_ends_while_the_draft_is_open_keeps_it(line: Hotline, call: Call) -> None:
    draft(call_id=call.pk, typed=typed(story=SECRET), by=line.operator, at=NOW)
    line.tell(Happening.HUNG_UP, 200)
    late = WORKDAY + timedelta(hours=3)
    assert actions.close_silent(at=late) == 1  # nobody closed it within the hour
    assert Call.objects.get(pk=call.pk).state == State.ENDED
    assert [one.call_id for one in open_drafts(line.operator)] == [call.pk]
    assert open_drafts(line.lawyer) == []
    done = typed(1, story=SECRET, category="wages", reply="先申请仲裁")
    close(call_id=call.pk, typed=done, code="advised", by=line.operator, at=late)
    assert (Call.objects.get(pk=call.pk).code, open_drafts(line.operator)) == ("advised", [])


@pytest.mark.parametrize(
    ("code", "category", "reply", "fault"),
    [
        ("advised", "", "", "incomplete_category_reply"),
        ("advised", "wages", "", "incomplete_reply"),
        ("advised", "wages", " \n", "incomplete_reply"),
        ("application", "", "先申请仲裁", "incomplete_category"),
        ("gone", "wages", "先申请仲裁", "choose_one"),
        ("advised", "weather", "先申请仲裁", "choose_one"),
    ],
)
def test_a_consultation_is_closed_with_category_and_reply(
    line: Hotline, call: Call, code: str, category: str, reply: str, fault: str
) -> None:
    with pytest.raises(Refused, match=fault):
        close(
            call_id=call.pk, typed=typed(category=category, reply=reply), code=code, by=line.operator, at=NOW
        )
    assert Call.objects.get(pk=call.pk).state == State.ON_CALL
    assert ConsultationRecord.objects.count() == 0


def test_a_wrong_number_needs_no_record_and_a_closed_one_stays_closed(line: Hotline, call: Call) -> None:
    close(call_id=call.pk, typed=Typed(), code="wrong_number", by=line.operator, at=NOW)
    assert ConsultationRecord.objects.count() == 0
    with pytest.raises(Refused, match="record_closed"):
        draft(call_id=call.pk, typed=typed(story="late"), by=line.operator, at=NOW)


def test_closing_twice_closes_once(line: Hotline, call: Call) -> None:
    done = typed(category="wages", reply="先申请仲裁", page="a", turn=1)
    for _ in range(2):
        close(call_id=call.pk, typed=done, code="advised", by=line.operator, at=NOW)
    row = ConsultationRecord.objects.get()
    assert (row.category, row.version, row.closed_at) == ("wages", 1, NOW)
    assert kinds(call) == ["call.record_opened", "call.record_closed"]
    with pytest.raises(Refused, match="record_closed"):
        draft(call_id=call.pk, typed=typed(1, reply="doch", page="a", turn=2), by=line.operator, at=NOW)


def test_too_long_a_text_is_refused_and_the_rest_stays(line: Hotline, call: Call) -> None:
    draft(call_id=call.pk, typed=typed(story=SECRET), by=line.operator, at=NOW)
    with pytest.raises(Refused, match="too_long"):
        draft(call_id=call.pk, typed=typed(1, story="长" * 4001), by=line.operator, at=NOW)
    assert ConsultationRecord.objects.get().facts == {"story": SECRET}


def test_the_same_telephone_brings_its_earlier_records_within_reach(line: Hotline, call: Call) -> None:
    done = typed(category="wages", reply="先申请仲裁")
    close(call_id=call.pk, typed=done, code="advised", by=line.operator, at=NOW)
    again = actions.take(call_id=line.queued("c2").pk, by=line.lawyer, at=NOW)
    assert [one.call_id for one in earlier_records(PHONE, by=line.lawyer, besides=again.pk)] == [call.pk]
    assert earlier_records("", by=line.lawyer) == []
    assert earlier_records(PHONE, by=line.lawyer, besides=call.pk) == []
    ConsultationRecord.objects.update(region=440306_000000)
    assert earlier_records(PHONE, by=line.lawyer, besides=again.pk) == []


def test_what_was_told_is_forgotten_after_a_year_and_what_reports_count_stays(
    line: Hotline, call: Call
) -> None:
    done = typed(category="wages", reply="先申请仲裁", name="贺来电")
    close(call_id=call.pk, typed=done, code="advised", by=line.operator, at=NOW)
    assert actions.forget_records(at=NOW + KEPT - timedelta(days=1)) == 0
    assert actions.forget_records(at=NOW + KEPT + timedelta(days=1)) == 1
    row = ConsultationRecord.objects.get()
    assert (row.told, row.facts, row.category, row.place) == ("", {}, "wages", GAOPING)
    assert kinds(call)[-1] == "call.record_forgotten"
    assert actions.forget_records(at=NOW + KEPT + timedelta(days=1)) == 0
    assert list(verify()) == []


def test_the_record_of_a_case_goes_with_the_people_of_the_case(line: Hotline, call: Call) -> None:
    open_offices()
    case = Story().in_progress().case
    done = typed(category="wages", reply="先申请仲裁")
    close(call_id=call.pk, typed=done, code="application", by=line.operator, at=NOW)
    Call.objects.update(case=case.pk)
    late = NOW + KEPT + timedelta(days=1)
    assert actions.forget_records(at=late) == 0
    with write():
        append([NewEvent(case.pk, case.province, ERASED, {"case": case.pk})], by=SYSTEM, at=late)
    assert actions.forget_records(at=late) == 1
    assert ConsultationRecord.objects.get().told == ""


def test_what_is_before_a_person_and_the_marks_of_who_waits_are_those_of_the_longer_reads(
    line: Hotline, call: Call
) -> None:
    waits = line.queued("c2")
    mark = (waits.pk, waits.version)
    assert before(line.operator) == (call, [mark])
    assert before(line.lawyer) == (None, [mark])
    assert (call_of(line.operator), waiting(line.operator)) == (call, [waits])
    assert (call_of(line.lawyer), waiting(line.lawyer)) == (None, [waits])
    line.tell(Happening.RINGING, 20, call="c2", by=line.operator)
    rings = Call.objects.get(pk=waits.pk)
    assert before(line.operator) == (call, [])  # the one they talk on comes first
    actions.pass_on(call_id=call.pk, desk=line.desk, by=line.operator, at=NOW)
    call.refresh_from_db()
    assert before(line.operator) == (rings, [(call.pk, call.version)])


def test_there_is_no_way_round_the_record_of_a_consultation(line: Hotline, call: Call) -> None:
    """Closing without a form asks for what the form asks for, and closes what was written in it."""

    def wrap_up(code: str) -> Call:
        return actions.wrap_up(call_id=call.pk, code=code, by=line.operator, at=NOW)

    with pytest.raises(Refused, match="incomplete_category_reply"):
        wrap_up("advised")
    draft(call_id=call.pk, typed=typed(reply="先申请仲裁"), by=line.operator, at=NOW)
    with pytest.raises(Refused, match="incomplete_category"):
        wrap_up("advised")
    assert Call.objects.get(pk=call.pk).code == ""
    draft(call_id=call.pk, typed=typed(1, reply="先申请仲裁", category="wages"), by=line.operator, at=NOW)
    for _ in range(2):  # pressed twice
        wrap_up("advised")
    row = ConsultationRecord.objects.get()
    assert (row.closed_at, Call.objects.get(pk=call.pk).code) == (NOW, "advised")
    assert Event.objects.filter(kind="call.record_closed").count() == 1


def test_a_wrong_number_needs_no_record(line: Hotline, call: Call) -> None:
    actions.wrap_up(call_id=call.pk, code="wrong_number", by=line.operator, at=NOW)
    assert not ConsultationRecord.objects.exists()
