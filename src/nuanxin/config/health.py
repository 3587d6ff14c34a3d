"""``/healthz``: the process answers. ``/readyz``: it can work. ``/metrics``: figures for Prometheus."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import public_route
from nuanxin.config import metrics as figures
from nuanxin.config import schedule

_migrated: set[str] = set()  # databases seen complete; a process need not look again


@public_route("says only that the process answers")
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@public_route("says only whether the service can do its work")
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503. The worker's heartbeat is only told."""
    checks: dict[str, object] = {"database": _database_answers()}
    checks["migrations"] = checks["database"] is True and _migrations_applied()
    good = all(value is True for value in checks.values())
    if good:
        checks["worker_seconds_ago"] = schedule.seconds_since_heartbeat(datetime.now(UTC))
    return JsonResponse({"status": "ready" if good else "not ready", **checks}, status=200 if good else 503)


@public_route("counts without anything about people or cases; a deployer's proxy may close it")
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of all server processes and of the work queue, in Prometheus' text form."""
    body, content_type = figures.exposition(datetime.now(UTC))
    return HttpResponse(body, content_type=content_type)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_applied() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(name)
    return True
