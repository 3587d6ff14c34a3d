"""Who hands evidence in, and what becomes of it later: other provinces, new keys, erasure."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from nuanxin.audit import keyring, rotation
from nuanxin.audit.actor import NATION, NOWHERE, SYSTEM, Actor, Role
from nuanxin.audit.sealing import key_of
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.personal import ARCHIVE_YEARS, erase
from nuanxin.cases.faults import NoSuchCase, NotPermitted
from nuanxin.cases.models import Case
from nuanxin.config.keys import KeyFile, make_keys
from nuanxin.documents import store
from nuanxin.documents.actions import erase_expired, receive
from nuanxin.documents.queries import evidence_of, original
from tests.factories import papers
from tests.factories.agency import agency
from tests.factories.evidence import hand_in, sealed
from tests.factories.story import CLERK, GAOPING, LAWYER, SHENZHEN, YANGCHENG, Story, person, worker_of


@pytest.fixture
def story(db: Any) -> Story:
    agency(GAOPING)
    return Story()


class TestWho:
    @pytest.mark.parametrize("role", sorted(Role))
    def test_office_roles_hand_in_what_their_office_holds(self, role: str, story: Story) -> None:
        may = role in {"clerk", "decider", "operator", "duty_lawyer"}
        for scope, fits in (
            ((GAOPING, GAOPING + 999_999), may),
            ((140000_000000, 149999_999999), may),
            (NATION, False),  # an office role in the nation is of the national desk alone
            ((1, 2), False),
            (NOWHERE, False),
        ):
            by = Actor("staff", 9, frozenset({role}), scope)
            if fits:
                hand_in(story, papers.png(), by=by)
            else:
                with pytest.raises(NotPermitted):
                    hand_in(story, papers.png(), by=by)

    def test_the_worker_and_the_helper_through_the_code(self, story: Story) -> None:
        hand_in(story, papers.png(), by=Actor("helper", story.case_id, frozenset({Role.HELPER}), NOWHERE))
        with pytest.raises(NotPermitted):
            hand_in(story, papers.png(), by=worker_of(story.case_id + 1))
        with pytest.raises(NoSuchCase):
            receive(case_id=7, file=io.BytesIO(papers.png()), filename="", by=worker_of(7), at=story.at)

    def test_the_lawyer_who_has_it_and_not_the_one_who_was_asked(self, story: Story) -> None:
        story.to("offered")
        with pytest.raises(NotPermitted):
            hand_in(story, papers.png(), by=person(LAWYER))
        Case.objects.filter(pk=story.case_id).update(lawyer=LAWYER, offered_to=0)
        hand_in(story, papers.png(), by=person(LAWYER))

    def test_an_office_that_was_asked_or_has_sent_it_on_only_reads(self, story: Story) -> None:
        Case.objects.filter(pk=story.case_id).update(
            transfer_region=YANGCHENG, transfer_to=1, sent_from=SHENZHEN
        )
        for region in (YANGCHENG, SHENZHEN):
            with pytest.raises(NotPermitted):
                hand_in(story, papers.png(), by=person(CLERK, region))


class TestLater:
    def test_what_was_handed_in_before_is_seen_in_the_next_province(self, story: Story) -> None:
        hand_in(story, papers.png())
        from nuanxin.cases.actions.perform import perform

        story.do("transfer", CLERK, agency=agency(SHENZHEN).pk, text="工地在深圳。")
        new = perform("accept_transfer", case_id=story.case_id, by=person(CLERK, SHENZHEN), at=story.at)
        story.case_id = new.pk
        hand_in(story, papers.photograph())
        assert [row.mime for row in evidence_of(new)] == ["image/png", "image/jpeg"]

    def test_files_go_with_the_persons_of_the_case(self, story: Story) -> None:
        row = hand_in(story, papers.photograph(), "田某某的欠条.jpg")
        other = Story()
        kept = hand_in(other, papers.photograph())
        at = story.to("withdrawn").at + timedelta(days=366 * ARCHIVE_YEARS)
        assert erase_expired(by=SYSTEM, at=at) == 0
        erase(case_id=story.case_id, by=SYSTEM, at=at)
        assert erase_expired(by=SYSTEM, at=at) == 1
        assert erase_expired(by=SYSTEM, at=at) == 0
        row.refresh_from_db()
        assert (row.filename, row.preview, row.erased_at) == ("", False, at)
        assert not sealed(row).exists()
        assert not sealed(row, store.PREVIEW).exists()
        assert evidence_of(story.case) == []
        assert original(kept)
        assert list(verify(story.case_id)) == []

    def test_the_walk_of_the_keys_meets_every_file_once_in_order(self, story: Story) -> None:
        rows = [hand_in(story, papers.photograph(size=(9 + n, 9))) for n in range(7)]
        walk, name, met = store.FOLDER, "", []
        sealed(rows[0]).with_suffix(".original.part").write_bytes(b"half")
        while names := walk.after(name, 3):
            met += names
            name = names[-1]
        assert met == sorted(met)
        assert len(met) == len(set(met)) == walk.count()
        assert {store._name(row.pk, part) for row in rows for part in (store.ORIGINAL, store.PREVIEW)} <= set(
            met
        )
        assert walk.read("44/000/0.original") == b""

    def test_a_change_of_keys_seals_every_file_anew(
        self, db: Any, tmp_path: Path, settings: Settings
    ) -> None:
        make_keys(tmp_path / "keys.json")
        settings.KEYS_FILE = KeyFile(tmp_path / "keys.json")
        settings.MEDIA_ROOT = tmp_path / "evidence"
        keyring.ring(now=True)
        agency(GAOPING)
        story = Story()
        row = hand_in(story, papers.photograph())
        before = sealed(row).read_bytes()
        key = rotation.begin(by=SYSTEM, at=story.at)
        walked = [
            progress
            for progress in rotation.sweep(by=SYSTEM, at=story.at)
            if progress.target == "store:evidence"
        ]
        assert (walked[-1].done, walked[-1].broken) == (2, 0)
        after = sealed(row).read_bytes()
        assert key_of(before) != key_of(after) == key
        assert original(row) == papers.photograph()

    def test_a_file_that_was_dropped_meanwhile_does_not_come_back(self, story: Story) -> None:
        row = hand_in(story, papers.png())
        name = store._name(row.pk, store.ORIGINAL)
        store.drop(row.pk)
        store.FOLDER.replace(name, b"sealed")
        assert not sealed(row).exists()
