"""The form by which one worker leaves a group: who, why, how they agreed, and whether they go on alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.actions.leaving import Leaving
from nuanxin.cases.queries.casefile import RosterLine
from nuanxin.cases.rules.states import CONSENTS as CONSENT_CODES
from nuanxin.cases.rules.states import LEAVE_REASONS as REASON_CODES
from nuanxin.desk.forms.moves import DateForm, TextForm
from nuanxin.desk.wording.codes import CONSENTS, LEAVE_REASONS
from nuanxin.ui.forms import ChoiceField, TickField

MOST_NAMES = 500  # a longer roster is answered by its number


class LeaveForm(TextForm, DateForm):
    """One worker of the roster, chosen by name; by number where the roster is too long for a list."""

    template_name_label = "desk/parts/label.html"

    worker = forms.TypedChoiceField(label=gettext_lazy("Who leaves"), coerce=int, empty_value=None)
    seq = forms.IntegerField(
        label=gettext_lazy("Who leaves: number on the roster"), min_value=2, max_value=10**6
    )
    reason = ChoiceField(
        label=gettext_lazy("Why"), choices=[(code, LEAVE_REASONS[code]) for code in REASON_CODES]
    )
    consent = ChoiceField(
        label=gettext_lazy("How the worker agreed"),
        choices=[(code, CONSENTS[code]) for code in CONSENT_CODES],
    )
    alone = TickField(
        label=gettext_lazy("The worker goes on alone: open an application of their own"),
        help_text=gettext_lazy(
            "With what is still open, linked to this case. Number and code are sent to them."
        ),
        required=False,
    )
    field_order = ("worker", "seq", "reason", "consent", "on", "alone", "text")

    def __init__(self, *args: Any, roster: Sequence[RosterLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Agreed on")
        if len(roster) > MOST_NAMES:
            del self.fields["worker"]
            return
        del self.fields["seq"]
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        others = [(str(line.seq), f"{line.seq} {line.name}") for line in roster if line.seq > 1]
        chosen = str(self.data.get("worker", ""))
        if chosen.isdecimal() and len(chosen) < 7 and chosen not in dict(others):
            others.append((chosen, chosen))  # has left since the page was opened: the action says so
        field.choices = [("", _("Choose")), *others]

    def leaving(self) -> Leaving:
        """What ``cases.actions.leaving`` takes."""
        told = self.cleaned_data
        seq = told["worker"] if "worker" in self.fields else told["seq"]
        return Leaving(seq, told["reason"], told["consent"], told["on"], told["text"], told["alone"])
