"""Forms of duty stations: a station, a desk's promises, a shift, a person's terms and days off; each says from when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.accounts.models import Staff
from nuanxin.desk.forms.hotline_register import RegisterForm, text_field
from nuanxin.desk.forms.points import read_place
from nuanxin.desk.speech import said
from nuanxin.desk.wording.duty import ABSENCES
from nuanxin.desk.wording.hotline_register import desk_name
from nuanxin.hotline.models import Desk, DutyTerms, Station, StationDesk
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.rules.rosters.hours import Overlapping, read_spans
from nuanxin.hotline.rules.rosters.limits import Span
from nuanxin.hotline.rules.rosters.promises import PROMISES
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.forms import ChoiceField, ChoicesField, TickField

MONTHS = 12  # ahead that can be chosen


def _number(label: Any, **more: Any) -> forms.IntegerField:
    attrs = {"class": "input w-6", "inputmode": "numeric", "autocomplete": "off"}
    return forms.IntegerField(label=label, widget=forms.TextInput(attrs=attrs), **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    attrs = {"type": "date", "class": "input"}
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs=attrs), **more)


def month_name(month: date) -> str:
    """2026年12月 / December 2026."""
    return date_format(month, _("F Y"))


class MonthFrom(forms.TypedChoiceField):
    """From which month on."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label=label, coerce=date.fromisoformat, widget=forms.Select(attrs={"class": "input"}), **more
        )

    def offer(self, today: date) -> None:
        """This month and a year of others."""
        months = [month_start(today, n) for n in range(MONTHS + 1)]
        self.choices = [(one.isoformat(), month_name(one)) for one in months]


_SINCE = gettext_lazy("Holds from")
_SINCE_HINT = gettext_lazy("Months before it stay as they are. A published month is looked over again.")


class StationForm(RegisterForm):
    """A station; its region and first desks are said once, later desks one by one."""

    name_zh = text_field(gettext_lazy("Chinese name"), max_length=80)
    name_en = text_field(gettext_lazy("English name"), max_length=120, required=False)
    region = text_field(
        gettext_lazy("Region"), width="w-12", max_length=40, help_text=gettext_lazy("Six digits or a name.")
    )
    desks = ChoicesField(
        label=gettext_lazy("Desks that it staffs"), required=False,
        help_text=gettext_lazy("Desks that no other station staffs. More can be added later."),
    )  # fmt: skip
    lawyer = TickField(
        label=gettext_lazy("At least one lawyer at each of them in its hours"), required=False,
    )  # fmt: skip
    approves_swaps = TickField(
        label=gettext_lazy("Swaps wait for the planner's approval"), required=False,
        help_text=gettext_lazy("Otherwise a swap that breaks no rule stands once the colleague has agreed."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Station | None, desks: Sequence[Desk] = (), **kwargs: Any) -> None:
        now = {"approves_swaps": True, "lawyer": True}
        if row is not None:
            now = {name: getattr(row, name) for name in ("name_zh", "name_en", "approves_swaps")}
        super().__init__(*args, initial={**now, **kwargs.pop("initial", {})}, **kwargs)
        if row is not None:
            del self.fields["region"], self.fields["desks"], self.fields["lawyer"]
        elif desks:
            self.fields["desks"].choices = [(str(one.pk), desk_name(one)) for one in desks]  # type: ignore[attr-defined]
        else:
            del self.fields["desks"], self.fields["lawyer"]

    def clean_region(self) -> int:
        """The stored code."""
        return read_place(self.cleaned_data["region"].strip())


class PromiseForm(RegisterForm):
    """What callers of a desk are promised, and how many sit there, from a month on."""

    places = {"bad_month": "since"}

    desk = forms.TypedChoiceField(
        label=gettext_lazy("Desk"), coerce=int, widget=forms.Select(attrs={"class": "input"})
    )
    since = MonthFrom(_SINCE, help_text=_SINCE_HINT)
    lawyer = TickField(
        label=gettext_lazy("At least one lawyer in its hours"), required=False,
        help_text=gettext_lazy("A desk for migrant workers answers only while a lawyer is on duty."),
    )  # fmt: skip
    at_least = _number(gettext_lazy("People at least"), help_text=gettext_lazy("Also when nobody rings."))
    in_time = _number(gettext_lazy("Answered in time, %"))
    seconds = _number(gettext_lazy("In time means within, seconds"))
    abandoned = _number(gettext_lazy("Hang up at most, %"))
    handling = _number(gettext_lazy("A call with its record, seconds"))
    patience = _number(
        gettext_lazy("A caller waits, seconds"), help_text=gettext_lazy("In the mean; 0: nobody hangs up.")
    )
    away = _number(
        gettext_lazy("Paid time away from the telephone, %"),
        help_text=gettext_lazy("Breaks, training, meetings."),
    )

    def __init__(
        self, *args: Any, row: StationDesk | None, today: date, desks: Sequence[Desk] = (), **kwargs: Any
    ) -> None:
        shown = row or StationDesk(lawyer=True)
        now = {name: getattr(shown, name) for name in ("lawyer", *PROMISES)}
        super().__init__(*args, initial={**now, **kwargs.pop("initial", {})}, **kwargs)
        since = self.fields["since"]
        assert isinstance(since, MonthFrom)
        since.offer(today)
        if row is not None:
            del self.fields["desk"]
        else:
            self._choose("desk", [(one.pk, desk_name(one)) for one in desks])

    def clean(self) -> dict[str, Any]:
        """Each figure against its bounds, all faults at once."""
        told = dict(super().clean() or {})
        for name, one in PROMISES.items():
            if told.get(name) is not None and not one.least <= told[name] <= one.most:
                between = {"least": one.least, "most": one.most}
                self.add_error(name, _("Write a number from %(least)d to %(most)d.") % between)
        return told


class ShiftForm(RegisterForm):
    """A shift in one part, two (split) or past midnight (night)."""

    places = {"twice": "code", "bad_shift": "first_start", "code": "code", "shift": "name_zh"}

    name_zh = text_field(gettext_lazy("Chinese name"), max_length=40)
    name_en = text_field(gettext_lazy("English name"), max_length=60, required=False)
    code = text_field(
        gettext_lazy("Short sign"), max_length=12, width="w-6",
        help_text=gettext_lazy("One or two letters, as the month shows it."),
    )  # fmt: skip
    first_start = text_field(
        gettext_lazy("Begins"), max_length=5, width="w-6", help_text=gettext_lazy("Such as 08:00.")
    )
    first_end = text_field(
        gettext_lazy("Ends"), max_length=5, width="w-6",
        help_text=gettext_lazy("Earlier than the beginning: on the next day."),
    )  # fmt: skip
    second_start = text_field(
        gettext_lazy("Second part begins"), max_length=5, width="w-6", required=False,
        help_text=gettext_lazy("Only for a split shift."),
    )  # fmt: skip
    second_end = text_field(gettext_lazy("Second part ends"), max_length=5, width="w-6", required=False)

    def clean(self) -> dict[str, Any]:
        """The spans in minutes, each fault at the time that it is about."""
        told = dict(super().clean() or {})
        spans: list[Span] = []
        for part in ("first", "second"):
            texts = {name: self._time(told, f"{part}_{name}") for name in ("start", "end")}
            if part == "second" and bool(texts["start"]) != bool(texts["end"]):
                missing = "second_end" if texts["start"] else "second_start"
                if missing not in self.errors:
                    self.add_error(missing, _("Write both times of the second part, or neither."))
            elif all(texts.values()) and not self.errors:
                spans.append((0, 0))
        if not self.errors:
            parts = [f"{told['first_start']}-{told['first_end']}"]
            if len(spans) > 1:
                parts.append(f"{told['second_start']}-{told['second_end']}")
            try:
                told["spans"] = read_spans(parts)
            except Overlapping:
                name = "second_start" if len(spans) > 1 else "first_end"
                self.add_error(name, _("The two parts overlap, or the shift is longer than a day."))
        return told

    def _time(self, told: dict[str, Any], name: str) -> str:
        """A time as HH:MM; its fault stands at it."""
        text = str(told.get(name) or "").strip().replace("：", ":")
        if not text:
            return ""
        text = f"{text}:00" if text.isascii() and text.isdigit() and len(text) < 3 else text
        try:
            read_spans([f"{text}-00:00"])
        except ValueError:
            self.add_error(name, _("Write a time such as 08:00 or 17:30."))
            return ""
        told[name] = text
        return text


class EndForm(RegisterForm):
    """From which month on something is used no more."""

    places = {"bad_month": "since", "on_duty": "since"}

    since = MonthFrom(gettext_lazy("Not used from"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        since = self.fields["since"]
        assert isinstance(since, MonthFrom)
        since.offer(today)


class TermsForm(RegisterForm):
    """On what terms a person is on duty, from a month on."""

    places = {
        "bad_month": "since", "on_duty": "since", "bad_hours": "week_hours", "bad_share": "share", "bad_desks": "desks", "languages": "languages",
    }  # fmt: skip

    staff = forms.TypedChoiceField(
        label=gettext_lazy("Who is on duty"), coerce=int, widget=forms.Select(attrs={"class": "input"}),
        help_text=gettext_lazy("Operators and duty lawyers of the region who are on no other roster."),
    )  # fmt: skip
    since = MonthFrom(_SINCE, help_text=_SINCE_HINT)
    lawyer = TickField(
        label=gettext_lazy("On duty as a lawyer"), required=False,
        help_text=gettext_lazy("Counts where a desk has at least one lawyer in its hours."),
    )  # fmt: skip
    languages = ChoicesField(
        label=gettext_lazy("Languages besides Mandarin"), required=False,
        help_text=gettext_lazy("Counts where a desk promises the language."),
    )  # fmt: skip
    desks = ChoicesField(
        label=gettext_lazy("Desks"),
        required=False,
        help_text=gettext_lazy("None ticked: every desk of the station."),
    )
    share = _number(
        gettext_lazy("Share of full time, %"),
        help_text=gettext_lazy("100: full time; 50: half. Hours are shared by it."),
    )
    week_hours = _number(
        gettext_lazy("Hours a week at most"), required=False,
        help_text=gettext_lazy("By contract. Empty: what the law allows."),
    )  # fmt: skip
    days_only_until = _day(
        gettext_lazy("No nights and no overtime until"), required=False,
        help_text=gettext_lazy("Protected by law, with this day. The reason is not asked and not kept."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, row: DutyTerms | None, today: date, desks: Sequence[Desk], people: Sequence[Staff] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial={**_terms_now(row), **kwargs.pop("initial", {})}, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["since"].offer(today)
        fields["languages"].choices = [
            (code, said(term.zh, term.en)) for code, term in LANGUAGES.items() if code != "zh"
        ]
        fields["desks"].choices = [(str(one.pk), desk_name(one)) for one in desks]
        if len(desks) < 2:
            del self.fields["desks"]
        if row is not None:
            del self.fields["staff"]
        else:
            self._choose("staff", [(one.pk, f"{one.name} ({one.username})") for one in people])

    def clean_desks(self) -> list[int]:
        """Their numbers."""
        return [int(one) for one in self.cleaned_data["desks"]]


def _terms_now(row: DutyTerms | None) -> dict[str, Any]:
    if row is None:
        return {"share": 100}
    plain = ("lawyer", "share", "week_hours", "days_only_until")
    return {
        **{name: getattr(row, name) for name in plain},
        "languages": [one for one in row.languages if one != "zh"],
        "desks": [str(one) for one in row.desks],
    }


class DaysOffForm(RegisterForm):
    """Days off of a person, entered for them."""

    places = {"bad_days": "last", "on_duty": "first"}

    kind = ChoiceField(label=gettext_lazy("Kind of absence"), choices=list(ABSENCES.items()))
    first = _day(gettext_lazy("First day"))
    last = _day(gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        told = dict(super().clean() or {})
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            raise ValidationError({"last": _("The last day cannot be before the first.")})
        return told
