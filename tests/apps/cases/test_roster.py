"""The list of workers: every fault by row and nothing entered on a fault; the same list twice is one list."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.roster import BadRoster, read_table
from nuanxin.cases.faults import NotPermitted
from nuanxin.cases.models import Case, LedgerLine, NameGram, Worker
from nuanxin.cases.rules.roster import read_rows
from nuanxin.cases.rules.tables import read_lines
from nuanxin.network.models import Agency
from tests.factories.story import CLERK, LAWYER, Story

ID_1, ID_2 = "11010519491231002X", "440524188001010014"


@pytest.fixture
def group(offices: dict[int, Agency]) -> Story:
    return Story(workers=4, amount_claimed="20000.00", applicant={"name": "田某某", "phone": "13900000001"})


def rows(count: int, *, first: str = "田某某") -> list[dict[str, Any]]:
    return [{"name": first if n == 0 else f"工友{n}", "claimed": "5000.00"} for n in range(count)]


def sums(story: Story) -> tuple[int, int, int]:
    """Claimed by the case, by its workers together, and by its ledger."""
    ledger = LedgerLine.objects.filter(case=story.case_id, step="claimed").values_list("fen", flat=True)
    workers = Worker.objects.filter(case=story.case_id).values_list("claimed_fen", flat=True)
    return story.case.claimed_fen, sum(workers), sum(ledger)


@pytest.mark.django_db
class TestEntering:
    def test_a_list_replaces_the_claim_of_the_group_to_the_last_fen(self, group: Story) -> None:
        outcome = group.roster(rows(4))
        assert (outcome.rows, outcome.added, outcome.claimed_fen) == (4, 3, 2_000_000)
        assert sums(group) == (2_000_000, 2_000_000, 2_000_000)
        assert (group.case.workers_count, group.case.workers_stated) == (4, 4)
        assert [w.seq for w in Worker.objects.filter(case=group.case_id).order_by("seq")] == [1, 2, 3, 4]
        assert list(verify(group.case_id)) == []

    def test_the_same_list_again_changes_nothing(self, group: Story) -> None:
        group.roster(rows(4))
        before = sums(group)
        outcome = group.roster(rows(4))
        assert (outcome.added, sums(group)) == (0, before)

    def test_a_second_list_completes_and_overwrites_nothing(self, group: Story) -> None:
        group.roster([{"name": "田某某", "claimed": "5000.00"}, {"name": "工友1"}])
        card = "6222020200112233445"
        group.roster([
            {"name": "工友1", "phone": "13900000007", "resident_id": ID_1, "bank_card": card, "claimed": "300.00"},
            {"name": "田某某", "phone": "13900000099", "claimed": "1.00"},
        ])  # fmt: skip
        first, second = Worker.objects.filter(case=group.case_id).order_by("seq")
        assert (first.phone, first.claimed_fen) == ("13900000001", 500_000)
        assert (second.phone, second.resident_id, second.bank_card) == ("13900000007", ID_1, card)
        assert second.claimed_fen == 30_000
        assert Worker.objects.get(phone_index="13900000007") == second

    def test_what_nobody_has_divided_stays_with_the_group(self, group: Story) -> None:
        group.roster([{"name": "田某某", "claimed": "5000.00"}, {"name": "工友1"}, {"name": "工友2"}])
        assert sums(group) == (2_000_000, 500_000, 2_000_000)
        group.roster([{"name": "工友1", "claimed": "4000.00"}, {"name": "工友2", "claimed": "4000.00"}])
        assert sums(group) == (1_300_000, 1_300_000, 1_300_000)

    def test_two_people_of_one_name_are_two_people(self, group: Story) -> None:
        group.roster([{"name": "张伟", "claimed": "1.00"}, {"name": "张伟", "claimed": "2.00"}])
        assert Worker.objects.filter(case=group.case_id, name="张伟").count() == 2
        group.roster([{"name": "张伟", "resident_id": ID_1}, {"name": "张伟", "resident_id": ID_2}])
        assert Worker.objects.filter(case=group.case_id, name="张伟").count() == 2
        group.roster([{"name": "张伟", "resident_id": ID_2}])
        assert Worker.objects.filter(case=group.case_id, name="张伟").count() == 2
        assert set(Worker.objects.filter(name="张伟").values_list("resident_id", flat=True)) == {ID_1, ID_2}

    def test_everybody_is_found_by_name(self, group: Story) -> None:
        group.roster([{"name": "欧阳春"}])
        assert NameGram.objects.filter(case=group.case_id, gram="欧阳").exists()

    def test_one_worker_becomes_the_representative_of_many(self, offices: dict[int, Agency]) -> None:
        story = Story(applicant={"name": "田某某"})
        story.roster([{"name": "工友1", "claimed": "100.00"}])
        first = Worker.objects.get(case=story.case_id, seq=1)
        assert first.representative
        assert sums(story) == (530_000, 530_000, 530_000)

    def test_the_record_holds_every_line(self, group: Story) -> None:
        group.roster(rows(1_203), sure="名单后来补齐")
        events = Event.objects.filter(stream=group.case_id).exclude(kind="case.submitted").order_by("seq")
        assert [event.kind for event in events] == ["case.import_roster", *["case.lines_recorded"] * 2]
        lines = [line for event in events for line in event.payload["lines"]]
        ids = dict(Worker.objects.filter(case=group.case_id).values_list("id", "claimed_fen"))
        assert {worker: fen for worker, fen in lines if worker} == ids
        assert sum(fen for worker, fen in lines if not worker) == -2_000_000
        assert list(verify(group.case_id)) == []

    def test_a_thousand_rows_cost_few_statements(
        self, group: Story, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(60):  # SQLite takes 999 values a statement
            group.roster(rows(1_000), sure="名单后来补齐")
        assert group.case.workers_count == 1_000

    def test_a_lawyer_enters_the_list_of_their_own_case_only(self, group: Story) -> None:
        group.assigned().roster(rows(2), by=LAWYER)
        Case.objects.filter(pk=group.case_id).update(lawyer=LAWYER + 1)
        with pytest.raises(NotPermitted):
            group.roster(rows(2), by=LAWYER)

    @pytest.mark.parametrize("by", [CLERK, LAWYER])
    def test_a_fault_anywhere_enters_nothing(self, group: Story, by: int) -> None:
        bad = [*rows(40), {"name": "坏行", "claimed": "-3"}]
        with pytest.raises(BadRoster) as fault:
            group.roster(bad, by=by)
        assert [one["path"] for one in fault.value.faults] == ["/41/claimed"]
        assert Worker.objects.filter(case=group.case_id).count() == 1
        assert group.case.version == 1


@pytest.mark.parametrize(
    ("row", "path", "code"),
    [
        ({}, "/1/name", "required"),
        ({"name": "<b>张</b>"}, "/1/name", "invalid_name"),
        ({"name": "张", "phone": "1390000000a"}, "/1/phone", "invalid_phone"),
        ({"name": "张", "resident_id": "110105194912310021"}, "/1/resident_id", "invalid_resident_id"),
        ({"name": "张", "bank_card": "1234"}, "/1/bank_card", "invalid_bank_card"),
        ({"name": "张", "claimed": "五千"}, "/1/claimed", "invalid_money"),
        ({"name": "张", "claimed": "0"}, "/1/claimed", "out_of_range"),
        ({"name": "张", "claimed": "12.345"}, "/1/claimed", "invalid_money"),
        ({"name": "张", "claimed": "9999999999999.99"}, "/1/claimed", "out_of_range"),
        ({"name": "张", "wages": "3"}, "/1/wages", "unknown_key"),
    ],
)
def test_each_fault_names_its_row_and_column(row: dict[str, str], path: str, code: str) -> None:
    with pytest.raises(BadRoster) as fault:
        read_rows([row])
    assert [(one["path"], one["code"]) for one in fault.value.faults] == [(path, code)]
    assert set(fault.value.faults[0]["message"]) == {"zh", "en"}


def test_the_same_id_twice_is_told_with_the_first_row() -> None:
    with pytest.raises(BadRoster) as fault:
        read_rows(
            [{"name": "甲", "resident_id": ID_1}, {"name": "乙"}, {"name": "丙", "resident_id": ID_1.lower()}]
        )
    assert [(one["path"], one["code"]) for one in fault.value.faults] == [("/3/resident_id", "twice")]
    assert "第 1 行" in fault.value.faults[0]["message"]["zh"]


@pytest.mark.parametrize("count", [0, 100_001])
def test_a_list_has_a_sensible_length(count: int) -> None:
    with pytest.raises(BadRoster):
        read_rows([{"name": "甲"}] * count)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("5200", 520_000),
        ("5200.5", 520_050),
        ("5,200.00", 520_000),
        ("¥5200 元", 520_000),
        ("５２００", 520_000),
    ],
)
def test_sums_are_read_as_people_write_them(typed: str, fen: int) -> None:
    assert read_rows([{"name": "甲", "claimed": typed}])[0].claimed_fen == fen


@pytest.mark.parametrize(
    "text",
    [
        "姓名,手机号,欠薪金额（元）\n田某某,13900000001,5000\n",
        "\ufeff序号\t姓名\t电话\t金额\t备注\r\n1\t田某某\t13900000001\t5000\t\r\n\r\n",
        "name，phone，claimed\n田某某，13900000001，5000",
        "田某某,13900000001,,5000",
        '姓名,电话,金额\n"田某某",13900000001,"5,000"',
    ],
)
def test_a_pasted_table_is_read_whatever_its_shape(text: str) -> None:
    people = read_rows(read_table(text))
    assert [(one.name, one.phone, one.claimed_fen) for one in people] == [("田某某", "13900000001", 500_000)]


def test_names_alone_are_a_list() -> None:
    assert [row["name"] for row in read_table("甲\n乙\n\n丙\n")] == ["甲", "乙", "丙"]
    assert read_table("\n \n") == []


def test_a_heading_nobody_knows_is_refused_because_it_may_be_the_money() -> None:
    with pytest.raises(BadRoster) as fault:
        read_table("姓名,欠新\n田某某,5000")
    assert fault.value.faults[0]["path"] == "/0/欠新"


def test_faults_of_a_pasted_list_are_told_by_its_lines() -> None:
    lines, rows = read_lines("工人名单\n\n姓名,金额\n甲,100\n\n乙,多\n合计,100\n")
    assert lines == [4, 6, 7]
    with pytest.raises(BadRoster) as fault:
        read_rows(rows, lines)
    assert [(one["path"], one["code"]) for one in fault.value.faults] == [
        ("/6/claimed", "invalid_money"),
        ("/7/name", "total_row"),
    ]


@pytest.mark.parametrize("text", ["姓名,金额\n甲," + "9" * 140_000, "姓名,金额\n甲\x00,1"])
def test_a_table_that_cannot_be_read_is_a_fault_and_no_breakdown(text: str) -> None:
    with pytest.raises(BadRoster):
        read_rows(read_table(text))
