"""Reads of documents."""

from __future__ import annotations

from django.db.models import F

from nuanxin.cases.models import Case
from nuanxin.cases.queries.opening import earlier_numbers
from nuanxin.documents import store
from nuanxin.documents.models import Evidence


def evidence_of(case: Case) -> list[Evidence]:
    """Everything handed in on a case, in the order of arrival, also before it went on in another province."""
    rows = Evidence.objects.filter(case__in=[case.pk, *earlier_numbers(case)], erased_at__isnull=True)
    return list(rows.order_by("received_at", "id"))


def arrived_since_asked(case_id: int) -> int:
    """How many papers came in since the office asked for what is missing."""
    return Evidence.objects.filter(case=case_id, received_at__gte=F("case__supplement_asked_at")).count()


def original(row: Evidence) -> bytes:
    """The original bytes. Raises SealBroken when the file was tampered with."""
    return store.get(row.id, store.ORIGINAL)


def preview(row: Evidence) -> bytes | None:
    """The preview as a JPEG, or None where there is none."""
    return store.get(row.id, store.PREVIEW) if row.preview else None
