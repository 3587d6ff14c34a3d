"""A worker's rights over their data: see it, have it corrected, have it erased when the archive period is over.

The event log holds no names, numbers or texts, so erasing a person leaves the chain whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.encryption import blind_index
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.money import CONTACT
from nuanxin.cases.actions.tell import Own, tell_each
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.models import Case, ClaimVersion, Entry, NameGram, Respondent, Submission, Worker
from nuanxin.cases.queries.loading import load_for_move
from nuanxin.cases.rules import reading
from nuanxin.cases.rules.grams import firm_grams, person_grams
from nuanxin.cases.rules.reading import Faults
from nuanxin.cases.rules.states import ENDED
from nuanxin.notices.actions import erase_cases, erase_phone

# How long a closed file is kept before a person in it may be erased. Archive rules of the provinces differ;
# a deployment sets its own period (mark: to be confirmed with the archive rules in force).
ARCHIVE_YEARS = 10
ERASED = "case.persons_erased"  # rooms above read this event and erase what they hold
CORRECTABLE = {"name", "phone", "resident_id", "bank_card"}
_OFFICERS = frozenset({Role.CLERK, Role.DECIDER, Role.OPERATOR})
_INDEX = {"phone": "phone", "resident_id": "id", "bank_card": "bank"}


def correct(*, case_id: int, seq: int, by: Actor, at: datetime, changes: dict[str, str]) -> None:
    """Correct what is held about one worker. Values are checked as at the door. Raises Refused with what to do."""
    values = _checked(changes)
    with write():
        case, worker, head = _load(case_id, seq)
        if not by.reaches(case.holder_region, _OFFICERS):
            raise NotPermitted
        for name, value in values.items():
            setattr(worker, name, value)
            if name in _INDEX:
                setattr(worker, f"{name}_index", blind_index(_INDEX[name], value) if value else None)
        worker.save(update_fields=[*values, *(f"{n}_index" for n in values if n in _INDEX)])
        if "name" in values:
            rebuild_grams(case)
        payload = {"worker": worker.id, "seq": seq, "fields": sorted(values)}
        append([NewEvent(case.id, case.province, "case.person_corrected", payload)], by=by, at=at, head=head)
        if (
            values.get("phone")
            and worker.seq > CONTACT
            and worker.left_on is None
            and case.state not in ENDED
        ):
            # Number and code went to nobody, or to a wrong number, until now.
            tell_each(case, [Own(worker, "joined_group")], at=at)


def _checked(changes: dict[str, str]) -> dict[str, str]:
    faults = Faults()
    read: dict[str, Any] = {
        "name": lambda: reading.name(faults, changes, "/name"),
        "phone": lambda: reading.phone(faults, changes, "/phone"),
        "resident_id": lambda: reading.resident_id(faults, changes, "/resident_id"),
        "bank_card": lambda: reading.bank_card(faults, changes, "/bank_card"),
    }
    values = {key: str(read[key]()) for key in changes if key in CORRECTABLE}
    if faults.found:
        message = faults.found[0]["message"]
        raise Refused(faults.found[0]["code"], message["zh"], message["en"])
    if not values:
        raise Refused("nothing", "请填要改的内容。", "Fill in what is to be corrected.")
    return values


def erase(*, case_id: int, by: Actor, at: datetime) -> None:
    """Erase every person of an ended case whose archive period is over (PIPL art. 47).

    Names, numbers and texts go; ids, codes, sums and events stay. Raises Refused while the case is open or the
    archive period runs.
    """
    with write():
        loaded = load_for_move(case_id)
        if loaded is None:
            raise NoSuchCase
        case = loaded.case
        if not (by.has(Role.SYSTEM) or (by.has(Role.ADMINISTRATOR) and by.in_scope(case.holder_region))):
            raise NotPermitted
        _may_erase(case, at)
        phones = [worker.phone for worker in Worker.objects.filter(case=case_id).exclude(phone_index=None)]
        Worker.objects.filter(case=case_id).update(
            name="（已删除）", phone="", phone_index=None, resident_id="", resident_id_index=None, bank_card="",
            bank_card_index=None, passphrase="", call_hours="", erased_at=at,
        )  # fmt: skip
        parties = Respondent.objects.filter(case=case_id)
        parties.update(phone="")
        parties.exclude(kind__in=("licensed_unit", "unlicensed_unit")).update(name="")  # may name a person
        Entry.objects.filter(case=case_id).update(text="")
        Submission.objects.filter(case=case_id).update(
            helper_name="", helper_phone="", helper_phone_index=None, helper_relation="", body=""
        )
        ClaimVersion.objects.filter(case=case_id).update(facts={}, changes={})
        NameGram.objects.filter(case=case_id).delete()
        _erase_messages(case_id, phones, at)
        append([NewEvent(case.id, case.province, ERASED, {})], by=by, at=at, head=loaded.head)


def _erase_messages(case_id: int, phones: list[str], at: datetime) -> None:
    """What was sent to them goes; what they sent by text, unless they have another case that is still kept."""
    erase_cases(case_ids=[case_id], at=at)
    for phone in phones:
        if not Worker.objects.filter(phone_index=phone).exists():
            erase_phone(phone=phone)


def _may_erase(case: Case, at: datetime) -> None:
    if case.state not in ENDED or case.closed_at is None:
        raise Refused("open", "案件还没结束，不能删除。", "The case is still open; nothing can be erased.")
    if at < case.closed_at + timedelta(days=round(365.25 * ARCHIVE_YEARS)):
        raise Refused(
            "archive",
            f"档案保存期（{ARCHIVE_YEARS} 年）还没满，期满后删除；在此之前只保存，不作他用。",
            f"The archive period of {ARCHIVE_YEARS} years is not over. Until then the data are only stored, not used.",
        )


def erasable(at: datetime, limit: int = 100) -> list[int]:
    """Ended cases whose archive period is over and whose persons are still there."""
    before = at - timedelta(days=round(365.25 * ARCHIVE_YEARS))
    found = Case.objects.filter(closed_at__lt=before, workers__erased_at__isnull=True).distinct()
    return list(found.values_list("pk", flat=True)[:limit])


def _load(case_id: int, seq: int) -> tuple[Case, Worker, Any]:
    loaded = load_for_move(case_id)
    worker = Worker.objects.filter(case=case_id, seq=seq, erased_at__isnull=True).first()
    if loaded is None or worker is None:
        raise NoSuchCase
    return loaded.case, worker, loaded.head


def rebuild_grams(case: Case, coming: Sequence[Respondent] = ()) -> None:
    """The pieces of all names on a case anew; ``coming``: parties that are stored with the move."""
    NameGram.objects.filter(case=case.pk).delete()
    found: set[str] = set()
    for name in Worker.objects.filter(case=case.pk).values_list("name", flat=True):
        found |= person_grams(name)
    for name in Respondent.objects.filter(case=case.pk).values_list("name", flat=True):
        found |= firm_grams(name)
    for party in coming:
        found |= firm_grams(party.name)
    NameGram.objects.bulk_create([NameGram(gram=gram, case=case) for gram in sorted(found)])
