"""Where a hearing is held. The place is free text of staff, so it stands in the entries, beside the move that set the day."""

from __future__ import annotations

from nuanxin.cases.models import Case, Entry
from nuanxin.cases.rules.clocks import Clock
from nuanxin.cases.rules.stages import HEARING
from nuanxin.cases.upcoming import running

PLACE = "hearing_place"  # the action of the entry


def place_of(case_id: int, clock: Clock) -> str:
    """The place of the hearing of this clock; empty where none was told."""
    found = Entry.objects.filter(case=case_id, action=PLACE, at=clock.started_at).first()
    return (found.text or "") if found is not None else ""


def hearing_place(case: Case) -> str:
    """The place of the hearing that lies ahead. Costs nothing while there is none."""
    ahead = running(case, HEARING)
    return place_of(case.pk, ahead[-1]) if ahead else ""
