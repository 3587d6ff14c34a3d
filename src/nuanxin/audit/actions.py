"""What this room itself writes to the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import province_of
from nuanxin.audit.models import Event
from nuanxin.audit.personal import declaration
from nuanxin.audit.streams import staff_stream
from nuanxin.audit.transactions import write


def record_unmasking(
    *, row: models.Model, fields: Sequence[str], by: Actor, at: datetime, case: int = 0
) -> Event:
    """Say in the log that ``by`` is about to see personal fields of ``row`` in full; write it before showing them.

    Raises ValueError for a field that the model does not declare personal: there would be nothing to unmask.
    """
    model = type(row)
    undeclared = set(fields) - set(declaration(model).personal)
    if undeclared:
        raise ValueError(f"{model._meta.label} does not declare {', '.join(sorted(undeclared))} personal")
    said = {"table": model._meta.label_lower, "row": int(row.pk), "fields": sorted(fields), "case": case}
    with write():
        event = NewEvent(staff_stream(by.id), province_of(case), "personal.unmasked", said)
        return append([event], by=by, at=at)[0]
