"""Administration pages of assignment: firms, lawyers, and whom they act for. Every change goes through ``actions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.models import Staff
from nuanxin.accounts.pages import ActionPages, RegionField, six_digits
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.assignment import actions
from nuanxin.assignment.models import Client, Firm, Lawyer
from nuanxin.assignment.permissions import may_keep
from nuanxin.assignment.rules.ranking import SPECIALTIES

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Model]
else:
    ModelForm = forms.ModelForm

SPECIALTY_NAMES = {
    "labour": _("labour law"),
    "injury": _("work injury"),
    "group": _("group claims"),
    "enforcement": _("enforcement"),
}


class PlaceField(RegionField):
    """A region that shows what is stored in six digits."""

    def prepare_value(self, value: Any) -> Any:
        """Six digits for a stored code; what was typed stays as it is."""
        return six_digits(value) if isinstance(value, int) else value


class ActionForm(ModelForm):
    """A form whose action is tried while what was typed is still on the page."""

    request: ClassVar[HttpRequest]

    def write(self, given: dict[str, Any]) -> Model:
        """The action of the form."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        """Instead of checking the row, write it: the action knows every rule."""
        if self.errors:
            return
        try:
            self.instance = self.write({**self.cleaned_data, **ActionPages.who(self.request)})
        except PermissionDenied:
            self.add_error(
                "region" if "region" in self.fields else None, gettext("This is outside your own region.")
            )
        except ValidationError as fault:
            for name, said in fault.update_error_dict({}).items():
                self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, said)


class FirmForm(ActionForm):
    """A firm, with its seat in six digits."""

    region = PlaceField(label=_("Region"))

    def write(self, given: dict[str, Any]) -> Firm:
        """Add or alter."""
        if self.instance.pk:
            return actions.alter_firm(self.instance.pk, **given)
        return actions.add_firm(place=given.pop("region"), **given)


class LawyerForm(ActionForm):
    """A lawyer by the user name of their account, with choices instead of codes."""

    staff = forms.CharField(
        label=_("User name"), max_length=64, help_text=_("The account needs the role of a lawyer.")
    )
    region = PlaceField(label=_("Region"))
    specialties = forms.MultipleChoiceField(
        label=_("Specialties"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, SPECIALTY_NAMES[code]) for code in SPECIALTIES],
    )  # fmt: skip
    languages = forms.CharField(
        label=_("Languages"),
        required=False,
        max_length=120,
        help_text=_("Codes with commas: zh, ii, ug, sign."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = cast(Lawyer, self.instance)
        if row.pk:
            self.initial["staff"] = (
                Staff.objects.values_list("username", flat=True).filter(pk=row.staff).first()
            )
            self.initial["languages"] = ", ".join(row.languages)

    def clean_staff(self) -> int:
        """The account behind a user name. Raises ValidationError."""
        found = Staff.objects.filter(username=self.cleaned_data["staff"].strip().lower()).first()
        if found is None:
            raise ValidationError(gettext("There is no such account."))
        row = cast(Lawyer, self.instance)
        if row.pk and found.pk != row.staff:
            raise ValidationError(gettext("The account of a lawyer stays. Add another lawyer instead."))
        if not row.pk and Lawyer.objects.filter(staff=found.pk).exists():
            raise ValidationError(gettext("This account is registered as a lawyer already."))
        return found.pk

    def clean_languages(self) -> list[str]:
        """Codes, each once."""
        typed = self.cleaned_data["languages"].replace("，", ",").split(",")
        return list(dict.fromkeys(code.strip() for code in typed if code.strip()))

    def write(self, given: dict[str, Any]) -> Lawyer:
        """Register, again to change."""
        return actions.register_lawyer(place=given.pop("region"), **given)


class ClientForm(ActionForm):
    """Whom a firm or a lawyer acts for."""

    lawyer = forms.CharField(
        label=_("or one lawyer"),
        required=False,
        max_length=64,
        help_text=_("The user name of the lawyer's account."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["lawyer"]

    def clean_lawyer(self) -> Lawyer | None:
        """The registered lawyer behind a user name. Raises ValidationError."""
        typed = self.cleaned_data["lawyer"].strip().lower()
        staff = Staff.objects.filter(username=typed).values("pk")
        found = Lawyer.objects.filter(staff__in=staff).first() if typed else None
        if typed and found is None:
            raise ValidationError(gettext("No lawyer with this user name is registered."))
        return found

    def write(self, given: dict[str, Any]) -> Client:
        """Declare or alter; whose client it is stays."""
        if self.instance.pk:
            return actions.alter_client(self.instance.pk, **given)
        return actions.declare_client(**given)


class RegisterPages(ActionPages):
    """Pages of the register, each administrator's own region only. ``account``: the path to a lawyer's account."""

    account = ""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, knowing who fills it in."""
        made: Any = super().get_form(request, obj, change, **kwargs)
        made.request = request
        return made

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form's last check has written the row, with its event."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What lies in the administrator's own region."""
        return obj is None or may_keep(cast(PlatformRequest, request).actor, obj.region)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows of the administrator's own region."""
        low, high = cast(PlatformRequest, request).actor.scope
        rows = super().get_queryset(request).filter(self.within(low, high))
        if self.account:  # the name with the row: a list of a hundred asks once
            names = Staff.objects.filter(pk=OuterRef(self.account)).values("name")
            rows = rows.annotate(account_name=Subquery(names[:1]))
        return rows

    def within(self, low: int, high: int) -> Q:
        """Rows whose region lies in a range."""
        return Q(region__gte=low, region__lte=high)

    @admin.display(description=_("Region"))
    def place(self, row: Any) -> str:
        """In six digits."""
        return six_digits(row.region)


@admin.register(Firm)
class FirmPages(RegisterPages):
    """Law firms and other bodies that take assignments."""

    form = FirmForm
    fields = ("name_zh", "name_en", "region", "active")
    list_display = ("name_zh", "place", "active")
    list_filter = ("active",)
    search_fields = ("name_zh", "name_en")


@admin.register(Lawyer)
class LawyerPages(RegisterPages):
    """What assignment knows of each lawyer."""

    form = LawyerForm
    account = "staff"
    fields = ("staff", "firm", "region", "specialties", "languages", "capacity", "active")
    list_display = ("person", "firm", "place", "fields_known", "capacity", "active", "last_offer_at")
    list_filter = ("active",)
    search_fields = ("firm__name_zh",)
    list_select_related = ("firm",)
    autocomplete_fields = ("firm",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Also by the name or the user name of the account."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        if search_term:
            people = Staff.objects.filter(
                Q(name__contains=search_term) | Q(username__contains=search_term.lower())
            )
            found = found | queryset.filter(staff__in=people.values("pk"))
        return found, doubled

    @admin.display(description=_("Lawyer"))
    def person(self, row: Lawyer) -> str:
        """The name of the account."""
        return str(getattr(row, "account_name", None) or "—")

    @admin.display(description=_("Specialties"))
    def fields_known(self, row: Lawyer) -> str:
        """In words."""
        return "、".join(str(SPECIALTY_NAMES.get(code, code)) for code in row.specialties)


@admin.register(Client)
class ClientPages(RegisterPages):
    """The register against which conflicts of interest are found. A client that is past gets its last day."""

    form = ClientForm
    account = "lawyer__staff"
    list_display = ("name", "uscc", "owner", "since", "until")
    search_fields = ("name", "uscc", "firm__name_zh")
    list_select_related = ("firm", "lawyer")
    autocomplete_fields = ("firm",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose client it is stays."""
        about = ("name", "uscc", "since", "until")
        return about if obj is not None else ("firm", "lawyer", *about)

    def within(self, low: int, high: int) -> Q:
        """By the firm's or the lawyer's region."""
        return Q(firm__region__range=(low, high)) | Q(lawyer__region__range=(low, high))

    @admin.display(description=_("Acts for it"))
    def owner(self, row: Client) -> str:
        """The firm, or the lawyer by name."""
        if row.firm is not None:
            return str(row.firm)
        return str(getattr(row, "account_name", None) or "—")
