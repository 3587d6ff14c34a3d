"""Several workers at once: each notice leaves once."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection

from nuanxin.notices import jobs
from nuanxin.notices.actions import NewNotice, enqueue_many
from nuanxin.notices.models import Notice
from nuanxin.notices.senders.sender import Outgoing

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_notice_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: Counter[str] = Counter()
    lock = threading.Lock()

    class Counting:
        def send(self, message: Outgoing) -> str:
            with lock:
                sent[message.key] += 1
            return "id"

    monkeypatch.setattr(jobs, "sender_for", lambda channel: Counting())
    enqueue_many([NewNotice("sms", "13800001111", "news", {"number": str(n)}) for n in range(60)], at=AT)
    start = threading.Barrier(4)
    faults: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            while jobs.send_due(AT, 20):
                pass
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert len(sent) == 60
    assert set(sent.values()) == {1}
    assert Notice.objects.filter(status="sent").count() == 60
