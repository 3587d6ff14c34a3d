"""``nuanxin hotline …``: what cannot be meant is told in a sentence, ends with 2, and writes nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.hotline.models import Desk, Exchange, OperatorState, Station
from nuanxin.hotline.rules.rosters.hours import Overlapping, read_spans
from tests.factories.hotline import Hotline, open_hotline
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
PLACE = ("--region", "140581")


@pytest.fixture
def line() -> Hotline:
    return open_hotline()


def refused(*words: str) -> str:
    """What is said at the terminal; nothing is on record."""
    before = Event.objects.count()
    with pytest.raises(CommandError) as fault:
        call_command("hotline", *words)
    assert fault.value.returncode == 2
    assert Event.objects.count() == before
    return str(fault.value)


NOT_THERE = [
    (("exchange", "x", "--token", "99", *PLACE), "there is no token 99; nuanxin token list"),
    (("exchange", "x", "--token", str(10**20), *PLACE), f"there is no token {10**20}"),
    (("desk", "k", "席", "--exchange", "99", *PLACE), "there is no exchange 99; nuanxin hotline list"),
    (("seat", "nobody", "--desk", "{desk}", "--extension", "1"), "there is no account nobody; nuanxin staff list"),
    (("seat", "nobody", "--desk", "-1", "--extension", "1"), "there is no account nobody"),
    (("pjsip", "--exchange", "99"), "there is no exchange 99"),
    (("simulate", "--exchange", "99"), "there is no exchange 99"),
    (("gateway", "--exchange", "99"), "there is no exchange 99"),
    (("reconcile", "/dev/null", "--exchange", "99"), "there is no exchange 99"),
    (("roster", "station", "站", "--desks", "98", "99", *PLACE), "there is no desk 98 or 99"),
    (("roster", "shift", "A", "班", "08:00-16:00", "--station", "99"), "there is no station 99"),
    (("roster", "promise", "99"), "there is no desk of a station 99"),
    (("roster", "solve", "--month", "2026-12", "--desk", "99"), "there is no desk of a station 99"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "says"), NOT_THERE, ids=[" ".join(words)[:40] for words, _ in NOT_THERE])
def test_what_is_not_there_is_named(line: Hotline, words: tuple[str, ...], says: str) -> None:
    assert says in refused(*(word.replace("{desk}", str(line.desk.pk)) for word in words))


def test_what_a_desk_cannot_be_is_not_written(line: Hotline) -> None:
    at = ("--exchange", str(line.exchange.pk), *PLACE)
    for key in ("", " k", "x" * 41, "a\nb"):
        assert "as the exchange writes it" in refused("desk", key, "席", *at)
    for name in ("", " ", "席" * 81):
        assert "Give a Chinese name" in refused("desk", "k", name, *at)
    assert "An English name" in refused("desk", "k", "席", "--name-en", "x" * 121, *at)
    assert "Choose one language or more of zh" in refused("desk", "k", "席", *at, "--languages", "klingon")
    assert "25:00-26:00: give hours" in refused("desk", "k", "席", *at, "--hours", "25:00-26:00")
    assert Desk.objects.count() == 1


def test_who_answers_no_calls_gets_no_seat(line: Hotline) -> None:
    clerk, elsewhere = make_staff(Role.CLERK), make_staff(Role.OPERATOR, 440306_000000)
    for staff in (clerk, elsewhere):
        words = ("seat", staff.username, "--desk", str(line.desk.pk), "--extension", "899")
        assert "give them the role first" in refused(*words)
    for extension in ("80 1;x", "1" * 21, ""):
        words = (
            "seat",
            make_staff(Role.OPERATOR).username,
            "--desk",
            str(line.desk.pk),
            "--extension",
            extension,
        )
        assert "at most 20 digits and letters" in refused(*words)
    assert OperatorState.objects.count() == 2


def test_an_exchange_has_a_name(line: Hotline) -> None:
    Exchange.objects.filter(pk=line.exchange.pk).update(token=0)  # its token is free for another
    for label in ("", " ", "x" * 81):
        assert "Give a name" in refused("exchange", label, "--token", str(line.speaks.id), *PLACE)


def test_a_simulation_needs_numbers_that_can_be_meant(line: Hotline) -> None:
    at = ("--exchange", str(line.exchange.pk))
    for an_hour in ("0", "-3", "nan", "inf"):
        assert "--an-hour is more than 0" in refused("simulate", *at, f"--an-hour={an_hour}")
    assert "--calls" in refused("simulate", *at, "--calls=-4")


def test_a_file_that_is_none_is_said(line: Hotline, tmp_path: Path) -> None:
    at = ("--exchange", str(line.exchange.pk))
    assert refused("reconcile", str(tmp_path), *at) == f"{tmp_path}: Is a directory"
    assert refused("reconcile", str(tmp_path / "none.csv"), *at).endswith(
        "none.csv: No such file or directory"
    )
    bytes_ = tmp_path / "bytes.csv"
    bytes_.write_bytes(b"\x00\xd0\xff")
    assert refused("reconcile", str(bytes_), *at) == f"{bytes_} is not a text in UTF-8"
    bytes_.write_text("one,two\n")
    assert "2 columns where there are 17" in refused("cdr", str(bytes_))


def test_a_shift_and_a_station_have_names_and_hours_of_one_day(line: Hotline) -> None:
    assert "Give a Chinese name" in refused("roster", "station", "", "--desks", str(line.desk.pk), *PLACE)
    assert not Station.objects.exists()
    call_command(
        "hotline", "roster", "station", "站", "--desks", str(line.desk.pk), *PLACE, stdout=StringIO()
    )
    at = ("--station", str(Station.objects.get().pk))
    for code in ("", "a b", "x" * 13):
        assert "The code of a shift" in refused("roster", "shift", code, "班", "08:00-16:00", *at)
    assert "Give the shift a Chinese name" in refused("roster", "shift", "A", "", "08:00-16:00", *at)
    assert "overlap" in refused("roster", "shift", "A", "班", "08:00-16:00", "12:00-13:00", *at)
    assert "Choose one language" in refused(
        "roster", "terms", make_staff(Role.OPERATOR).username, *at, "--languages", "klingon"
    )
    assert "--seconds: 10 to 3600" in refused(
        "roster", "solve", "--month", "2026-12", "--desk", str(line.desk.pk), "--seconds=-3"
    )


def test_hours_that_go_on_past_midnight_are_read() -> None:
    assert read_spans(["20:00-23:00", "01:00-04:00"]) == [(1200, 1380), (1500, 1680)]
    with pytest.raises(Overlapping):
        read_spans(["08:00-16:00", "15:59-17:00"])


def test_the_list_shows_what_is_registered(line: Hotline) -> None:
    said = StringIO()
    call_command("hotline", "list", stdout=said)
    rows = [row.split("\t")[:3] for row in said.getvalue().splitlines()]
    assert rows == [
        ["exchange", str(line.exchange.pk), "active"], ["desk", str(line.desk.pk), "active"],
        ["seat", "801", "ready"], ["seat", "802", "ready"],
    ]  # fmt: skip
    assert line.secret not in said.getvalue()
