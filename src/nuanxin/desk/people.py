"""The people of a case: their numbers, masked, how to speak with them without harm, and what they ask of us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.masking import mask_bank, mask_id, mask_phone
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.casefile import CaseFile
from nuanxin.desk.wording import speaking
from nuanxin.desk.wording.actions import EVENTS
from nuanxin.ui.parts import Fact, Text

# Who may see a whole number: those who work on the case, never those who only read it.
UNMASKS: frozenset[str] = frozenset({Role.CLERK, Role.DECIDER, Role.OPERATOR, Role.DUTY_LAWYER, Role.BUREAU})
CORRECTS: frozenset[str] = frozenset({Role.CLERK, Role.DECIDER, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class Secret:
    """A personal number: masked, with a button, or whole for this once."""

    label: Text
    what: str
    masked: str
    seq: int = 1
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The contact: name, numbers, and how to speak with them without harm."""

    name: str
    secrets: Sequence[Secret]
    warnings: Sequence[Text]
    notes: Sequence[Fact]


def person_of(file: CaseFile, by: Actor, whole: tuple[int, str] | None) -> Person:
    worker = file.contact
    assert worker is not None
    warnings: list[Text] = []
    if not worker.may_call:
        warnings.append(_("Do not ring: send a text message or wait for them."))
    if worker.call_hours:
        warnings.append(_("Ring only between %(hours)s.") % {"hours": worker.call_hours})
    if not worker.may_say_who:
        warnings.append(_("Do not say who is calling before you are sure whom you speak with."))
    notes = [Fact(_("Needs"), speaking.needs(file.case.needs))] if file.case.needs else []
    if file.case.languages:
        notes.append(Fact(_("Languages"), speaking.languages(file.case.languages)))
    return Person(worker.name, secrets_of(worker, shows(file.case, by), whole), warnings, notes)


def shows(case: Case, by: Actor) -> bool:
    """Whether this person may see whole numbers of this case."""
    if by.has(Role.LAWYER) and case.lawyer == by.id:
        return True
    regions = [case.holder_region, *([case.transfer_region] if case.transfer_region else [])]
    return any(by.reaches(region, UNMASKS) for region in regions)


def may_correct(case: Case, by: Actor) -> bool:
    """Whether this person may correct what is held about the workers of this case."""
    return by.reaches(case.holder_region, CORRECTS)


def secrets_of(worker: Worker, allowed: bool, whole: tuple[int, str] | None = None) -> list[Secret]:
    """The personal numbers of a worker: masked unless asked for this once."""
    values: tuple[tuple[str, Text, str | None, str], ...] = (
        ("phone", _("Telephone"), worker.phone, mask_phone(worker.phone or "")),
        ("resident_id", _("Resident ID"), worker.resident_id, mask_id(worker.resident_id or "")),
        ("bank_card", _("Bank card"), worker.bank_card, mask_bank(worker.bank_card or "")),
        ("passphrase", _("Passphrase"), worker.passphrase, "••••••"),
    )
    return [
        Secret(
            title, what if allowed else "", masked, worker.seq,
            value if allowed and whole == (worker.seq, what) else "",
        )
        for what, title, value, masked in values
        if value
    ]  # fmt: skip


def wish_of(file: CaseFile) -> str:
    """The worker's latest wish for correction or erasure, as long as nothing was corrected since."""
    kinds = {"case.ask_correction", "case.ask_erasure", "case.person_corrected"}
    latest = next((event for event in file.events if event.kind in kinds), None)
    if latest is None or latest.kind == "case.person_corrected":
        return ""
    action = latest.kind.removeprefix("case.")
    told = next((e.text for e in file.entries if e.action == action and e.at == latest.recorded_at), "")
    return told or str(EVENTS[latest.kind])
