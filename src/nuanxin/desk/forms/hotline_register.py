"""Forms of the hotline's register: an exchange, a desk, a seat, the closing of a desk, a wait or a limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Actor
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.desk.forms.points import read_place
from nuanxin.desk.speech import said
from nuanxin.desk.wording.hotline import TOPICS
from nuanxin.desk.wording.hotline_register import DESK_KINDS, EXCHANGE_KINDS, UNITS, desk_name
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.queries.register import desks_kept, exchanges_kept, people_to_seat, tokens_to_give
from nuanxin.hotline.rules.callbacks import BadHours, check_hours
from nuanxin.hotline.rules.settings import KINDS, faults
from nuanxin.hotline.rules.telephones import BadAddress, read_web_socket
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.forms import ChoicesField, Form, TickField

# At which field a refusal stands; all others stand above the form.
_AT = {
    "token_taken": "token", "key_taken": "key", "extension_taken": "extension", "desk_closed": "desk",
    "say_where": "to", "choose_another_desk": "to",
}  # fmt: skip


class RegisterForm(Form):
    """A form of the register: what an action refuses stands at the field that it is about."""

    template_name_label = "desk/parts/label.html"
    places = _AT

    def refused(self, fault: Refused) -> None:
        """Put a refusal where it belongs."""
        if isinstance(fault, NotPermitted):
            words = _("This region is outside your own.")
            self.add_error("region" if "region" in self.fields else None, words)
            return
        field = self.places.get(fault.code, "")
        self.add_error(field if field in self.fields else None, fault.sentence(get_language() or ""))

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]], empty: str = "") -> None:
        field: Any = self.fields[name]
        field.choices = [("", empty or _("Choose")), *choices]


def text_field(label: Any, **more: Any) -> forms.CharField:
    """A line of text; ``width`` is the class that says how wide it is."""
    attrs = {"class": f"input {more.pop('width', '')}".strip(), "autocomplete": "off"}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **more)


def _region() -> forms.CharField:
    return text_field(
        gettext_lazy("Region"), width="w-12", max_length=40,
        help_text=gettext_lazy("Six digits or a name; 000000 is the whole country."),
    )  # fmt: skip


def _code(text: str) -> int:
    return 0 if text.strip() == "000000" else read_place(text.strip())


class ExchangeForm(RegisterForm):
    """A telephone exchange; its token and region are said once."""

    label = text_field(gettext_lazy("What people call it"), max_length=80)
    token = forms.TypedChoiceField(
        label=gettext_lazy("Its token"), coerce=int,
        help_text=gettext_lazy("A partner's token of your region that no exchange has yet."),
    )  # fmt: skip
    region = _region()
    kind = forms.ChoiceField(label=gettext_lazy("Who leads the voice"), choices=list(EXCHANGE_KINDS.items()))
    web_socket = text_field(
        gettext_lazy("Where browsers telephone"), max_length=200, required=False,
        help_text=gettext_lazy("wss://host:port/ws; empty: telephones stand on the desks."),
    )  # fmt: skip
    active = TickField(label=gettext_lazy("In use"), required=False)

    def __init__(self, *args: Any, by: Actor, at: datetime, row: Exchange | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_exchange_now(row), **kwargs)
        if row is None:
            del self.fields["active"]
            self._choose("token", [(t.pk, f"{t.label} ({t.hint}…)") for t in tokens_to_give(by, at)])
        else:
            del self.fields["token"], self.fields["region"]

    def clean_region(self) -> int:
        """The stored code."""
        return _code(self.cleaned_data["region"])

    def clean_web_socket(self) -> str:
        """As the rules read it."""
        try:
            return read_web_socket(self.cleaned_data["web_socket"])
        except BadAddress:
            raise ValidationError(_("Write an address such as wss://phones.example.cn:8089/ws.")) from None


def _exchange_now(row: Exchange | None) -> dict[str, Any]:
    if row is None:
        return {"kind": Exchange.Kind.PUSH}
    return {"label": row.label, "kind": row.kind, "web_socket": row.web_socket, "active": row.active}


class DeskForm(RegisterForm):
    """A desk; its exchange and its queue there are said once."""

    name_zh = text_field(gettext_lazy("Chinese name"), max_length=80)
    name_en = text_field(gettext_lazy("English name"), max_length=120, required=False)
    exchange = forms.TypedChoiceField(label=gettext_lazy("Exchange"), coerce=int)
    key = text_field(gettext_lazy("Its queue at the exchange"), max_length=40, width="w-12")
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(DESK_KINDS.items()))
    region = _region()
    hours = text_field(
        gettext_lazy("Hours"), max_length=11, required=False, width="w-12",
        help_text=gettext_lazy("08:00-20:00; may pass midnight; empty: round the clock."),
    )  # fmt: skip
    call_backs_a_slot = forms.IntegerField(
        label=gettext_lazy("Call-backs each half hour"), min_value=0, max_value=200,
        widget=forms.TextInput(attrs={"class": "input w-6", "inputmode": "numeric"}),
    )  # fmt: skip
    languages = ChoicesField(label=gettext_lazy("Spoken here"))
    topics = ChoicesField(
        label=gettext_lazy("Topics"), required=False, help_text=gettext_lazy("None ticked: all.")
    )

    def __init__(self, *args: Any, by: Actor, row: Desk | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_desk_now(row), **kwargs)
        languages, topics = self.fields["languages"], self.fields["topics"]
        languages.choices = [(code, said(term.zh, term.en)) for code, term in LANGUAGES.items()]  # type: ignore[attr-defined]
        topics.choices = list(TOPICS.items())  # type: ignore[attr-defined]
        if row is None:
            kept = exchanges_kept(by).filter(active=True)
            self._choose("exchange", [(one.pk, one.label) for one in kept])
        else:
            del self.fields["exchange"], self.fields["key"]

    def clean_region(self) -> int:
        """The stored code."""
        return _code(self.cleaned_data["region"])

    def clean_hours(self) -> str:
        """As the rules read them."""
        hours = str(self.cleaned_data["hours"]).strip()
        try:
            check_hours(hours)
        except BadHours:
            raise ValidationError(_("Write two times, such as 08:00-20:00.")) from None
        return hours


def _desk_now(row: Desk | None) -> dict[str, Any]:
    if row is None:
        return {"kind": "special", "languages": ["zh"], "call_backs_a_slot": 4}
    plain = ("name_zh", "name_en", "kind", "hours", "call_backs_a_slot", "languages", "topics")
    digits = six_digits(row.region) if row.region else "000000"
    return {**{name: getattr(row, name) for name in plain}, "region": digits}


class CloseForm(RegisterForm):
    """Where those who wait, are to be rung back or sit at a desk go when it closes."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("Its callers, call-backs and people go to"),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, by: Actor, row: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = desks_kept(by).filter(exchange=row.exchange_id, active=True).exclude(pk=row.pk)
        nobody = _("Nowhere: nobody is there any more")
        self._choose("to", [(one.pk, desk_name(one)) for one in others], nobody)


class SeatForm(RegisterForm):
    """Where a person sits."""

    staff = forms.TypedChoiceField(label=gettext_lazy("Who sits there"), coerce=int)
    desk = forms.TypedChoiceField(label=gettext_lazy("Desk"), coerce=int)
    extension = forms.RegexField(
        r"^[0-9A-Za-z]{1,20}$", label=gettext_lazy("Extension"),
        error_messages={"invalid": gettext_lazy("An extension is digits and letters.")},
        widget=forms.TextInput(attrs={"class": "input w-6", "autocomplete": "off"}),
    )  # fmt: skip
    lawyer = TickField(
        label=gettext_lazy("Sits here as a lawyer"), required=False,
        help_text=gettext_lazy("A desk for migrant workers answers only while a lawyer is on duty."),
    )  # fmt: skip

    browser_phone = TickField(
        label=gettext_lazy("Telephones in the browser"), required=False,
        help_text=gettext_lazy("A changed telephone gets a new password: print the exchange's file again."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, at: datetime, row: OperatorState | None, **kwargs: Any) -> None:
        names = ("extension", "lawyer", "browser_phone")
        now = {"desk": row.desk_id, **{name: getattr(row, name) for name in names}} if row else {}
        super().__init__(*args, initial=now, **kwargs)
        desks = desks_kept(by).filter(active=True)
        self._choose("desk", [(one.pk, desk_name(one)) for one in desks])
        if row is None:
            self._choose("staff", [(one.pk, _person(one)) for one in people_to_seat(by, at)])
        else:
            del self.fields["staff"]


def _person(staff: Staff) -> str:
    return f"{staff.name} ({staff.username})"


class WaitForm(RegisterForm):
    """A wait or a limit for a region from a day on."""

    key = forms.ChoiceField(label=gettext_lazy("Which setting"))
    region = _region()
    value = forms.IntegerField(
        label=gettext_lazy("Value"),
        widget=forms.TextInput(attrs={"class": "input w-6", "inputmode": "numeric"}),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip
    source = text_field(gettext_lazy("Who decided it"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose(
            "key", [(kind.key, f"{said(kind.zh, kind.en)} ({UNITS[kind.unit]})") for kind in KINDS.values()]
        )

    def clean_region(self) -> int:
        """The stored code."""
        return _code(self.cleaned_data["region"])

    def clean(self) -> dict[str, Any]:
        """The value against its kind, so that this fault stands beside all others."""
        told = dict(super().clean() or {})
        kind = KINDS.get(told.get("key", ""))
        value = told.get("value")
        if kind is not None and value is not None and faults(kind.key, value):
            between = {"least": kind.least, "most": kind.most}
            self.add_error("value", _("Write a number from %(least)d to %(most)d.") % between)
        first, last = told.get("valid_from"), told.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day cannot be before the first."))
        return told
