"""The base of every form: our renderer, plain words for a missing answer, no browser bubbles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from nuanxin.ui.forms.widgets import CheckCards, RadioCards, TickCard
from nuanxin.ui.parts import Text

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object

_PLAIN_INPUTS = (
    forms.TextInput,
    forms.PasswordInput,
    forms.NumberInput,
    forms.Textarea,
    forms.Select,
    forms.FileInput,
    forms.DateInput,
)
_CHOSEN = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)


class Renderer(DjangoTemplates):
    """Draws forms and fields with the templates in ``ui/forms``."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class Accessible(_Base):
    """Mixin for any Django form. Put it first: ``class SignIn(Accessible, LoginForm)``."""

    default_renderer = Renderer
    use_required_attribute = False  # the server's fault messages are clearer than the browser's bubbles
    template_name_label = "ui/forms/label.html"
    lone_heading = (
        False  # the page's heading is the question: a single field's label is for screen readers only
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)


class Form(Accessible, forms.Form):
    """A plain form with everything of ``Accessible``."""


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput) and type(widget) is forms.CheckboxInput:
        field.widget = widget = TickCard(attrs=widget.attrs)
    if isinstance(widget, _PLAIN_INPUTS) and not isinstance(widget, RadioCards | CheckCards):
        classes = str(widget.attrs.get("class", ""))
        if "input" not in classes.split():
            widget.attrs["class"] = f"input {classes}".strip()
    if (
        isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10"
    ):  # Django's default fills a phone
        widget.attrs["rows"] = "4"
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = _("Too long: at most %(limit_value)d characters")
    default = forms.Field.default_error_messages["required"]
    if field.error_messages.get("required") == default and field.label:
        field.error_messages["required"] = str(_missing(widget)) % {"label": field.label}


def _missing(widget: forms.Widget) -> Text:
    if isinstance(widget, forms.CheckboxInput):
        return _("Please tick: %(label)s")
    if isinstance(widget, _CHOSEN):
        return _("Please choose an answer: %(label)s")
    return _("Please fill in: %(label)s")
