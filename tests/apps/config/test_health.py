"""The three addresses that tell a deployer how the service is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from nuanxin.config import schedule
from nuanxin.config.schedule import Standing

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_process_that_answers_is_healthy(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_migrated_database_is_ready_whether_or_not_a_worker_ever_ran(client: Client) -> None:
    body = client.get("/readyz").json()
    assert body == {"status": "ready", "database": True, "migrations": True, "worker_seconds_ago": None}


def test_the_workers_heartbeat_is_told_in_seconds() -> None:
    schedule.save([], AT)
    assert schedule.seconds_since_heartbeat(AT + timedelta(seconds=7)) == 7.0


def test_metrics_tell_routes_and_jobs_but_no_numbers_of_cases(client: Client) -> None:
    schedule.save([("cases.sweep", Standing(started_at=AT, succeeded_at=AT, failures=2))], AT)
    client.get("/healthz?phone=13812345678")
    text = client.get("/metrics").content.decode()
    assert 'nuanxin_requests_total{method="GET",route="healthz",status="200"}' in text
    assert 'nuanxin_job_failures{job="cases.sweep"} 2.0' in text
    assert "13812345678" not in text


def test_health_pages_are_never_cached(client: Client) -> None:
    assert "no-store" in client.get("/readyz").headers["Cache-Control"]
