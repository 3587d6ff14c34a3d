"""Finding a case by number, telephone, resident ID, bank card, or a part of a name; never beyond one's reach."""

from __future__ import annotations

import pytest

from nuanxin.audit.actor import NATION, Actor, Role
from nuanxin.audit.encryption import blind_index
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.search import Kind, same_person, search
from tests.factories.agency import agency
from tests.factories.intake import open_case

GAOPING, SHENZHEN = 140581_000000, 440306_000000
HERE = (140581_000000, 140581_999999)
RESIDENT_ID = "110101199003070046"


def actor(scope: tuple[int, int] = HERE, role: Role = Role.CLERK, id: int = 5) -> Actor:
    return Actor("staff", id, frozenset({role}), scope, 1)


@pytest.fixture
def tian(db: None) -> Case:
    """Tian of Gaoping, with a full set of numbers."""
    agency(GAOPING)
    agency(SHENZHEN)
    case = open_case(
        applicant={"name": "田建国", "phone": "13812345678", "resident_id": RESIDENT_ID},
        respondents=[{"name": "西安华山建筑劳务有限公司", "role": "employer"}],
        helper={"name": "李村官", "phone": "0356-5550123", "relation": "村干部"},
        door="helper",
    )
    Worker.objects.filter(case=case).update(
        bank_card="6222021234567890123", bank_card_index=blind_index("bank", "6222021234567890123")
    )
    return case


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("13812345678", Kind.PHONE),
        ("+86 138 1234 5678", Kind.PHONE),
        ("１３８１２３４５６７８", Kind.PHONE),
        ("0356-5550123", Kind.PHONE),
        ("03565550123", Kind.PHONE),
        (RESIDENT_ID, Kind.RESIDENT_ID),
        ("6222 0212 3456 7890 123", Kind.BANK_CARD),
        ("田建国", Kind.NAME),
        ("建国", Kind.NAME),
        ("田", Kind.NAME),
        ("华山建筑", Kind.NAME),
        ("劳务有限公司", Kind.NAME),
        (" 田 建国 ", Kind.NAME),
    ],
)
def test_a_case_is_found_by_what_people_say(tian: Case, typed: str, kind: Kind) -> None:
    open_case(applicant={"name": "王小明"}, respondents=[{"name": "高平餐饮店"}])
    found = search(typed, by=actor())
    assert (found.kind, list(found.ids)) == (kind, [tian.pk])


def test_a_number_is_found_in_every_spelling(tian: Case) -> None:
    number = tian.number
    for typed in (
        number,
        number.lower(),
        number.replace("-", ""),
        number.removeprefix("NX"),
        f"  {number}  ",
    ):
        assert search(typed, by=actor()).ids == [tian.pk]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert search(wrong, by=actor()).ids in ([], ())


@pytest.mark.parametrize("typed", ["建田", "田国", "华山劳务", "13812345679", "西安公司", "山建国"])
def test_pairs_that_do_not_stand_together_find_nothing(tian: Case, typed: str) -> None:
    assert list(search(typed, by=actor()).ids) == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "'; DROP TABLE cases_case; --", "%", "_", "\x00", "x" * 500, "🙂", "NX"]
)
def test_odd_input_is_answered_with_nothing(tian: Case, typed: str) -> None:
    assert list(search(typed, by=actor()).ids) == []
    assert Case.objects.filter(pk=tian.pk).exists()


@pytest.mark.parametrize("typed", ["13812345678", RESIDENT_ID, "田建国", "田", "华山建筑", "NUMBER"])
def test_nothing_is_found_beyond_ones_region(tian: Case, typed: str) -> None:
    text = tian.number if typed == "NUMBER" else typed
    for by in (
        actor((440306_000000, 440306_999999)),
        actor((0, 0)),
        actor(HERE, Role.PARTNER),
        actor(HERE, Role.LAWYER),
    ):
        assert list(search(text, by=by).ids) == []
    assert list(search(text, by=actor(NATION, Role.SUPERVISOR)).ids) == [tian.pk]
    assert list(search(text, by=actor(NATION)).ids) == []  # the national desk finds what it holds


def test_a_lawyer_finds_their_own_cases_only(tian: Case) -> None:
    other = open_case(applicant={"name": "田小山"})
    Case.objects.filter(pk=tian.pk).update(lawyer=5)
    assert list(search("田", by=actor((0, 0), Role.LAWYER)).ids) == [tian.pk]
    assert list(search(other.number, by=actor((0, 0), Role.LAWYER)).ids) == []


def test_the_receiver_of_a_transfer_finds_it_by_its_number_and_phone(tian: Case) -> None:
    Case.objects.filter(pk=tian.pk).update(transfer_to=2, transfer_region=SHENZHEN)
    by = actor((440306_000000, 440306_999999))
    assert list(search(tian.number, by=by).ids) == list(search("13812345678", by=by).ids) == [tian.pk]


def test_long_answers_are_cut_and_say_so(db: None) -> None:
    agency(GAOPING)
    for _ in range(27):
        open_case(applicant={"name": "欧阳春"})
    found = search("欧阳", by=actor())
    assert (len(found.ids), found.more) == (25, True)
    assert list(found.ids) == sorted(found.ids, reverse=True)


def test_a_name_is_found_behind_many_that_only_have_its_pairs(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nuanxin.cases.queries.search._BATCH", 4)
    agency(GAOPING)
    true = open_case(applicant={"name": "东方红"}, respondents=[])
    for _ in range(9):
        open_case(applicant={"name": "东方明"}, respondents=[{"name": "西方红酒行"}])
    assert list(search("东方红", by=actor()).ids) == [true.pk]


def test_the_same_person_is_known_in_the_whole_register(tian: Case) -> None:
    far = open_case(place="440306", applicant={"name": "田建国", "phone": "13812345678"})
    again = open_case(applicant={"name": "田建国", "phone": "13900000001", "resident_id": RESIDENT_ID})
    assert same_person(phone="13812345678", resident_id=RESIDENT_ID, besides=tian.pk) == [far.pk, again.pk]
    assert same_person(phone="0356-5550123") == [tian.pk]
    assert same_person() == []
