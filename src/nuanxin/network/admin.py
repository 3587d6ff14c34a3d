"""Administration pages of the network. Every change goes through ``actions``, so that it is on the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.requests import PlatformRequest
from nuanxin.network import actions, policies
from nuanxin.network.models import Agency, ProvinceSetting, Region, ServicePromise
from nuanxin.network.permissions import may_keep
from nuanxin.network.queries import UnknownPlace, parse_place, region_name, six_digits

if TYPE_CHECKING:
    RegionPages = admin.ModelAdmin[Region]
    Pages = admin.ModelAdmin[models.Model]
    ModelForm = forms.ModelForm[models.Model]
else:
    RegionPages = Pages = admin.ModelAdmin
    ModelForm = forms.ModelForm


class PlaceField(forms.CharField):
    """A region as people know it, in six digits; 000000 is the nation."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Six digits of GB/T 2260; 000000 for the whole country."))
        super().__init__(min_length=6, max_length=6, **options)

    def prepare_value(self, value: Any) -> Any:
        """Six digits for a stored code; what was typed stays as it is."""
        return six_digits(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The stored code. Raises ValidationError."""
        text = super().clean(value)
        try:
            return 0 if text == "000000" else parse_place(text)
        except UnknownPlace:
            raise ValidationError(_("There is no region with this code. Check the six digits.")) from None


class CheckedForm(ModelForm):
    """Runs the room's own check while what was typed is still on the page."""

    policy: ClassVar[Callable[[Any], None]]
    request: ClassVar[PlatformRequest]
    place_field: ClassVar[str]

    def validate_unique(self) -> None:
        """The last check of a form: also the actor's region, and the room's own policy."""
        super().validate_unique()
        if set(self.errors) - {NON_FIELD_ERRORS}:
            return
        try:
            if not may_keep(self.request.actor, getattr(self.instance, self.place_field)):
                raise ValidationError({self.place_field: _("This region is outside your own.")})
            type(self).policy(self.instance)
        except ValidationError as fault:
            self.errors.pop(NON_FIELD_ERRORS, None)  # a sentence, instead of the name of a constraint
            self.add_error(None, fault)


class KeptPages(Pages):
    """Pages whose changes are actions. Nothing is deleted here: what ends gets an end."""

    actions = None
    form = CheckedForm
    policy: Callable[[Any], None]
    place_field = "region"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The site lets administrators in; the form looks at the region."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reference data is no secret to an administrator of any region."""
        return True

    has_module_permission = has_add_permission

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What lies in the administrator's own region."""
        actor = cast(PlatformRequest, request).actor
        return obj is None or may_keep(actor, getattr(obj, self.place_field))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, knowing who fills it in."""
        made: Any = super().get_form(request, obj, change, **kwargs)  # a class of its own for each request
        made.request, made.place_field, made.policy = request, self.place_field, staticmethod(self.policy)
        return made

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Regions in six digits."""
        if db_field.name == self.place_field:
            return PlaceField(label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("Region"))
    def place(self, row: Any) -> str:
        """The name of the row's region."""
        code: int = getattr(row, self.place_field)
        return f"{six_digits(code)} {region_name(code, get_language() or 'zh')}"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write through the action, then let the page go on with the row that it wrote."""
        asked = cast(PlatformRequest, request)
        written = self.write(obj, form.cleaned_data, change, {"by": asked.actor, "at": asked.at})
        obj.pk = written.pk
        obj._state.adding = False

    def write(self, obj: Any, values: dict[str, Any], change: bool, who: dict[str, Any]) -> models.Model:
        """The action of these pages."""
        raise NotImplementedError


@admin.register(Agency)
class AgencyPages(KeptPages):
    """Agencies, justice bureaux, the national intake desk."""

    policy = staticmethod(policies.check_agency)
    list_display = ("name_zh", "kind", "place", "phone", "active")
    list_filter = ("kind", "active")
    search_fields = ("name_zh", "name_en", "phone")
    autocomplete_fields = ("superior",)
    list_select_related = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What an office is stays."""
        return ("kind",) if obj is not None else ()

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """There is one national intake desk, and it is there already."""
        kwargs["choices"] = [c for c in Agency.Kind.choices if c[0] != Agency.Kind.NATIONAL_INTAKE]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def write(self, obj: Any, values: dict[str, Any], change: bool, who: dict[str, Any]) -> Agency:
        """Create or alter."""
        if change:
            return actions.alter_agency(obj.pk, **values, **who)
        if values.get("superior") is None:
            values.pop("superior", None)
        return actions.create_agency(**values, **who)


@admin.register(ServicePromise)
class ServicePromisePages(KeptPages):
    """Promises that regions set in place of the defaults."""

    policy = staticmethod(policies.check_promise)
    list_display = ("key", "place", "amount", "unit", "cut_off", "valid_from", "valid_until")
    list_filter = ("key", "unit")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Key, region and first day are what a promise is; another one is added instead."""
        return ("key", "place", "valid_from") if obj is not None else ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The region is shown by name once it is settled."""
        return ("region",) if obj is not None else ()

    def write(self, obj: Any, values: dict[str, Any], change: bool, who: dict[str, Any]) -> ServicePromise:
        """Set."""
        settled = {"key": obj.key, "region": obj.region, "valid_from": obj.valid_from} if change else {}
        return actions.set_promise(**{**values, **settled}, **who)


@admin.register(ProvinceSetting)
class ProvinceSettingPages(KeptPages):
    """Values that provinces set."""

    policy = staticmethod(policies.check_province_setting)
    place_field = "province"
    list_display = ("place", "key", "value", "checked")
    list_filter = ("key",)
    search_fields = ("key",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Province and key are what a setting is."""
        return ("place", "key") if obj is not None else ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The province is shown by name once it is settled."""
        return ("province",) if obj is not None else ()

    def write(self, obj: Any, values: dict[str, Any], change: bool, who: dict[str, Any]) -> ProvinceSetting:
        """Set."""
        settled = {"province": obj.province, "key": obj.key} if change else {}
        return actions.set_province_setting(**{**values, **settled}, **who)


@admin.register(Region)
class RegionView(RegionPages):
    """Regions come with the release and are only looked at."""

    list_display = ("code", "name_zh", "name_en", "level", "valid_from", "valid_until", "successor")
    list_filter = ("level", "statistical")
    search_fields = ("name_zh", "name_en", "former_names", "code")
    list_select_related = ("successor",)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Any administrator."""
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Any administrator."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Never."""
        return False
