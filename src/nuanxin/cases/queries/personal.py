"""What is held about one worker, for that worker to see (PIPL art. 45): numbers masked, own words whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nuanxin.audit.masking import mask_bank, mask_id, mask_phone
from nuanxin.audit.models import Event
from nuanxin.cases.actions.personal import ARCHIVE_YEARS
from nuanxin.cases.models import Case, Entry, Respondent, Submission, Worker

SEEN = "personal.seen"  # on the case's stream: somebody of the staff looked at a masked number


@dataclass(frozen=True, slots=True)
class Held:
    """Everything held about a worker in one case. ``words``: what they said themselves, with the day.

    ``seen``: how often staff have looked at a masked number of the case. ``kept_years``: how long after its
    end a file is kept.
    """

    name: str
    phone: str
    resident_id: str
    bank_card: str
    may_call: bool
    call_hours: str
    may_say_who: bool
    passphrase: bool
    languages: list[str]
    needs: list[str]
    helper: str
    helper_phone: str
    others: list[str]
    words: list[tuple[datetime, str]]
    consent_on: date | None
    seen: int
    kept_years: int


def held_about(case_id: int, seq: int) -> Held | None:
    """What is held about the worker with this roster number (0: the applicant); None where there is nobody."""
    worker = (
        Worker.objects.select_related("case")
        .filter(case=case_id, seq=seq or 1, erased_at__isnull=True)
        .first()
    )
    if worker is None:
        return None
    case: Case = worker.case
    first = seq <= 1  # the applicant; other members of a group said nothing themselves
    helper = Submission.objects.filter(case=case_id).exclude(helper_name="").first() if first else None
    said = Entry.objects.filter(case=case_id, by_kind__in=("worker", "helper")).order_by("at")
    return Held(
        name=worker.name,
        phone=mask_phone(worker.phone or ""),
        resident_id=mask_id(worker.resident_id or ""),
        bank_card=mask_bank(worker.bank_card or ""),
        may_call=worker.may_call,
        call_hours=worker.call_hours,
        may_say_who=worker.may_say_who,
        passphrase=bool(worker.passphrase),
        languages=list(case.languages) if first else [],
        needs=list(case.needs) if first else [],
        helper=helper.helper_name if helper else "",
        helper_phone=mask_phone(helper.helper_phone or "") if helper else "",
        others=[
            name for name in Respondent.objects.filter(case=case_id).values_list("name", flat=True) if name
        ],
        words=[(entry.at, entry.text) for entry in said if entry.text] if first else [],
        consent_on=worker.consent_on,
        seen=Event.objects.filter(stream=case_id, kind=SEEN).count(),
        kept_years=ARCHIVE_YEARS,
    )
