"""Cases brought as far as a test needs them, through the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.roster import import_roster
from nuanxin.cases.actions.submit import submit
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import read_intake
from nuanxin.cases.rules.ledger import MoneyStep, Way

SHANXI = (140000_000000, 149999_999999)
CLERK = Actor("staff", 11, frozenset({str(Role.CLERK)}), SHANXI, 1)
DECIDER = Actor("staff", 12, frozenset({str(Role.DECIDER)}), SHANXI, 1)
PUBLIC = Actor("worker", 0, frozenset({str(Role.WORKER)}), (0, 0))


def now() -> datetime:
    """The present, as the request will read it a moment later."""
    return timezone.now() - timedelta(minutes=5)


def submitted(kind: str = "aid", key: str = "k1", **more: Any) -> Case:
    """A case just handed in."""
    body: dict[str, Any] = {
        "door": "web", "kind": kind, "consent": True, "place": "140581", "items": ["wages"],
        "applicant": {"name": "田某某", "phone": "13912345678"}, "story": {"text": "欠三个月工资"},
        "amount_claimed": "5200.00", **more,
    }  # fmt: skip
    at = now()
    intake = read_intake(body, place_known=lambda _: True, today=at.astimezone(SHANGHAI).date())
    receipt = submit(intake=intake, by=PUBLIC, at=at, key=f"stage-{key}", body=body)
    return Case.objects.get(pk=receipt.case_id)


def do(case: Case, action: str, by: Actor = CLERK, **form: Any) -> Case:
    """One move by staff."""
    return perform(action, case_id=case.pk, by=by, at=now(), form=form)


def paid(case: Case, fen: int = 312_000, seq: int = 1) -> Case:
    """Money recorded as paid to one worker of a case."""
    entry = Sum(MoneyStep.PAID, {seq: fen}, Way.DOCUMENT, now().astimezone(SHANGHAI).date())
    return record(case_id=case.pk, by=CLERK, at=now(), entry=entry)


def group(workers: int = 3) -> Case:
    """A group with its roster."""
    case = submitted(workers=workers, amount_claimed="9000.00")
    do(case, "accept")
    names = ["田某某", *(f"工友{n}" for n in range(2, workers + 1))]
    rows = [{"name": name, "phone": f"1390000000{n}", "claimed": "3000.00"} for n, name in enumerate(names)]
    import_roster(case_id=case.pk, by=CLERK, at=now(), rows=rows)
    return Case.objects.get(pk=case.pk)


def opened(client: Client, case: Case, code: str = "") -> Client:
    """The browser after number and code."""
    sent = client.post(
        "/follow/", {"number": case.number, "code": code or follow_code(case.pk, case.code_epoch)}
    )
    assert sent.status_code == 302, sent.content.decode()
    assert sent["Location"] == "/follow/case/"
    return client
