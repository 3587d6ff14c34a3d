"""A draft from its first answer to the case it becomes.

Drafts are no cases: they write no event. The event log begins with the case.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from nuanxin.audit.actor import HELPER, NOWHERE, WORKER, Actor, Role
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.submit import Receipt, submit
from nuanxin.cases.rules.intake import Intake
from nuanxin.portal.actions.files import attach, drop_files
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.queries import code_print, token_print
from nuanxin.portal.rules.advice.handover import Filled, merged, without_lone_sum
from nuanxin.portal.rules.codes import new_code
from nuanxin.portal.rules.route import FIRST

KEPT = timedelta(days=30)  # from the last answer
KEPT_AFTER = timedelta(
    days=2
)  # once handed in: for a page sent twice, and for photographs not yet handed over


class AlreadySent(Exception):
    """The draft was handed in before; ``case_id`` says as what."""

    def __init__(self, case_id: int) -> None:
        super().__init__("handed in")
        self.case_id = case_id


def start(
    *, shared_phone: bool, at: datetime, said: Mapping[str, Mapping[str, Any]] | None = None
) -> PortalDraft:
    """A new draft with its token and its code; ``said``: what the pages of advice handed over."""
    token, code = secrets.token_urlsafe(24), new_code()
    with write():
        return PortalDraft.objects.create(
            token_print=token_print(token), code_print=code_print(code), token=token, code=code,
            key=f"draft-{secrets.token_hex(12)}", shared_phone=shared_phone, created_at=at, changed_at=at,
            expires_at=at + KEPT, answers=json.dumps(said, ensure_ascii=False) if said else "",
        )  # fmt: skip


def save(*, draft_id: int, question: str, said: Mapping[str, Any], at: datetime) -> PortalDraft:
    """Keep the answer to one question; the others stay. Raises AlreadySent, and DoesNotExist for one wiped."""
    with write():
        draft = PortalDraft.objects.select_for_update().get(pk=draft_id)
        if draft.case_id:
            raise AlreadySent(draft.case_id)
        answers: Mapping[str, Mapping[str, Any]] = {**draft.said, question: dict(said)}
        if question == FIRST:
            answers = without_lone_sum(answers)
        draft.answers = json.dumps(answers, ensure_ascii=False)
        draft.changed_at, draft.expires_at = at, at + KEPT
        draft.save(update_fields=["answers", "changed_at", "expires_at"])
    return draft


def take_over(*, draft_id: int, given: Filled, at: datetime) -> PortalDraft:
    """Put what the pages of advice know into an open draft. Raises AlreadySent, and DoesNotExist for one wiped."""
    with write():
        draft = PortalDraft.objects.select_for_update().get(pk=draft_id)
        if draft.case_id:
            raise AlreadySent(draft.case_id)
        draft.answers = json.dumps(merged(draft.said, given), ensure_ascii=False)
        draft.changed_at, draft.expires_at = at, at + KEPT
        draft.save(update_fields=["answers", "changed_at", "expires_at"])
    return draft


def hand_in(*, draft_id: int, intake: Intake, body: Mapping[str, Any], at: datetime) -> Receipt:
    """Make the draft a case, once. Raises AlreadySent when it has become one, DoesNotExist for one wiped.

    The body is fixed first: should the server stop before the draft knows its case, the next try hands in
    the same again and is given the same case.
    """
    with write():
        draft = PortalDraft.objects.select_for_update().get(pk=draft_id)
        if draft.case_id:
            raise AlreadySent(draft.case_id)
        if not draft.body:
            draft.body = json.dumps(body, ensure_ascii=False)
            draft.save(update_fields=["body"])
    by = HELPER if intake.helper else WORKER
    receipt = submit(intake=intake, by=by, at=at, key=draft.key, body=json.loads(draft.body))
    with write():
        PortalDraft.objects.filter(pk=draft_id).update(
            case_id=receipt.case_id, answers="", body="", changed_at=at, expires_at=at + KEPT_AFTER
        )
    hand_over(draft_id=draft_id, at=at)
    return receipt


def hand_over(*, draft_id: int, at: datetime) -> int:
    """Give the photographs of a draft to its case; how many."""
    draft = PortalDraft.objects.get(pk=draft_id)
    by = Actor("worker", draft.case_id, frozenset({str(Role.WORKER)}), NOWHERE)
    return attach(draft=draft, by=by, at=at)


def hand_over_rest(at: datetime) -> int:
    """What ``hand_over`` did not finish, because the server stopped in its middle; how many files."""
    left = PortalDraft.objects.filter(case_id__gt=0, files__isnull=False).distinct()
    return sum(hand_over(draft_id=draft.pk, at=at) for draft in left)


def wipe(*, draft_id: int) -> None:
    """Forget a draft and its files now."""
    with write():
        drop_files(PortalDraft.objects.filter(pk=draft_id))
        PortalDraft.objects.filter(pk=draft_id).delete()


def forget(at: datetime) -> int:
    """Delete drafts whose time is over; how many."""
    with write():
        over = PortalDraft.objects.filter(expires_at__lte=at)
        drop_files(over)
        return over.delete()[0]
