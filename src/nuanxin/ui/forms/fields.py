"""Fields that take what people really write: 5,200元, 1.2万, １３８ 1234 5678."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from nuanxin.ui.forms.widgets import CheckCards, DateParts, MoneyInput, PhotoInput, RadioCards, TickCard
from nuanxin.ui.parts import Text

MOST_MONEY = Decimal(10) ** 12
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}")


def plain(text: str) -> str:
    """Full-width digits and letters made plain, outer blanks and the invisible marks of a copied number removed."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(c for c in normal if unicodedata.category(c) != "Cf").strip()


class ChoiceField(forms.ChoiceField):
    """One answer of several, as cards. ``notes`` puts a small line under a choice."""

    def __init__(self, *, notes: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", RadioCards(notes=notes))
        super().__init__(**kwargs)


class ChoicesField(forms.MultipleChoiceField):
    """Any answers of several, as cards."""

    def __init__(self, *, notes: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", CheckCards(notes=notes))
        super().__init__(**kwargs)


class TickField(forms.BooleanField):
    """A statement to agree to."""

    widget = TickCard


class MoneyField(forms.Field):
    """Yuan as Decimal with two decimals, 0.01 to 10^12 (0 with ``zero=True``). Takes 5,200 · 5200元 · 1.2万."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("Write the amount in figures, such as 5200"),
        "negative": _("The amount cannot be less than nothing"),
        "nothing": _("The amount must be more than 0"),
        "too_much": _("This amount is too large. Please check the figures"),
    }

    def __init__(self, *, zero: bool = False, **kwargs: Any) -> None:
        self.zero = zero
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """Raises ValidationError with what to do."""
        text = re.sub(r"[,，\s元块¥￥]", "", plain(str(value or "")))
        if not text:
            return None
        times = Decimal(1)
        if text.endswith("万"):
            times, text = Decimal(10000), text[:-1]
        if not re.fullmatch(r"-?\d{1,16}(\.\d{1,4})?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            amount = (Decimal(text) * times).quantize(Decimal("0.01"))
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        self._check(amount)
        return amount

    def _check(self, amount: Decimal) -> None:
        fault = ""
        if amount < 0:
            fault = "negative"
        elif amount == 0 and not self.zero:
            fault = "nothing"
        elif amount > MOST_MONEY:
            fault = "too_much"
        if fault:
            raise ValidationError(self.error_messages[fault], code=fault)


class PhoneField(forms.CharField):
    """A mainland mobile or landline number, kept as digits only."""

    default_error_messages = {
        "invalid": _("A mobile number has 11 figures. Please check that none is missing or too many"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "input w-20"}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Raises ValidationError with what to do."""
        text = re.sub(r"[\s\-—–().]", "", plain(super().to_python(value) or ""))
        text = re.sub(r"^(\+86|0086)", "", text)
        if text and not (_MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class ResidentIdField(forms.CharField):
    """A resident identity number with its check digit (GB 11643); never kept on the phone."""

    default_error_messages = {
        "invalid": _("This is not a valid ID number. Please compare each figure with the card"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        attrs = {"autocomplete": "off", "data-private": "", "spellcheck": "false", "class": "input w-20"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Raises ValidationError with what to do."""
        text = re.sub(r"[\s\-]", "", plain(super().to_python(value) or "")).upper()
        if text and not ric.is_valid(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class DayField(forms.Field):
    """A date in three boxes. ``earliest`` and ``latest`` are checked when given (a form may set them later)."""

    default_error_messages = {
        "part": _("Please write the year, the month and the day"),
        "invalid": _("There is no such day. Please check year, month and day"),
        "early": _("This date is too long ago. Please check the year"),
        "late": _("This date has not come yet. Please check it"),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("widget", DateParts())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """Raises ValidationError with what to do."""
        if not value or isinstance(value, date):
            return value or None
        day = self._date({part: plain(str(text)).rstrip("年月日号") for part, text in value.items()})
        if self.earliest and day < self.earliest:
            raise ValidationError(self.error_messages["early"], code="early")
        if self.latest and day > self.latest:
            raise ValidationError(self.error_messages["late"], code="late")
        return day

    def _date(self, typed: dict[str, str]) -> date:
        if not all(typed.values()):
            raise ValidationError(self.error_messages["part"], code="part")
        try:
            year, month, day = int(typed["year"]), int(typed["month"]), int(typed.get("day", "1"))
            return date(year + 2000 if year < 100 else year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares dates, not what the boxes held."""
        try:
            return bool((initial or None) != self.to_python(data))
        except ValidationError:
            return True


class MonthField(DayField):
    """A month, as its first day; people remember the month, not the day."""

    default_error_messages = {
        "part": _("Please write the year and the month"),
        "invalid": _("There is no such month. Please check year and month"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DateParts(with_day=False))
        super().__init__(**kwargs)


class PhotosField(forms.FileField):
    """Several files at once, each at most ``most_bytes``. What a file really is, documents/ finds out."""

    widget = PhotoInput
    default_error_messages = {
        "too_large": _(
            "%(name)s is too large (at most %(most)s MB). Take the photo again with a smaller size"
        ),
        "too_many": _("At most %(most)s files at once. Send the others on the next page"),
        "empty": _("%(name)s is empty. Please choose it again"),
    }

    def __init__(self, *, most_bytes: int = 20 * 1024 * 1024, most_files: int = 20, **kwargs: Any) -> None:
        self.most_bytes, self.most_files = most_bytes, most_files
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files as a list, empty when none. Raises ValidationError naming the file at fault."""
        files = [f for f in (data or []) if f]
        if self.required and not files and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most_files:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most_files}
            )
        for file in files:
            if file.size > self.most_bytes:
                most = self.most_bytes // (1024 * 1024)
                raise ValidationError(
                    self.error_messages["too_large"],
                    code="too_large",
                    params={"name": file.name, "most": most},
                )
            if file.size == 0:
                raise ValidationError(self.error_messages["empty"], code="empty", params={"name": file.name})
        return files
