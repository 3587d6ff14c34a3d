"""A worker says that money did not come: who of the group, and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.actions.reaching import Attempt
from nuanxin.cases.queries.casefile import RosterLine
from nuanxin.desk.forms.leaving import MOST_NAMES
from nuanxin.desk.forms.moves import TextForm
from nuanxin.desk.wording.codes import CONTACT_WAYS
from nuanxin.ui.forms import ChoiceField


class DenialForm(TextForm):
    """One worker of the roster: nothing is asked where there is one, a number where the roster is long."""

    template_name_label = "desk/parts/label.html"

    worker = forms.TypedChoiceField(label=gettext_lazy("Which worker"), coerce=int, empty_value=None)
    seq = forms.IntegerField(
        label=gettext_lazy("Which worker: number on the roster"), min_value=1, max_value=10**6
    )
    field_order: tuple[str, ...] = ("worker", "seq", "text")

    def __init__(self, *args: Any, roster: Sequence[RosterLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._only = roster[0].seq if len(roster) == 1 else 0
        if self._only or len(roster) > MOST_NAMES:
            del self.fields["worker"]
        if self._only or len(roster) <= MOST_NAMES:
            del self.fields["seq"]
        if "worker" in self.fields:
            field = self.fields["worker"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose")), *((str(one.seq), f"{one.seq} {one.name}") for one in roster)]

    def who(self) -> int:
        """The roster number."""
        told = self.cleaned_data
        return self._only or int(told["worker"] if "worker" in self.fields else told["seq"])


class NotReachedForm(DenialForm):
    """Who was tried about a payment, and how."""

    way = ChoiceField(label=gettext_lazy("How you tried"), choices=list(CONTACT_WAYS.items()))
    field_order = ("worker", "seq", "way", "text")

    def attempt(self) -> Attempt:
        """What ``cases.actions.reaching`` takes."""
        return Attempt(self.who(), self.cleaned_data["way"], self.cleaned_data["text"])


class DenialAnswerForm(DenialForm):
    """The answer to one worker who said that money did not come."""
