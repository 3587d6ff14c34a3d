"""Evidence: judged by its bytes, hashed on arrival, sealed on the disk, kept as it was."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nuanxin.audit.encryption import SealBroken
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.documents import actions, store
from nuanxin.documents.models import Evidence
from nuanxin.documents.previews import make_preview
from nuanxin.documents.queries import original, preview
from nuanxin.documents.rules.uploads import KINDS, MOST_BYTES, BadUpload, kind_of
from nuanxin.documents.scanner import Infected
from tests.factories import papers
from tests.factories.agency import agency
from tests.factories.evidence import hand_in, sealed
from tests.factories.story import GAOPING, Story


@pytest.fixture
def story(db: Any) -> Story:
    agency(GAOPING)
    return Story()


class TestTaking:
    def test_the_hash_is_of_the_bytes_as_they_came_and_they_come_back_the_same(self, story: Story) -> None:
        data = papers.photograph(place=True)
        row = hand_in(story, data)
        assert (row.sha256, row.size, row.mime) == (hashlib.sha256(data).hexdigest(), len(data), "image/jpeg")
        assert original(row) == data
        event = Event.objects.filter(stream=story.case_id).latest("seq")
        assert (event.kind, event.payload["sha256"]) == ("evidence.received", row.sha256)
        assert list(verify(story.case_id)) == []

    def test_on_the_disk_nothing_is_readable(self, story: Story) -> None:
        row = hand_in(story, papers.photograph(place=True))
        for part in (store.ORIGINAL, store.PREVIEW):
            body = sealed(row, part).read_bytes()
            assert b"JFIF" not in body
            assert b"Tian" not in body
            assert sealed(row, part).stat().st_mode & 0o077 == 0

    def test_a_file_that_was_tampered_with_or_swapped_does_not_open(self, story: Story) -> None:
        one, two = hand_in(story, papers.photograph()), hand_in(story, papers.png())
        sealed(one).write_bytes(sealed(two).read_bytes())
        with pytest.raises(SealBroken):
            original(one)

    def test_the_preview_is_small_upright_and_tells_nothing(self, story: Story) -> None:
        row = hand_in(story, papers.photograph(size=(2400, 1200), place=True))
        body = preview(row)
        assert body is not None
        assert b"Tian" not in body
        with Image.open(io.BytesIO(body)) as picture:
            assert picture.size == (600, 1200)
            assert not picture.getexif()
            assert not {"exif", "comment", "xmp", "icc_profile"} & set(picture.info)

    def test_the_same_file_twice_is_one_piece(self, story: Story) -> None:
        data = papers.photograph()
        assert hand_in(story, data) == hand_in(story, data, "again.jpg")
        assert Event.objects.filter(kind="evidence.received").count() == 1

    @pytest.mark.parametrize(
        "name",
        ["../../etc/passwd", "..\\..\\boot.ini", "/srv/x.jpg", "a\u0000b\u202egpj.exe", "x" * 500, ""],
    )
    def test_the_name_is_a_label_and_leads_nowhere(self, name: str, story: Story) -> None:
        row = hand_in(story, papers.photograph(), name)
        kept = Evidence.objects.get(pk=row.pk).filename or ""
        assert not set("/\\\u0000\u202e") & set(kept)
        assert len(kept) <= 120
        assert sealed(row).is_file()

    @pytest.mark.parametrize(
        ("data", "mime"),
        [
            (papers.png(), "image/png"),
            (papers.webp(), "image/webp"),
            (papers.HEIC, "image/heic"),
            (papers.pdf(), "application/pdf"),
            (papers.pdf(papers.with_jump), "application/pdf"),
            (b"#!AMR\n" + bytes(50), "audio/amr"),
            (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(50), "audio/wav"),
            (b"\x00\x00\x00\x14ftypqt  " + bytes(50), "video/quicktime"),
            (b"\x00\x00\x00\x14ftypmp42" + bytes(50), "video/mp4"),
        ],
    )
    def test_what_phones_make_is_taken_whatever_it_is_called(
        self, data: bytes, mime: str, story: Story
    ) -> None:
        row = hand_in(story, data, "evidence.exe")
        assert row.mime == mime
        assert row.preview is (mime in {"image/png", "image/webp"})

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (papers.PROGRAM, "wrong_type"),
            (b"<!DOCTYPE html><script>alert(1)</script>", "wrong_type"),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "wrong_type"),
            (b"PK\x03\x04" + bytes(100), "wrong_type"),
            (b"RIFF\x24\x00\x00\x00AVI " + bytes(50), "wrong_type"),
            (b"\x00\x00\x00\x14ftypavif" + bytes(50), "wrong_type"),
            (b"#!/bin/sh\nrm -rf /", "wrong_type"),
            (b"", "empty"),
            (b"\xff\xd8\xff" + bytes(MOST_BYTES), "too_large"),
            (papers.pdf(password="1234"), "broken_pdf"),
            (b"%PDF-1.7\n" + bytes(200), "broken_pdf"),
            (papers.pdf(papers.with_open_action), "active_pdf"),
            (papers.pdf(papers.with_named_script), "active_pdf"),
            (papers.pdf(papers.with_page_script), "active_pdf"),
            (papers.pdf(papers.with_button), "active_pdf"),
            (papers.pdf(papers.with_attachment), "active_pdf"),
        ],
    )
    def test_what_is_hostile_or_broken_is_refused_with_what_to_do(
        self, data: bytes, code: str, story: Story
    ) -> None:
        with pytest.raises(BadUpload) as bad:
            hand_in(story, data, "photo.jpg")
        assert bad.value.code == code
        assert bad.value.zh
        assert bad.value.en
        assert not Evidence.objects.exists()

    def test_a_picture_that_would_fill_the_memory_is_kept_and_never_drawn(self, story: Story) -> None:
        row = hand_in(story, papers.bomb())
        assert not row.preview
        assert preview(row) is None
        assert original(row) == papers.bomb()

    def test_a_torn_photograph_is_kept_without_a_preview(self, story: Story) -> None:
        row = hand_in(story, papers.photograph()[:120])
        assert not row.preview

    def test_exactly_the_most_is_taken(self, story: Story) -> None:
        data = b"\xff\xfb" + bytes(MOST_BYTES - 2)
        assert hand_in(story, data).size == MOST_BYTES

    def test_a_virus_is_refused_and_what_nobody_scanned_is_not_called_scanned(
        self, story: Story, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not hand_in(story, papers.png()).scanned

        def infected(_: bytes) -> bool:
            raise Infected

        monkeypatch.setattr(actions, "scan", infected)
        with pytest.raises(BadUpload) as bad:
            hand_in(story, papers.photograph())
        assert bad.value.code == "infected"

    def test_a_case_takes_so_many_and_no_more(self, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "MOST_FILES", 1)
        hand_in(story, papers.png())
        with pytest.raises(BadUpload) as bad:
            hand_in(story, papers.photograph())
        assert bad.value.code == "too_many"

    def test_an_ended_case_takes_nothing_more(self, story: Story) -> None:
        known = hand_in(story, papers.png())
        story.to("withdrawn")
        with pytest.raises(BadUpload) as bad:
            hand_in(story, papers.photograph())
        assert bad.value.code == "ended"
        assert hand_in(story, papers.png()) == known  # what is there already is there

    def test_a_case_that_ends_while_the_file_is_looked_at_takes_nothing(
        self, story: Story, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def slow(data: bytes) -> bytes | None:
            story.to("withdrawn")
            return make_preview(data)

        monkeypatch.setattr(actions, "make_preview", slow)
        with pytest.raises(BadUpload):
            hand_in(story, papers.photograph())
        assert not Evidence.objects.exists()

    def test_a_row_that_fails_leaves_no_file(self, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        before = store.FOLDER.count()

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        monkeypatch.setattr(actions, "append", fail)
        with pytest.raises(RuntimeError):
            hand_in(story, papers.photograph())
        assert store.FOLDER.count() == before
        assert not Evidence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_many_hands_at_once_is_one_piece() -> None:
    agency(GAOPING)
    story, gate, rows = Story(), threading.Barrier(5), []

    def send() -> None:
        gate.wait()
        rows.append(hand_in(story, papers.photograph()))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(rows) == 5
    row = Evidence.objects.get()
    assert {one.pk for one in rows} == {row.pk}
    assert original(row) == papers.photograph()
    assert Event.objects.filter(kind="evidence.received").count() == 1


@given(st.binary(max_size=80))
def test_any_bytes_are_a_kind_or_refused(head: bytes) -> None:
    try:
        kind = kind_of(head[:64])
    except BadUpload as bad:
        assert bad.code in {"empty", "wrong_type"}  # noqa: PT017 - either way is right
    else:
        assert kind in KINDS


@pytest.mark.parametrize("make", [papers.photograph, papers.png, papers.webp])
@given(data=st.data())
def test_a_spoilt_picture_is_drawn_or_not_but_never_a_crash(
    make: Callable[[], bytes], data: st.DataObject
) -> None:
    body = bytearray(make())
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(12, len(body) - 1))] = data.draw(st.integers(0, 255))
    found = make_preview(bytes(body))
    assert found is None or found.startswith(b"\xff\xd8\xff")


def test_what_is_seen_through_is_drawn_on_white() -> None:
    body = make_preview(papers.png(mode="RGBA"))
    assert body is not None
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.getpixel((2, 2)) == (255, 255, 255)
