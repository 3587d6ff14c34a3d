"""Forms of the steps: what was done, and what was entered by mistake."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.actions.prepare.work import LONGEST_PLACE
from nuanxin.cases.rules.course import course_of
from nuanxin.cases.rules.stages import FARTHEST, STEPS, Stage
from nuanxin.desk.forms.moves import DateForm, MoveForm, TextForm
from nuanxin.desk.speech import said
from nuanxin.desk.wording.codes import STAGES
from nuanxin.ui.forms import DayField, TickField


class AskedWhy(MoveForm):
    """A form whose field for a reason is shown once what was typed is odd."""

    sure = forms.CharField(
        label=gettext_lazy("It is right: say why"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("It stays on the record with your name."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sure" not in self.data:
            self._sure = self.fields.pop("sure")

    def ask_why(self) -> None:
        """Show the field for the reason; what was typed stays."""
        if "sure" in self.fields:
            self.add_error("sure", _("Correct it, or say why it is right."))
            return
        self.fields["sure"] = self._sure
        self.order_fields(list(self.field_order or ()))


def _may_lie_ahead(form: MoveForm, hint: str) -> None:
    day = form.fields["on"]
    assert isinstance(day, DayField)
    day.latest = form.today + FARTHEST
    day.help_text = hint


class StepForm(AskedWhy, TextForm, DateForm):
    """A filing, hearing or result; the clocks follow from it."""

    taken = forms.ChoiceField(label=gettext_lazy("Which step was taken"))
    hour = forms.TimeField(
        label=gettext_lazy("At what time, if a hearing lies ahead"), required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), help_text=gettext_lazy("As on the summons, such as 09:30."),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Where, if a hearing lies ahead"), required=False, max_length=LONGEST_PLACE, strip=True,
        help_text=gettext_lazy("The worker is told it, and reminded on the working day before."),
    )  # fmt: skip
    field_order = ("taken", "on", "hour", "place", "sure", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["taken"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *_steps(self.case.stage)]
        _may_lie_ahead(self, _("A hearing may lie ahead: the worker is told its day."))


class CorrectStepForm(AskedWhy, TextForm, DateForm):
    """A step on the record that was entered by mistake: which, and its right day or none."""

    which = forms.TypedChoiceField(label=gettext_lazy("Which step was entered by mistake"), coerce=int)
    gone = TickField(
        label=gettext_lazy("It did not happen: take it back"),
        help_text=gettext_lazy("The record keeps the entry, and that it was taken back. The day above does not matter then."),
        required=False,
    )  # fmt: skip
    field_order = ("which", "on", "gone", "sure", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course = course_of(self.case.steps)
        told = [
            (n, f"{said(STEPS[one.key].zh, STEPS[one.key].en)} · {one.on}") for n, one in enumerate(course, 1)
        ]
        field = self.fields["which"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *reversed(told)]
        if len(course) == 1:
            self.initial.setdefault("which", 1)
        _may_lie_ahead(self, _("Its right day."))


def _steps(stage: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Steps by stage, the present stage on top."""
    order = sorted((s for s in Stage if s), key=lambda s: s != stage)
    return [
        (
            str(STAGES[one]),
            [(step.key, said(step.zh, step.en)) for step in STEPS.values() if step.stage == one],
        )
        for one in order
    ]
