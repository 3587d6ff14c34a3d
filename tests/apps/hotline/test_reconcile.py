"""The calls against the records of the exchange: what was lost is made good once, what contradicts is shown."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.models import Event
from nuanxin.hotline.models import Call, CallEvent
from nuanxin.hotline.reconcile import BadRecords, Report, read_records, reconcile
from nuanxin.hotline.rules.calls import Happening
from tests.factories.hotline import WORKDAY, Hotline, open_hotline

pytestmark = pytest.mark.django_db
H = Happening
HEAD = "call,arrived_at,answered_at,ended_at,extension,caller\n"
T = "2026-03-02T11:0{}:00+08:00"


def records(*lines: str) -> str:
    return HEAD + "".join(line + "\n" for line in lines)


def run(line: Hotline, text: str) -> Report:
    found = list(read_records(StringIO(text)))
    return reconcile(exchange=line.exchange, records=found, by=SYSTEM, at=WORKDAY)


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


def test_what_was_lost_is_made_good_and_only_once(line: Hotline) -> None:
    line.queued("open")  # its answer and its end were lost
    line.tell(H.ARRIVED, 0, call="whole")
    line.tell(H.HUNG_UP, 60, call="whole")
    text = records(
        f"open,{T.format(0)},{T.format(1)},{T.format(5)},801,",
        f"whole,{T.format(0)},,{T.format(1)},,",
        f"never,{T.format(2)},,{T.format(3)},,13900139000",
    )
    report = run(line, text)
    assert (report.agree, report.adopted, report.completed, report.differ) == (1, 1, 1, [])
    assert set(Call.objects.values_list("external", "state", "outcome")) == {
        ("open", "wrap_up", ""),
        ("whole", "ended", "abandoned"),
        ("never", "ended", "abandoned"),
    }
    assert Call.objects.get(external="never").phone == "13900139000"
    kept = (CallEvent.objects.count(), Event.objects.count())
    again = run(line, text)
    assert (again.agree, again.adopted, again.completed, again.differ) == (3, 0, 0, [])
    assert (CallEvent.objects.count(), Event.objects.count()) == kept


def test_a_lost_answer_corrects_an_abandoned_call(line: Hotline) -> None:
    line.queued("a")
    line.tell(H.HUNG_UP, 300, call="a")
    assert Call.objects.get().outcome == "abandoned"
    run(line, records(f"a,{T.format(0)},{T.format(1)},{T.format(5)},802,"))
    assert (Call.objects.get().state, Call.objects.get().operator) == ("wrap_up", line.operator.id)


def test_contradictions_are_shown_and_change_nothing(line: Hotline) -> None:
    for call in ("ours", "other", "gone"):
        line.queued(call)
        line.tell(H.ANSWERED, 30, call=call, by=line.lawyer)
        line.tell(H.HUNG_UP, 60, call=call)
    report = run(
        line,
        records(
            f"ours,{T.format(0)},,{T.format(1)},,",
            f"other,{T.format(0)},{T.format(1)},{T.format(1)},802,",
            f"new,{T.format(0)},{T.format(1)},{T.format(2)},999,",
        ),
    )
    assert report.differ == [
        ("ours", "answered_here_only"),
        ("other", "other_operator"),
        ("new", "unknown_extension"),
        ("gone", "not_in_records"),
    ]
    assert set(Call.objects.exclude(external="new").values_list("operator", flat=True)) == {line.lawyer.id}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("call,arrived_at\n", "line 1: columns missing: answered_at, ended_at, extension, caller"),
        (records("a,,,,,"), "line 2: arrived_at, ended_at: empty"),
        (records("a,2026-03-02T11:00:00,,2026-03-02T11:00:00,,"), "no offset from UTC"),
        (records("9" * 65 + ",today,,today,,"), "line 2: call: more than 64"),
        (records("a,yesterday,,today,,"), "line 2: Invalid isoformat"),
        (records(f"a,{T.format(1)},,{T.format(0)},,"), "line 2: .* not in this order"),  # ends before it came
        (records(f"a,{T.format(1)},{T.format(0)},{T.format(2)},,"), "not in this order"),
        (records(f"a,{T.format(0)},{T.format(2)},{T.format(1)},,"), "not in this order"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(BadRecords, match=said):
        list(read_records(StringIO(text)))


def test_the_command_ends_with_one_where_people_must_look(line: Hotline, tmp_path: Path) -> None:
    file = tmp_path / "cdr.csv"
    file.write_text(records(f"a,{T.format(0)},,{T.format(1)},,"), encoding="utf-8-sig")
    out = StringIO()
    call_command("hotline", "reconcile", str(file), exchange=line.exchange.pk, stdout=out)
    assert out.getvalue() == "0 agree, 1 adopted, 0 completed, 0 differ\n"
    file.write_text(records(f"b,{T.format(0)},,{T.format(0)},,"), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("hotline", "reconcile", str(file), exchange=line.exchange.pk, stdout=out)
    assert ended.value.code == 1
    with pytest.raises(CommandError):
        call_command("hotline", "reconcile", str(tmp_path / "gone.csv"), exchange=line.exchange.pk)
    with pytest.raises(CommandError):
        call_command("hotline", "reconcile", str(file), exchange=999)
