"""The event log: rows that are added and never changed, chained for each stream."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models

if TYPE_CHECKING:  # the stubs' fields are generic, Django's are not
    _Text = models.TextField[dict[str, Any], dict[str, Any]]
else:
    _Text = models.TextField


class AppendOnly(Exception):
    """Somebody tried to change or delete an event."""


def canonical(payload: dict[str, Any]) -> str:
    """The one spelling of a payload: sorted keys, no spaces. What is stored, and what the chain covers."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class PayloadField(_Text):
    """A dict, stored as canonical JSON text: byte for byte what the chain covers, on both databases."""

    description = "canonical JSON"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return canonical(value) if isinstance(value, dict) else value

    def value_to_string(self, obj: models.Model) -> str:
        return canonical(self.value_from_object(obj))


class EventQuerySet(models.QuerySet["Event"]):
    """Reads as any other; writes are for ``audit.events.append`` alone."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly("events are written by audit.events.append and never changed")

    update = delete = bulk_update = create = _refuse


class Event(models.Model):
    """One fact that happened: coded values and row ids only, so that erasing a person never breaks the chain.

    ``seq`` counts 1..n in its ``stream`` (a case, or one of ``audit.streams``). ``recorded_at`` is when it
    was written, ``effective_on`` the legal day it counts from (Asia/Shanghai). ``mac`` covers the row and the
    mac before it. Triggers in the database refuse UPDATE and DELETE.
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.PositiveSmallIntegerField()
    stream = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    effective_on = models.DateField(null=True)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.BigIntegerField()
    payload = PayloadField()
    mac = models.BinaryField(max_length=32)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="audit_event_in_order")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"{self.kind} ({self.stream}:{self.seq})"

    def save(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: ``audit.events.append`` is the only writer."""
        raise AppendOnly("events are written by audit.events.append")

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: events stay."""
        raise AppendOnly("events are never deleted")


class Head(models.Model):
    """The end of one stream. ``proof`` seals (stream, seq, mac), so that hiding a cut tail needs the key.

    ``exported`` is the last ``seq`` that a checkpoint outside the database has.
    """

    stream = models.BigIntegerField(primary_key=True)
    seq = models.PositiveIntegerField()
    mac = models.BinaryField(max_length=32)
    proof = models.BinaryField(max_length=32)
    exported = models.PositiveIntegerField(default=0)

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.stream}:{self.seq}"
