"""What every form of the public face shares: kept answers, the day, and faults found by the door itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language

from nuanxin.cases.rules.intake import BadIntake, Intake, read_intake
from nuanxin.network.queries import UnknownPlace, parse_place
from nuanxin.portal.forms.fields import WhenField
from nuanxin.portal.rules.route import Answers
from nuanxin.ui.forms import Form

Fault = Mapping[str, Any]


class QuestionForm(Form):
    """One page of questions. ``kept`` is what was answered before, ``answers`` all that was said so far."""

    lone_heading = True

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        today: date,
        kept: Mapping[str, Any] | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.answers: Answers = answers or {}
        self.today = today
        self.again = False  # the page needs another look before it can be left, and nothing is wrong
        super().__init__(data, files, initial=dict(kept or {}))
        for field in self.fields.values():
            if isinstance(field, WhenField):
                field.latest = today
        self.tune()

    def tune(self) -> None:
        """Fit the fields to what was answered before."""

    def keep(self) -> dict[str, Any]:
        """The clean answers as plain JSON."""
        return {name: _as_json(value) for name, value in self.cleaned_data.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return list(value) if isinstance(value, tuple | set) else value


def place_known(code: str) -> bool:
    """Whether a six-digit code is a place."""
    try:
        parse_place(code)
    except UnknownPlace:
        return False
    return True


def read_body(body: Mapping[str, Any], today: date) -> tuple[Intake | None, list[Fault]]:
    """Read a body as the door does: the intake, or every fault."""
    try:
        return read_intake(dict(body), place_known=place_known, today=today), []
    except BadIntake as bad:
        return None, list(bad.faults)


def said(fault: Fault) -> str:
    """The sentence of a fault in the language of the page."""
    return str(fault["message"]["en" if (get_language() or "").startswith("en") else "zh"])


def put(form: forms.BaseForm, field: str, fault: Fault) -> None:
    """Show a fault of the door at its field, once, unless the field has found one itself."""
    target = field if field in form.fields else None
    if target is None or not form.has_error(target):
        form.add_error(target, said(fault))
