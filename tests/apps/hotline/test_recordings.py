"""Recordings: kept once and with consent, sealed, heard on the record, gone by rule and really gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import calls, recordings
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.jobs import delete_old_recordings
from nuanxin.hotline.models import Call, Recording
from nuanxin.hotline.queries.recordings import sound_of
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.recordings import MOST_BYTES, BadRecording, Reason, kind_of, part_asked
from nuanxin.hotline.store import FOLDER, file_of
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.staff import GAOPING, make_staff

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(100)) * 20
OGG = b"OggS\x00\x02" + bytes(50)
LATER = WORKDAY + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("content", "seconds", "expected"),
    [
        (WAV, 60, "audio/wav"),
        (OGG, 0, "audio/ogg"),
        (b"", 1, "empty"),
        (b"RIFF\x24\x00\x00\x00WEBP" + bytes(9), 1, "no_sound"),  # a picture begins with the same four bytes
        (b"ID3\x04" + bytes(60), 1, "no_sound"),
        (b"<script>", 1, "no_sound"),
        (WAV, -1, "bad_length"),
        (WAV, 4 * 3600 + 1, "bad_length"),
        (WAV + bytes(MOST_BYTES), 60, "too_large"),
    ],
)  # fmt: skip
def test_a_recording_is_known_by_its_bytes(content: bytes, seconds: int, expected: str) -> None:
    try:
        assert kind_of(content, seconds) == expected
    except BadRecording as bad:
        assert str(bad) == expected  # noqa: PT017 - one table for what is taken and what is refused


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),  # several parts: the whole is a right answer
        ("items=0-1", None),
        ("bytes=-", None),
        ("bytes=１-2", None),
    ],
)
def test_the_part_that_a_player_asks_for(header: str, expected: tuple[int, int] | None) -> None:
    assert part_asked(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(IndexError):
        part_asked(header, 100)


@given(st.text(max_size=30), st.integers(1, 10**6))
def test_whatever_is_asked_a_part_lies_in_the_file(header: str, size: int) -> None:
    for text in (header, f"bytes={header}"):
        try:
            part = part_asked(text, size)
        except IndexError:
            continue
        assert part is None or 0 <= part[0] <= part[1] < size


@pytest.fixture
def line(db: None) -> Hotline:
    return open_hotline()


def talked(line: Hotline, *, call: str = "c1", recording: str = "agreed") -> Call:
    """A call that the lawyer answered, with what the caller said to being recorded."""
    about = About(phone=PHONE, recording=recording)
    line.tell(Happening.ARRIVED, 0, call=call, about=about)
    line.tell(Happening.QUEUED, 10, call=call, desk=True, about=about)
    return line.tell(Happening.ANSWERED, 20, call=call, by=line.lawyer, about=about).call


def kept(line: Hotline, call: Call, *, name: str = "r1", at: datetime = LATER, **more: Any) -> Recording:
    given_ = {"content": WAV, "seconds": 61, "consent_at": WORKDAY, "by": line.speaks} | more
    return recordings.keep(call=call, name=name, at=at, **given_)


def place(row: Recording) -> Path:
    return Path(settings.MEDIA_ROOT) / "recordings" / file_of(row.call_id, row.name)


def events(call: Call) -> list[str]:
    rows = Event.objects.filter(stream=call.pk, kind__startswith="recording.").order_by("seq")
    return list(rows.values_list("kind", flat=True))


class TestKeeping:
    def test_it_lies_sealed_and_reads_as_it_came(self, line: Hotline) -> None:
        row = kept(line, talked(line))
        raw = place(row).read_bytes()
        assert b"WAVE" not in raw
        assert sound_of(row) == WAV
        assert (row.mime, row.size, row.kept_until) == ("audio/wav", len(WAV), LATER + timedelta(days=180))
        assert FOLDER.context(file_of(row.call_id, "r1")) != FOLDER.context(file_of(row.call_id, "r2"))

    def test_told_twice_it_is_one(self, line: Hotline) -> None:
        call = talked(line)
        first, second = kept(line, call), kept(line, call)
        assert first.pk == second.pk
        assert events(call) == ["recording.kept"]
        assert kept(line, call, name="r2").pk != first.pk

    @pytest.mark.parametrize("said", ["", "refused"])
    def test_without_consent_nothing_is_kept(self, line: Hotline, said: str) -> None:
        call, before = talked(line, recording=said), FOLDER.count()
        with pytest.raises(Refused) as refused:
            kept(line, call)
        assert refused.value.code == "no_consent"
        assert FOLDER.count() == before
        assert not Recording.objects.exists()

    def test_the_moment_of_the_consent_is_needed_too(self, line: Hotline) -> None:
        with pytest.raises(Refused):
            kept(line, talked(line), consent_at=None)

    def test_bytes_that_are_no_sound_are_refused(self, line: Hotline) -> None:
        with pytest.raises(Refused) as refused:
            kept(line, talked(line), content=b"MZ" + bytes(99))
        assert refused.value.code == "no_sound"

    def test_only_the_exchange_of_the_call_keeps(self, line: Hotline) -> None:
        call = talked(line)
        stranger = Actor("partner", line.speaks.id + 1, line.speaks.roles, line.speaks.scope)
        for by in (stranger, line.lawyer):
            with pytest.raises(NotPermitted):
                kept(line, call, by=by)

    def test_a_row_that_fails_leaves_no_file(self, line: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
        call, before = talked(line), FOLDER.count()

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        monkeypatch.setattr(recordings, "append", fail)
        with pytest.raises(RuntimeError):
            kept(line, call)
        assert (FOLDER.count(), Recording.objects.count()) == (before, 0)


class TestHearing:
    def test_it_is_an_event_with_its_reason(self, line: Hotline) -> None:
        row = kept(line, talked(line))
        recordings.hear(recording_id=row.pk, reason=Reason.OWN_RECORD, by=line.lawyer, at=LATER)
        heard = Event.objects.get(kind="recording.heard")
        assert (heard.actor_id, heard.payload["reason"]) == (line.lawyer.id, "own_record")

    def test_who_talked_and_who_checks_and_nobody_else(self, line: Hotline) -> None:
        row = kept(line, talked(line))
        for role, region, may in (
            (Role.SUPERVISOR, 140500_000000, True),
            (Role.DECIDER, GAOPING, True),
            (Role.SUPERVISOR, 440306_000000, False),
            (Role.CLERK, GAOPING, False),
            (Role.AUDITOR, GAOPING, False),
            (Role.OPERATOR, GAOPING, False),
        ):
            by = actor_for(make_staff(role, region), WORKDAY)
            try:
                recordings.hear(recording_id=row.pk, reason=Reason.CHECK, by=by, at=LATER)
                heard = True
            except NotPermitted:
                heard = False
            assert heard is may, role
        with pytest.raises(NotPermitted):
            recordings.hear(recording_id=row.pk, reason=Reason.CHECK, by=line.operator, at=LATER)
        assert Event.objects.filter(kind="recording.heard").count() == 2


class TestGoing:
    def test_after_its_time_the_file_is_gone_and_the_row_says_so(self, line: Hotline) -> None:
        call = talked(line)
        row = kept(line, call)
        assert delete_old_recordings(row.kept_until - timedelta(seconds=1)) == 0
        assert place(row).exists()
        assert delete_old_recordings(row.kept_until) == 1
        row.refresh_from_db()
        assert not place(row).exists()
        assert (row.deleted_at, row.deleted_for) == (row.kept_until, "age")
        assert events(call) == ["recording.kept", "recording.deleted"]
        assert delete_old_recordings(row.kept_until) == 0
        with pytest.raises(FileNotFoundError):
            sound_of(row)
        with pytest.raises(Refused):
            recordings.hear(recording_id=row.pk, reason=Reason.CHECK, by=line.lawyer, at=row.kept_until)

    def test_a_consent_taken_back_takes_all_at_once_and_for_good(self, line: Hotline) -> None:
        call = talked(line)
        rows = [kept(line, call, name=name) for name in ("r1", "r2")]
        assert recordings.withdraw(call_id=call.pk, by=line.operator, at=LATER) == 2
        assert not any(place(row).exists() for row in rows)
        assert set(Recording.objects.values_list("deleted_for", flat=True)) == {"withdrawn"}
        line.tell(Happening.HUNG_UP, 900, about=About(recording="agreed"))  # an old event, told late
        with pytest.raises(Refused):
            kept(line, call, name="r3")
        assert kept(line, call, name="r1").deleted_at is not None  # told again, it does not come back
        assert not place(rows[0]).exists()
        assert recordings.withdraw(call_id=call.pk, by=SYSTEM, at=LATER) == 0

    def test_nobody_takes_their_own_talk_away_before_it_is_heard(self, line: Hotline) -> None:
        call = talked(line)
        row = kept(line, call)
        line.tell(Happening.HUNG_UP, 900)
        with pytest.raises(Refused):
            recordings.withdraw(call_id=call.pk, by=line.lawyer, at=LATER)
        assert place(row).exists()
        assert recordings.withdraw(call_id=call.pk, by=line.operator, at=LATER) == 1  # a colleague does

    def test_a_deletion_cut_off_is_done_again(self, line: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
        row = kept(line, talked(line))

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        with monkeypatch.context() as cut:
            cut.setattr(recordings, "append", fail)
            with pytest.raises(RuntimeError):
                delete_old_recordings(row.kept_until)
        row.refresh_from_db()
        assert row.deleted_at is None  # no row claims what nobody wrote down
        assert delete_old_recordings(row.kept_until) == 1

    def test_elsewhere_nobody_takes_a_consent_back(self, line: Hotline) -> None:
        call = talked(line)
        far = actor_for(make_staff(Role.OPERATOR, 440306_000000), WORKDAY)
        with pytest.raises(NotPermitted):
            recordings.withdraw(call_id=call.pk, by=far, at=LATER)


def test_calls_still_stand_as_they_were(line: Hotline) -> None:
    call = talked(line)
    recordings.withdraw(call_id=call.pk, by=line.lawyer, at=LATER)
    call.refresh_from_db()
    assert (call.state, call.recording) == ("on_call", "refused")
    assert calls.life_of(call).operator == line.lawyer.id
