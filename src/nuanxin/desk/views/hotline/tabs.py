"""The tabs above every page of the hotline: a row for each page, shown to those who may open it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuanxin.audit.actor import Actor, Role
from nuanxin.hotline.permissions import OVERSEES
from nuanxin.ui.parts import Tab, Text

_TALKS: frozenset[str] = frozenset({Role.OPERATOR, Role.DUTY_LAWYER})
_PAGES: Sequence[tuple[str, Text, frozenset[str]]] = (
    ("hotline", _("Calls"), frozenset({Role.OPERATOR, Role.DUTY_LAWYER, Role.SUPERVISOR})),
    ("hotline_call_backs", _("Call-backs"), frozenset({Role.OPERATOR, Role.DUTY_LAWYER, Role.SUPERVISOR})),
    ("hotline_duty", _("My duties"), frozenset({Role.OPERATOR, Role.DUTY_LAWYER})),
    ("hotline_roster", _("Duty roster"), frozenset({Role.ADMINISTRATOR, Role.DECIDER, Role.SUPERVISOR})),
    ("hotline_board", _("Board"), OVERSEES),
    ("hotline_reports", _("Reports"), OVERSEES),
    ("hotline_under_way", _("Calls under way"), frozenset({Role.SUPERVISOR})),
    ("hotline_quality", _("Quality"), _TALKS | {Role.SUPERVISOR, Role.DECIDER, Role.AUDITOR}),
    ("hotline_dissatisfied", _("Not satisfied"), _TALKS | {Role.SUPERVISOR, Role.DECIDER, Role.AUDITOR}),
    ("hotline_interpreters", _("Interpreters"), _TALKS | {Role.SUPERVISOR, Role.ADMINISTRATOR}),
    ("hotline_register", _("Register"), frozenset({Role.ADMINISTRATOR})),
    ("hotline_questions", _("Questions"), frozenset({Role.DUTY_LAWYER})),
    ("hotline_answers", _("Public answers"), frozenset({Role.DUTY_LAWYER, Role.DECIDER, Role.SUPERVISOR})),
)


def tabs(actor: Actor, current: str) -> list[Tab]:
    """The pages this person has, ``current`` marked by its address's name."""
    return [
        Tab(title, reverse(f"desk:{name}"), None, name == current)
        for name, title, roles in _PAGES
        if roles & actor.roles
    ]
