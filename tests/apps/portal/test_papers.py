"""Photographs: with the application and afterwards; hashed on arrival, judged by their bytes, given to the case."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nuanxin.documents.models import Evidence
from nuanxin.documents.queries import original
from nuanxin.network.models import Agency
from nuanxin.portal.actions import drafts, files
from nuanxin.portal.models import DraftFile, PortalDraft
from tests.apps.portal import stages, walk
from tests.apps.portal.pictures import photo

pytestmark = pytest.mark.django_db


def _draft(client: Client) -> None:
    walk.at(client, "papers")


def _folder() -> Any:
    return django_settings.MEDIA_ROOT / "drafts"


def test_photographs_are_kept_shown_with_their_fingerprint_and_given_to_the_case(
    zh: Client, office: Agency
) -> None:
    _draft(zh)
    one, two = photo("#aa8855"), photo("#335577", "考勤.jpg")
    digest = hashlib.sha256(one.read()).hexdigest()
    one.seek(0)
    assert zh.post("/apply/papers/", {"photos": [one, two], "go": "on"})["Location"] == "/apply/papers/"
    page = zh.get("/apply/papers/").content.decode()
    assert digest[:16] in page
    assert "考勤.jpg" in page
    assert zh.post("/apply/papers/", {"go": "on"})["Location"] == "/apply/you/"
    walk.fill(zh, {**walk.SIMPLE, "papers": {"go": "on"}})
    assert "2 张照片或材料" in zh.get("/apply/check/").content.decode()
    case = walk.send(zh)
    kept = Evidence.objects.filter(case=case)
    assert {row.sha256 for row in kept} >= {digest}
    assert kept.count() == 2
    assert hashlib.sha256(original(kept.get(sha256=digest))).hexdigest() == digest
    assert not DraftFile.objects.exists()


def test_a_waiting_photograph_is_sealed_on_disk(zh: Client) -> None:
    _draft(zh)
    sent = photo()
    zh.post("/apply/papers/", {"photos": [sent], "go": "on"})
    row = DraftFile.objects.get()
    (path,) = [p for p in _folder().iterdir() if row.sha256 in p.name]
    assert b"JFIF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert hashlib.sha256(files.content(row)).hexdigest() == row.sha256
    drafts.wipe(draft_id=row.draft_id)
    assert not path.exists()


def test_waiting_photographs_follow_a_change_of_keys(zh: Client) -> None:
    from nuanxin.audit.encryption import open_bytes, seal_bytes
    from nuanxin.portal.store import DraftStore, name_of

    _draft(zh)
    zh.post("/apply/papers/", {"photos": [photo()], "go": "on"})
    store, row = DraftStore(), DraftFile.objects.get()
    name = name_of(row)
    assert name in store.after("", store.count())
    plain = open_bytes(store.read(name), context=store.context(name))
    store.replace(name, seal_bytes(plain, context=store.context(name)))
    assert hashlib.sha256(files.content(row)).hexdigest() == row.sha256
    assert store.read("gone") == b""


def test_the_same_photograph_twice_is_one_and_one_may_be_taken_out(zh: Client) -> None:
    _draft(zh)
    for _ in range(2):
        zh.post("/apply/papers/", {"photos": [photo()], "go": "on"})
    row = DraftFile.objects.get()
    zh.post("/apply/papers/", {"remove": str(row.pk)})
    assert not DraftFile.objects.exists()
    assert zh.post("/apply/papers/", {"remove": "999999"}).status_code == 302


HOSTILE = [
    ("virus.jpg", b"MZ\x90\x00" + b"x" * 200, "只收照片"),
    ("run.sh.png", b"#!/bin/sh\nrm -rf /", "只收照片"),
    ("page.jpg", b"<html><script>alert(1)</script>", "只收照片"),
    ("leer.jpg", b"", "是空的"),
    ("broken.pdf", b"%PDF-1.7 nothing", "打不开"),
    ("../../etc/passwd", b"root:x:0:0", "只收照片"),
]


@pytest.mark.parametrize(("name", "data", "says"), HOSTILE)
def test_what_is_no_photograph_is_not_taken_and_the_others_are(
    zh: Client, office: Agency, name: str, data: bytes, says: str
) -> None:
    _draft(zh)
    bad = SimpleUploadedFile(name, data, content_type="image/jpeg")
    page = zh.post("/apply/papers/", {"photos": [photo(), bad], "go": "on"})
    text = page.content.decode()
    assert page.status_code == 200
    assert says in text
    assert "<script>alert" not in text
    assert DraftFile.objects.count() == (0 if not data else 1)
    case = stages.submitted(key=name)
    stages.opened(zh, case)
    bad.seek(0)
    later = zh.post("/follow/papers/", {"photos": [photo(), bad]})
    assert says in later.content.decode()
    assert Evidence.objects.filter(case=case).count() == (0 if not data else 1)


def test_no_photograph_is_no_obstacle_but_an_empty_press_is_asked_about(zh: Client) -> None:
    _draft(zh)
    assert "请填" in zh.post("/apply/papers/", {"go": "on"}).content.decode()
    assert zh.post("/apply/papers/", {"go": "skip"})["Location"] == "/apply/you/"


def test_a_photograph_of_200_mb_is_told_to_be_too_large(zh: Client, settings: Any) -> None:
    _draft(zh)
    settings.UPLOAD_LIMIT = 1000
    page = zh.post("/apply/papers/", {"photos": [SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"x" * 5000)]})
    assert page.status_code == 413
    assert "大" in page.content.decode()
    assert PortalDraft.objects.get().said["amount"] == {"amount": "5200.00"}


def test_a_single_photograph_over_the_limit_is_named(zh: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from nuanxin.portal.forms.apply import PapersForm

    _draft(zh)
    monkeypatch.setattr(PapersForm.base_fields["photos"], "most_bytes", 100)
    text = zh.post("/apply/papers/", {"photos": [photo()]}).content.decode()
    assert "欠条.jpg" in text
    assert 'class="errors"' in text


def test_a_draft_is_full_at_some_point(zh: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 1)
    _draft(zh)
    page = zh.post("/apply/papers/", {"photos": [photo("#111111"), photo("#222222")]})
    assert "放满了" in page.content.decode()
    assert DraftFile.objects.count() == 1


def test_what_a_stopped_server_left_behind_is_handed_over_later(
    zh: Client, office: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    _draft(zh)
    zh.post("/apply/papers/", {"photos": [photo()], "go": "on"})
    walk.fill(zh, {**walk.SIMPLE, "papers": {"go": "on"}})
    monkeypatch.setattr(drafts, "hand_over", lambda **_: 0)
    case = walk.send(zh)
    assert not Evidence.objects.filter(case=case).exists()
    monkeypatch.undo()
    assert drafts.hand_over_rest(timezone.now()) == 1
    assert drafts.hand_over_rest(timezone.now()) == 0
    assert Evidence.objects.filter(case=case).count() == 1


def test_photographs_are_added_to_a_case_and_seen_small(zh: Client, office: Agency) -> None:
    case = stages.submitted()
    stages.opened(zh, case)
    assert zh.post("/follow/papers/", {"photos": [photo()]})["Location"] == "/follow/papers/"
    row = Evidence.objects.get(case=case)
    page = zh.get("/follow/papers/").content.decode()
    assert row.sha256[:16] in page
    small = zh.get(f"/follow/papers/{row.pk}/")
    assert small["Content-Type"] == "image/jpeg"
    assert small["Cache-Control"] == "no-store"
    assert io.BytesIO(small.content).read(3) == b"\xff\xd8\xff"
    other = Client(headers={"accept-language": "zh-hans"})
    stages.opened(other, stages.submitted(key="k2"))
    assert other.get(f"/follow/papers/{row.pk}/").status_code == 404


def test_ten_photographs_on_one_day_are_one_line_of_the_story(zh: Client, office: Agency) -> None:
    stages.opened(zh, stages.submitted())
    zh.post("/follow/papers/", {"photos": [photo(f"#{n}{n}{n}") for n in range(10)]})
    assert "收到您的一份材料 × 10" in zh.get("/follow/case/").content.decode()


def test_nothing_is_added_to_a_case_that_has_ended(zh: Client, office: Agency) -> None:
    case = stages.do(stages.submitted("report"), "advise", text="请找仲裁委")
    stages.opened(zh, case)
    page = zh.post("/follow/papers/", {"photos": [photo()]}).content.decode()
    assert "不能再交材料" in page
    assert not Evidence.objects.exists()
