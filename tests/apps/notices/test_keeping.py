"""What staff do with the post: stop it, hold one back, reword, erase."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, WORKER, Role
from nuanxin.audit.models import Event
from nuanxin.notices import actions, jobs, queries
from nuanxin.notices.models import Notice, OutboxMessage, OutgoingFreeze
from nuanxin.notices.senders.sender import Outgoing
from tests.factories.notice import AT, PHONE, Fake
from tests.factories.notice import make_notice as put
from tests.factories.staff import AT as STAFF_AT
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db


class TestStop:
    def test_nothing_leaves_while_stopped_and_all_leaves_after(self) -> None:
        put()
        actions.freeze(reason="演练", by=SYSTEM, at=AT)
        assert jobs.send_due(AT) == 0
        actions.thaw(by=SYSTEM, at=AT)
        assert jobs.send_due(AT) == 1

    def test_a_stop_in_the_middle_of_a_batch_counts_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Stopping(Fake):
            def send(self, message: Outgoing) -> str:
                actions.freeze(reason="停", by=SYSTEM, at=AT)
                return super().send(message)

        fake = Stopping()
        monkeypatch.setattr(jobs, "sender_for", lambda channel: fake)
        put(), put(), put()
        jobs.send_due(AT)
        assert len(fake.sent) == 1
        assert Notice.objects.filter(status="queued", lease__isnull=True).count() == 2

    def test_both_are_recorded_and_neither_can_be_done_twice(self) -> None:
        with pytest.raises(actions.NotThere):
            actions.thaw(by=SYSTEM, at=AT)
        actions.freeze(reason="演练", by=SYSTEM, at=AT)
        with pytest.raises(actions.NotThere):
            actions.freeze(reason="again", by=SYSTEM, at=AT)
        actions.thaw(by=SYSTEM, at=AT)
        kinds = (
            Event.objects.filter(kind__startswith="notices.").order_by("seq").values_list("kind", flat=True)
        )
        assert list(kinds) == ["notices.frozen", "notices.thawed"]
        row = OutgoingFreeze.objects.get()
        assert (row.frozen_at, row.thawed_at, row.reason) == (AT, AT, "演练")

    def test_only_an_administrator_may(self) -> None:
        clerk = actor_for(make_staff(Role.CLERK), STAFF_AT)
        for by in (clerk, WORKER):
            with pytest.raises(PermissionDenied):
                actions.freeze(reason="no", by=by, at=AT)
        admin = actor_for(make_staff(Role.ADMINISTRATOR, 0), STAFF_AT)
        actions.freeze(reason="yes", by=admin, at=AT)

    def test_one_notice_can_be_held_and_let_go(self) -> None:
        notice = put()
        actions.hold(notice_id=notice.pk, by=SYSTEM, at=AT)
        assert jobs.send_due(AT) == 0
        with pytest.raises(actions.NotThere):
            actions.hold(notice_id=notice.pk, by=SYSTEM, at=AT)
        actions.send_again(notice_id=notice.pk, by=SYSTEM, at=AT)
        assert jobs.send_due(AT) == 1


class TestRewording:
    def test_the_newest_version_counts(self) -> None:
        for text in ("第一版{number}。", "第二版{number}。"):
            actions.reword(key="accepted", texts={"zh": text}, by=SYSTEM, at=AT)
        put()
        jobs.send_due(AT)
        assert OutboxMessage.objects.get().text == "【暖薪】第二版NX14-0000001-2。"
        assert Notice.objects.get().wording == 2

    def test_an_empty_text_is_the_default_again(self) -> None:
        actions.reword(key="accepted", texts={"en": "{number}"}, by=SYSTEM, at=AT)
        assert "已受理" in queries.words_of(put()).text

    @pytest.mark.parametrize("text", ["{name}", "{number", "{code}", "[{number}"])
    def test_a_place_that_the_message_cannot_fill_is_refused(self, text: str) -> None:
        with pytest.raises(ValidationError) as fault:
            actions.reword(key="accepted", texts={"zh": text}, by=SYSTEM, at=AT)
        assert list(fault.value.message_dict) == ["zh"]

    def test_an_unknown_message_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            actions.reword(key="nothing", texts={}, by=SYSTEM, at=AT)

    def test_a_message_that_cannot_be_written_is_put_aside(self) -> None:
        notice = put()
        Notice.objects.filter(pk=notice.pk).update(template="gone")
        jobs.send_due(AT)
        assert Notice.objects.get().fault == "unwritable"


class TestErasing:
    def test_a_case_is_emptied_and_what_waits_never_leaves(self) -> None:
        put(), put()
        jobs.send_due(AT, 1)
        put(case_id=8)
        assert actions.erase_cases(case_ids=[7], at=AT) == 2
        assert set(Notice.objects.filter(case_id=7).values_list("phone", "phone_index", "values")) == {
            ("", None, "")
        }
        jobs.send_due(AT)
        assert set(OutboxMessage.objects.values_list("case_id", flat=True)) == {8}
        erased = Notice.objects.get(case_id=7, status="dead")
        with pytest.raises(actions.NotThere):
            actions.send_again(notice_id=erased.pk, by=SYSTEM, at=AT)

    def test_texts_from_a_number_are_deleted(self) -> None:
        actions.take_in(gateway_id="1", phone=PHONE, text="x", at=AT)
        assert actions.erase_phone(phone=PHONE) == 1


@pytest.mark.parametrize(
    "changes",
    [{"status": "sent"}, {"next_try_at": None}, {"aside_at": AT}, {"lease": b"x" * 16}, {"status": "odd"}],
)
def test_impossible_rows_are_refused_by_the_database(changes: dict[str, Any]) -> None:
    put()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**changes)
