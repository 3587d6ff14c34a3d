"""Cases for tests, opened through the one door for all."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from nuanxin.audit.actor import WORKER, Actor
from nuanxin.cases.actions.submit import submit
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import read_intake

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday morning in China, under a published calendar
_numbers = itertools.count(1)


def body(**changes: Any) -> dict[str, Any]:
    """What a door sends: a worker with unpaid wages in Gaoping. ``applicant`` is merged, the rest replaced."""
    n = next(_numbers)
    person = {"name": f"测试工友{n}", "phone": f"139{n:08d}", **changes.pop("applicant", {})}
    sent = {
        "door": "counter",
        "kind": "aid",
        "applicant": person,
        "place": "140581",
        "items": ["wages"],
        "workers": 1,
        "amount_claimed": "5200.00",
        "respondents": [{"name": f"测试建筑{n}有限公司", "role": "employer", "kind": "licensed_unit"}],
        "story": {"text": "干了三个月，一分钱没给。"},
        "consent": True,
        **changes,
    }
    return {key: value for key, value in sent.items() if value is not None}


def open_case(
    *, by: Actor = WORKER, at: datetime = AT, sent: Mapping[str, Any] | None = None, **changes: Any
) -> Case:
    """Open a case for ``sent``, or for a plain body with changes."""
    told = dict(sent) if sent is not None else body(**changes)
    intake = read_intake(told, place_known=lambda _: True, today=at.astimezone(SHANGHAI).date())
    receipt = submit(intake=intake, by=by, at=at, key=f"test-intake-{next(_numbers):08d}", body=told)
    return Case.objects.get(pk=receipt.case_id)
