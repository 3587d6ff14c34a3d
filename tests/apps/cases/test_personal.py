"""Rights over one's data: corrected with a check, erased by rule, and the record stays whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nuanxin.audit.actor import NATION, NOWHERE, SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.personal import ARCHIVE_YEARS, correct, erasable, erase
from nuanxin.cases.actions.rights import ASK_CORRECTION, ASK_ERASURE, ask
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.models import Entry, NameGram, Respondent, Submission, Worker
from nuanxin.cases.queries.search import search
from nuanxin.network.models import Agency
from nuanxin.notices.models import InboundText, Notice
from tests.factories.intake import AT
from tests.factories.story import CLERK, DECIDER, OPERATOR, SUPERVISOR, YANGCHENG, Story, person, worker_of

pytestmark = pytest.mark.django_db
LONG_AFTER = timedelta(days=366 * ARCHIVE_YEARS)
KEEPER = Actor("staff", 9, frozenset({Role.ADMINISTRATOR}), NATION)


def fix(story: Story, by: Actor | None = None, seq: int = 1, **changes: str) -> Worker:
    correct(case_id=story.case_id, seq=seq, by=by or story.who(CLERK), at=story.at, changes=changes)
    return Worker.objects.get(case=story.case_id, seq=seq)


class TestCorrecting:
    def test_a_new_number_is_found_and_the_old_one_is_not(self, story: Story) -> None:
        old = Worker.objects.get(case=story.case_id).phone
        fix(
            story,
            phone="138 1234 5678",
            resident_id="11010519491231002x",
            bank_card="6222 0202 0011 2233 445",
        )
        worker = Worker.objects.get(phone_index="13812345678")
        assert (worker.phone, worker.resident_id, worker.bank_card) == (
            "13812345678",
            "11010519491231002X",
            "6222020200112233445",
        )
        assert not Worker.objects.filter(phone_index=old).exists()
        assert Worker.objects.filter(resident_id_index="11010519491231002X").exists()

    def test_a_new_name_is_found_and_the_old_one_is_not(self, story: Story) -> None:
        fix(story, name="欧阳春")
        clerk = story.who(CLERK)
        assert list(search("欧阳", by=clerk).ids) == [story.case_id]
        assert not search("测试工友", by=clerk).ids
        assert list(search("测试建筑", by=clerk).ids) == [story.case_id]  # the firm's name stays

    def test_a_number_can_be_taken_out_a_name_cannot(self, story: Story) -> None:
        assert fix(story, phone="").phone_index is None
        with pytest.raises(Refused):
            fix(story, name=" ")

    @pytest.mark.parametrize(
        ("field", "value"),
        [("phone", "123"), ("resident_id", "110105194912310021"), ("bank_card", "12-34"), ("name", "<b>")],
    )
    def test_a_wrong_value_is_refused_with_what_to_do(self, story: Story, field: str, value: str) -> None:
        with pytest.raises(Refused) as refusal:
            correct(case_id=story.case_id, seq=1, by=story.who(CLERK), at=story.at, changes={field: value})
        assert refusal.value.sentence("zh") != refusal.value.sentence("en")

    def test_nothing_to_correct_is_told(self, story: Story) -> None:
        with pytest.raises(Refused):
            fix(story, claimed_fen="1")

    def test_the_record_says_which_field_and_never_what(self, story: Story) -> None:
        fix(story, name="欧阳春", phone="13812345678")
        event = Event.objects.get(stream=story.case_id, kind="case.person_corrected")
        assert event.payload["fields"] == ["name", "phone"]
        assert list(verify(story.case_id)) == []

    @pytest.mark.parametrize("by", [CLERK, DECIDER, OPERATOR, SUPERVISOR])
    def test_officers_of_the_office_that_holds_it_may(self, story: Story, by: int) -> None:
        if by == SUPERVISOR:
            with pytest.raises(NotPermitted):
                fix(story, story.who(by), name="欧阳春")
        else:
            fix(story, story.who(by), name="欧阳春")
            with pytest.raises(NotPermitted):
                fix(story, person(by, YANGCHENG), name="欧阳春")

    def test_a_worker_asks_and_staff_see_it(self, story: Story) -> None:
        ask(case_id=story.case_id, seq=1, what=ASK_CORRECTION, text="姓写错了", by=story.worker, at=story.at)
        ask(case_id=story.case_id, seq=1, what=ASK_ERASURE, text="", by=story.worker, at=story.at)
        assert Entry.objects.filter(case=story.case_id, action=ASK_CORRECTION).get().text == "姓写错了"
        kinds = Event.objects.filter(stream=story.case_id).values_list("kind", flat=True)
        assert {"case.ask_correction", "case.ask_erasure"} <= set(kinds)
        with pytest.raises(NotPermitted):
            ask(case_id=story.case_id, seq=1, what=ASK_ERASURE, text="", by=worker_of(7), at=story.at)
        with pytest.raises(NoSuchCase):
            ask(case_id=7, seq=1, what=ASK_ERASURE, text="", by=worker_of(7), at=story.at)
        with pytest.raises(Refused):
            ask(case_id=story.case_id, seq=1, what=ASK_CORRECTION, text=" ", by=story.worker, at=story.at)


@pytest.fixture
def ended(offices: dict[int, Agency]) -> Story:
    """A closed group case that a helper brought in, with words, texts and notices on it."""
    story = Story(
        door="helper",
        workers=2,
        helper={"name": "张帮办", "phone": "13700000001", "relation": "邻居"},
        applicant={"name": "田某某", "phone": "13812345678", "resident_id": "11010519491231002X"},
        respondents=[{"name": "老王", "role": "team_leader", "kind": "individual", "phone": "13700000009"},
                     {"name": "甲建筑公司", "role": "employer", "kind": "licensed_unit"}],
    )  # fmt: skip
    InboundText.objects.create(gateway_id="1", phone="13812345678", text="NX", received_at=story.at)
    return story.to("withdrawn")


def everything(story: Story) -> str:
    rows: list[Any] = []
    for model in (Worker, Respondent, Entry, Submission, Notice):
        key = "case_id" if model is Notice else "case"
        rows += model._default_manager.filter(**{key: story.case_id}).values()
    return str(rows) + str(list(InboundText.objects.values()))


class TestErasing:
    def test_not_while_the_case_is_open_nor_while_the_file_is_kept(self, story: Story) -> None:
        with pytest.raises(Refused) as refusal:
            erase(case_id=story.case_id, by=SYSTEM, at=story.at)
        assert refusal.value.code == "open"
        story.to("withdrawn").later(days=365 * ARCHIVE_YEARS)
        with pytest.raises(Refused) as refusal:
            erase(case_id=story.case_id, by=SYSTEM, at=story.at)
        assert refusal.value.code == "archive"
        assert erasable(story.at) == []

    def test_when_its_time_is_over_every_person_is_gone_and_the_record_is_whole(self, ended: Story) -> None:
        at = ended.at + LONG_AFTER
        before = Event.objects.filter(stream=ended.case_id).count()
        assert erasable(at) == [ended.case_id]
        erase(case_id=ended.case_id, by=SYSTEM, at=at)
        kept = everything(ended)
        for trace in ("田", "张帮办", "老王", "13812345678", "13700000001", "邻居", "一分钱", "11010519"):
            assert trace not in kept, trace
        assert "甲建筑公司" in kept  # a firm is no person
        assert not NameGram.objects.filter(case=ended.case_id).exists()
        assert not Worker.objects.filter(phone_index="13812345678").exists()
        assert Event.objects.filter(stream=ended.case_id).count() == before + 1
        assert list(verify(ended.case_id)) == []
        assert erasable(at) == []
        assert ended.case.status == "withdrawn"

    def test_texts_of_somebody_with_another_case_stay(self, ended: Story) -> None:
        Story(applicant={"name": "田某某", "phone": "13812345678"})
        erase(case_id=ended.case_id, by=SYSTEM, at=ended.at + LONG_AFTER)
        assert InboundText.objects.count() == 1

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}))
    def test_nobody_else_erases(self, ended: Story, role: str) -> None:
        with pytest.raises(NotPermitted):
            erase(
                case_id=ended.case_id,
                by=Actor("staff", 9, frozenset({role}), NATION),
                at=ended.at + LONG_AFTER,
            )

    def test_an_administrator_erases_in_their_region(self, ended: Story) -> None:
        elsewhere = Actor("staff", 9, frozenset({Role.ADMINISTRATOR}), (440000_000000, 449999_999999))
        for by in (elsewhere, Actor("staff", 9, frozenset({Role.ADMINISTRATOR}), NOWHERE)):
            with pytest.raises(NotPermitted):
                erase(case_id=ended.case_id, by=by, at=ended.at + LONG_AFTER)
        erase(case_id=ended.case_id, by=KEEPER, at=ended.at + LONG_AFTER)

    def test_a_note_on_an_ended_case_does_not_keep_its_people_longer(self, ended: Story) -> None:
        ended.later(days=400).do("add_note", CLERK, text="来电询问。")
        assert erasable(ended.at - timedelta(days=400) + LONG_AFTER) == [ended.case_id]

    def test_no_such_case_is_told(self) -> None:
        with pytest.raises(NoSuchCase):
            erase(case_id=7, by=SYSTEM, at=AT)
