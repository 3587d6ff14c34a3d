"""From the outbox to the reader: once, in time, and not at all while stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.transactions import write
from nuanxin.notices import actions, jobs, queries
from nuanxin.notices.actions import NewNotice, SafeContact, enqueue, enqueue_many
from nuanxin.notices.models import Notice, OutboxMessage, Status
from nuanxin.notices.rules.bundling import WAIT, stands_for_all
from nuanxin.notices.rules.timing import MOST_TRIES
from nuanxin.notices.senders.sender import Refused, TryAgain
from tests.factories.notice import AT, PHONE, Fake
from tests.factories.notice import make_notice as put
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
QUIET = SafeContact(may_say_who=False)
BASE = settings.BASE_URL


class TestEnqueue:
    def test_it_is_one_statement(self) -> None:
        with write(), CaptureQueriesContext(connection) as made:
            enqueue(channel="sms", to=PHONE, template="news", values={"number": "1"}, at=AT)
        assert len(made) == 1

    def test_many_are_one_statement(self) -> None:
        wanted = [NewNotice("sms", PHONE, "news", {"number": str(n)}) for n in range(30)]
        with write(ids_needed=30), CaptureQueriesContext(connection) as queries_made:
            ids = enqueue_many(wanted, at=AT)
        assert len(queries_made) == 1
        assert len(set(ids)) == 30

    def test_a_row_that_was_written_plainly_reads_as_the_model_says(self) -> None:
        kept = put(
            channel="email", to="a@example.cn", safe=SafeContact(hours="09:00-12:00", may_say_who=False)
        )
        fresh = Notice(
            id=kept.pk, province=14, case_id=7, channel="email", email="a@example.cn", template="accepted",
            language="zh", values=kept.values, discreet=True, hours="09:00-12:00", next_try_at=AT, created_at=AT,
        )  # fmt: skip
        fields = [field.attname for field in Notice._meta.concrete_fields]
        assert [getattr(kept, name) for name in fields] == [getattr(fresh, name) for name in fields]

    def test_its_id_contains_the_province(self) -> None:
        assert put(province=14).pk >> 46 == 14

    def test_number_and_values_are_sealed_at_rest(self) -> None:
        put(template="received_aid", values={"number": "NX1", "code": "SECRET99", "by": ""})
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM notices_notice")
            stored = str(cursor.fetchall())
        assert PHONE not in stored
        assert "SECRET99" not in stored

    def test_it_dies_with_the_transaction_that_caused_it(self) -> None:
        with transaction.atomic():
            put()
            transaction.set_rollback(True)
        assert Notice.objects.count() == 0

    def test_it_is_found_by_its_number(self) -> None:
        put()
        assert Notice.objects.filter(phone_index="+86 138 0000 1111").count() == 1

    @pytest.mark.parametrize(
        ("wanted", "fault"),
        [
            ({"template": "nothing"}, actions.UnknownMessage),
            ({"values": {"number": "1"}}, actions.MissingValue),
            ({"channel": "pigeon"}, ValueError),
            ({"language": "fr"}, ValueError),
            ({"safe": SafeContact(hours="evening")}, ValueError),
        ],
    )
    def test_what_cannot_be_sent_is_refused_at_once(
        self, wanted: dict[str, Any], fault: type[Exception]
    ) -> None:
        with pytest.raises(fault):
            put(**wanted)

    def test_values_that_no_text_uses_are_not_kept(self) -> None:
        assert "secret" not in put(values={"number": "1", "by": "", "extra": "secret"}).values


class TestSending:
    def test_it_arrives_in_words(self) -> None:
        put()
        assert jobs.send_due(AT) == 1
        message = OutboxMessage.objects.get()
        assert message.recipient == PHONE
        assert message.text == "【暖薪】NX14-0000001-2已受理，2026-03-05前答复您，不收费。"
        notice = Notice.objects.get()
        assert (notice.status, notice.tries, notice.sent_at) == (Status.SENT, 1, AT)

    def test_a_code_that_has_left_is_not_kept(self) -> None:
        put(template="received_aid", values={"number": "NX1", "code": "ABCD2345", "by": ""})
        jobs.send_due(AT)
        assert "ABCD2345" in OutboxMessage.objects.get().text
        notice = Notice.objects.get()
        assert "ABCD2345" not in notice.values
        assert "编号NX1，查询码••••••••" in queries.words_of(notice).text

    def test_english_readers_get_english(self) -> None:
        put(language="en")
        jobs.send_due(AT)
        assert OutboxMessage.objects.get().text.startswith("Nuanxin: NX14-0000001-2 is accepted.")

    def test_who_must_not_be_found_out_gets_a_discreet_text(self) -> None:
        put(safe=QUIET)
        jobs.send_due(AT + WAIT)
        assert OutboxMessage.objects.get().text == (
            "【通知】您好，NX14-0000001-2有新情况，下一步在2026-03-05前。"
            f"查看 {BASE}/f/NX14-0000001-2/ 或短信回复编号和查询码。"
        )

    def test_a_discreet_text_says_until_when_its_reader_has_to_act(self) -> None:
        put(template="supplement_needed", language="en", safe=QUIET)
        jobs.send_due(AT + WAIT)
        assert OutboxMessage.objects.get().text == (
            "Notice: Hello. NX14-0000001-2 waits for you, please act by 2026-03-05. "
            f"Look: {BASE}/f/NX14-0000001-2/ or reply with number and code."
        )

    def test_a_discreet_text_brings_the_code_at_once(self) -> None:
        put(
            template="money_paid_worker",
            values={"number": "NX1", "money": "9", "code": "2-12345678"},
            safe=QUIET,
        )
        assert jobs.send_due(AT) == 1
        assert "2-12345678" in OutboxMessage.objects.get().text
        assert "9元" not in OutboxMessage.objects.get().text

    def test_it_waits_for_the_hours_the_person_allows(self) -> None:
        put(safe=SafeContact(hours="19:00-21:00"))
        assert jobs.send_due(AT) == 0
        assert jobs.send_due(AT + timedelta(hours=9)) == 1

    def test_a_call_that_is_not_wished_does_not_stop_a_text(self) -> None:
        put(safe=SafeContact(may_call=False))
        assert jobs.send_due(AT) == 1

    def test_nothing_is_sent_twice(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        put()
        assert [jobs.send_due(AT), jobs.send_due(AT)] == [1, 0]
        assert len(fake.sent) == 1

    def test_all_that_is_due_leaves_oldest_first(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        ids = [put(at=AT - timedelta(minutes=n)).pk for n in range(25)]
        assert jobs.send_due(AT) == 25
        assert [message.notice_id for message in fake.sent] == ids[::-1]

    def test_the_limit_is_kept(self, gateway: Callable[..., Fake]) -> None:
        gateway()
        for _ in range(15):
            put()
        assert [jobs.send_due(AT, 12), jobs.send_due(AT, 12)] == [12, 3]

    def test_looking_when_nothing_is_due_is_one_read(self) -> None:
        with CaptureQueriesContext(connection) as made:
            jobs.send_due(AT)
        assert len(made) == 1

    def test_a_notice_on_the_desk_is_there_to_read(self) -> None:
        staff = make_staff()
        notice = put(channel="in_app", to=str(staff.pk), template="news", values={"number": "NX1"})
        jobs.send_due(AT)
        assert queries.unread(staff.pk) == 1
        assert queries.words_of(queries.inbox(staff.pk)[0]).text == "NX1有新进展，请查看。"
        assert not actions.mark_read(notice_id=notice.pk, staff_id=staff.pk + 1, at=AT)
        assert actions.mark_read(notice_id=notice.pk, staff_id=staff.pk, at=AT)
        assert queries.unread(staff.pk) == 0

    def test_without_a_way_out_it_waits(self, settings: Any) -> None:
        settings.DEMO = settings.DEBUG = settings.TESTING = False
        put()
        assert jobs.send_due(AT) == 0
        assert Notice.objects.get().status == Status.QUEUED
        from nuanxin.notices.senders.choice import unconfigured

        assert unconfigured() == ["sms", "email"]

    def test_a_gateway_that_may_not_be_used_stops_only_its_own_channel(self, settings: Any) -> None:
        settings.SMS_GATEWAY_URL = "http://sms.example.cn/"  # no TLS
        put()
        put(channel="email", to="a@example.cn")
        assert jobs.send_due(AT) == 1
        assert dict(Notice.objects.values_list("channel", "status")) == {"sms": "queued", "email": "sent"}


class TestBundling:
    def test_discreet_texts_of_a_few_minutes_leave_as_one(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        for minute in range(18):
            put(template="news", at=AT + timedelta(seconds=13 * minute), safe=QUIET)
        assert jobs.send_due(AT + timedelta(minutes=4)) == 0
        assert jobs.send_due(AT + WAIT) == 1
        assert len(fake.sent) == 1
        assert set(Notice.objects.values_list("status", "next_try_at")) == {("sent", None)}
        assert Notice.objects.filter(fault="bundled").count() == 17

    def test_what_its_reader_has_to_do_is_the_one_that_is_told(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        put(template="supplement_needed", safe=QUIET)
        put(template="news", at=AT + timedelta(minutes=1), safe=QUIET)
        jobs.send_due(AT + WAIT)
        assert [message.text.split("。")[0] for message in fake.sent] == [
            "【通知】您好，NX14-0000001-2有一件事等您办，请在2026-03-05前"
        ]

    @pytest.mark.parametrize(
        ("templates", "told"),
        [
            (["news"], 0),
            (["accepted", "news"], 1),
            (["supplement_needed", "news", "kept"], 0),
            (["supplement_needed", "supplement_received", "news"], 2),
            (["supplement_needed", "money_paid", "news"], 1),  # the later of two things to do
            (["money_paid", "supplement_received"], 0),  # answers another one
            (["money_paid", "money_confirmed"], 1),
            (["gone_in_this_release", "news"], 1),
        ],
    )
    def test_which_of_several_is_told(self, templates: list[str], told: int) -> None:
        assert stands_for_all(templates) == told

    def test_cases_people_and_plain_texts_are_kept_apart(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        put(template="news", safe=QUIET)
        put(template="news", safe=QUIET, case_id=8)
        put(template="news", safe=QUIET, to="13800002222")
        put(template="news")
        assert jobs.send_due(AT + WAIT) == 4
        assert len(fake.sent) == 4

    def test_a_bundle_that_did_not_leave_is_tried_again(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway(TryAgain("timeout"))
        put(template="news", safe=QUIET)
        put(template="news", at=AT + timedelta(minutes=1), safe=QUIET)
        jobs.send_due(AT + WAIT)
        assert fake.sent == []
        assert jobs.send_due(AT + WAIT + timedelta(seconds=15)) == 1
        assert len(fake.sent) == 1

    def test_it_keeps_the_hours_the_person_allows(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        safe = SafeContact(hours="08:00-10:03", may_say_who=False)  # AT is 10:00
        put(template="news", safe=safe)
        assert jobs.send_due(AT + WAIT) == 0
        assert jobs.send_due(AT + timedelta(hours=22)) == 1
        assert len(fake.sent) == 1


class TestTryingAgain:
    def test_a_failure_is_tried_again_later(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway(TryAgain("http_500"))
        put()
        jobs.send_due(AT)
        notice = Notice.objects.get()
        assert (notice.status, notice.tries, notice.fault) == (Status.FAILED, 1, "http_500")
        assert jobs.send_due(AT + timedelta(seconds=14)) == 0
        assert jobs.send_due(AT + timedelta(seconds=15)) == 1
        assert len(fake.sent) == 1
        assert Notice.objects.get().status == Status.SENT

    def test_every_try_carries_the_same_key(self, gateway: Callable[..., Fake], monkeypatch: Any) -> None:
        fake = gateway()
        notice = put()
        jobs.send_due(AT)
        Notice.objects.update(status="queued", next_try_at=AT, sent_at=None)
        jobs.send_due(AT)
        assert [message.key for message in fake.sent] == [f"nx-{notice.pk}"] * 2

    def test_the_gateway_may_ask_for_a_longer_wait(self, gateway: Callable[..., Fake]) -> None:
        gateway(TryAgain("too_many", wait=timedelta(minutes=30)))
        put()
        jobs.send_due(AT)
        assert Notice.objects.get().next_try_at == AT + timedelta(minutes=30)

    def test_the_next_try_keeps_the_contact_hours(self, gateway: Callable[..., Fake]) -> None:
        gateway(TryAgain("timeout", wait=timedelta(hours=1)))
        put(safe=SafeContact(hours="09:00-10:30"))
        jobs.send_due(AT)
        assert Notice.objects.get().next_try_at == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)

    def test_after_the_last_try_it_is_dead_and_staff_see_it(self, gateway: Callable[..., Fake]) -> None:
        gateway(*[TryAgain("http_500")] * MOST_TRIES)
        put()
        at = AT
        for _ in range(MOST_TRIES):
            jobs.send_due(at)
            at += timedelta(days=1)
        notice = Notice.objects.get()
        assert (notice.status, notice.tries, notice.next_try_at) == (Status.DEAD, MOST_TRIES, None)
        assert [dead.pk for dead in queries.undelivered([7])] == [notice.pk]
        assert queries.standing() == {"queued": 0, "failed": 0, "held": 0, "dead": 1}
        assert jobs.send_due(at + timedelta(days=9)) == 0

    def test_a_refused_message_is_dead_at_once(self, gateway: Callable[..., Fake]) -> None:
        gateway(Refused("no_such_number"))
        put()
        jobs.send_due(AT)
        assert Notice.objects.get().status == Status.DEAD

    def test_one_refused_message_does_not_stop_the_others(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway(Refused("no_such_number"), None)
        put(), put()
        jobs.send_due(AT)
        assert len(fake.sent) == 1

    def test_when_the_gateway_is_down_the_rest_is_not_tried(self, gateway: Callable[..., Fake]) -> None:
        gateway(TryAgain("unreachable", down=True), Refused("never reached"))
        put(), put()
        jobs.send_due(AT)
        assert sorted(Notice.objects.values_list("status", "tries")) == [("failed", 1), ("queued", 0)]
        assert not Notice.objects.filter(lease__isnull=False).exists()

    def test_staff_send_a_dead_one_again(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway(Refused("no_such_number"))
        notice = put()
        jobs.send_due(AT)
        actions.send_again(notice_id=notice.pk, by=SYSTEM, at=AT)
        jobs.send_due(AT)
        assert len(fake.sent) == 1

    def test_a_worker_that_died_leaves_its_claim_to_another(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        put()
        jobs.claim(AT, 10, {"sms": fake})
        assert jobs.send_due(AT + timedelta(minutes=4)) == 0
        assert jobs.send_due(AT + timedelta(minutes=5)) == 1

    def test_a_worker_that_lost_its_claim_changes_nothing(self, gateway: Callable[..., Fake]) -> None:
        fake = gateway()
        put()
        batch, lease = jobs.claim(AT, 10, {"sms": fake})
        later = AT + timedelta(minutes=6)
        jobs.send_due(later)
        jobs._send_batch(batch, lease, {"sms": fake}, AT)
        assert Notice.objects.get().sent_at == later
