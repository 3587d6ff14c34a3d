"""Fields that only the public face needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nuanxin.portal.rules.body import ANY_TIME
from nuanxin.ui.forms import DateParts, RadioCards
from nuanxin.ui.forms.fields import plain

EARLIEST = 1950


class WhenField(forms.Field):
    """A day as far as it is remembered: a year, a month or a date. Gives ``2025``, ``2025-03`` or ``2025-03-12``.

    Nothing is filled in that was not said. ``latest`` is set by the form, which knows what day it is.
    """

    default_error_messages = {
        "year": _("Please write at least the year"),
        "month": _("Please write the month too, or leave the day out"),
        "invalid": _("There is no such day. Please check year, month and day"),
        "early": _("This date is too long ago. Please check the year"),
        "late": _("This date has not come yet. Please check it"),
    }
    latest: date | None = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DateParts())
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What the boxes show of a kept answer."""
        if isinstance(value, str):
            return dict(zip(("year", "month", "day"), value.split("-"), strict=False))
        return value

    def to_python(self, value: Any) -> str:
        """Raises ValidationError with what to do."""
        if not value:
            return ""
        if isinstance(value, str):
            return value
        typed = {part: plain(str(text)).rstrip("年月日号") for part, text in value.items()}
        if not typed["year"]:
            raise ValidationError(self.error_messages["year"], code="year")
        if typed.get("day") and not typed["month"]:
            raise ValidationError(self.error_messages["month"], code="month")
        return self._checked(typed)

    def _checked(self, typed: Mapping[str, str]) -> str:
        parts = [typed[part] for part in ("year", "month", "day") if typed.get(part)]
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        numbers = [int(part) for part in parts]
        if numbers[0] < 100:
            numbers[0] += 2000
        if numbers[0] < EARLIEST:
            raise ValidationError(self.error_messages["early"], code="early")
        try:
            first = date(*[*numbers, 1, 1][:3])
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if self.latest and first > self.latest:
            raise ValidationError(self.error_messages["late"], code="late")
        return "-".join(f"{number:0{4 if place == 0 else 2}d}" for place, number in enumerate(numbers))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what was said, not what the boxes held."""
        try:
            return bool((initial or "") != self.to_python(data))
        except ValidationError:
            return True


class WholeDayField(WhenField):
    """A day that has to be known to the day: the law counts from it."""

    default_error_messages = {
        "whole": _("Please write the year, the month and the day, or say that you do not know"),
    }

    def to_python(self, value: Any) -> str:
        """Raises ValidationError with what to do."""
        day = super().to_python(value)
        if day and len(day) != len("2026-03-31"):
            raise ValidationError(self.error_messages["whole"], code="whole")
        return day


class CountField(forms.Field):
    """A count as people write it, such as 26 or 26.5 天; kept as plain figures."""

    default_error_messages = {
        "invalid": _("Please write a number in figures, such as 26"),
        "high": _("This number is too high. Please check it"),
        "low": _("This number is too low. Please check it"),
    }

    def __init__(self, *, most: int, least: int = 0, whole: bool = False, **kwargs: Any) -> None:
        self.most, self.least, self.whole = most, least, whole
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "input w-10"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Raises ValidationError with what to do."""
        text = re.sub(r"[,，\s天日小时个件级]", "", plain(str(value or "")))
        if not text:
            return ""
        if not re.fullmatch(r"\d{1,9}" if self.whole else r"\d{1,9}(\.\d{1,2})?", text, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if float(text) > self.most:
            raise ValidationError(self.error_messages["high"], code="high")
        if float(text) < self.least:
            raise ValidationError(self.error_messages["low"], code="low")
        return text


class _Defaulted(forms.ChoiceField):
    """A choice with an answer already given: left alone, that one counts."""

    def clean(self, value: Any) -> str:
        """What was chosen, or the answer that stood there."""
        return str(super().clean(value or self.initial))


class HourField(_Defaulted):
    """An hour of the day from a short list, or any time."""

    def __init__(self, **kwargs: Any) -> None:
        hours = [(ANY_TIME, _("any time"))] + [(f"{hour:02d}:00", f"{hour}:00") for hour in range(6, 24)]
        super().__init__(choices=hours, initial=ANY_TIME, **kwargs)


class YesNoField(forms.ChoiceField):
    """Yes or no, as words."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", RadioCards())
        super().__init__(choices=[("yes", yes), ("no", no)], **kwargs)


class UsuallyNoField(_Defaulted, YesNoField):
    """No unless somebody says yes."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(yes=yes, no=no, initial="no", **kwargs)


class UsuallyYesField(_Defaulted, YesNoField):
    """Yes unless somebody says no."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(yes=yes, no=no, initial="yes", **kwargs)
