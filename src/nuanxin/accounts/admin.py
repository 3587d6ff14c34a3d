"""Administration pages of accounts: people, roles, tokens. Every change goes through ``actions``."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts import actions
from nuanxin.accounts.actions import AccountFault
from nuanxin.accounts.models import ApiToken, Grant, Staff
from nuanxin.accounts.models.grant import ROLE_CHOICES
from nuanxin.accounts.pages import ActionPages, RegionField, six_digits
from nuanxin.accounts.queries import staff_in_scope
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.accounts.rules import OFFICE_ROLES

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Model]
else:
    ModelForm = forms.ModelForm

NO_PASSWORD_YET = 12  # bytes of the first password


def run(request: HttpRequest, action: Callable[..., Any], **what: Any) -> Any:
    """Do an action and say what stood in its way; None when something did."""
    try:
        return action(**what, **ActionPages.who(request))
    except AccountFault as fault:
        messages.error(request, gettext(str(fault)))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    except PermissionDenied:
        messages.error(request, _("This is outside your own region."))
    return None


class FaultyForm(ModelForm):
    """A form whose action is tried while what was typed is still on the page."""

    def refuse(self, fault: Exception) -> None:
        """Show why it could not be done."""
        said = gettext(str(fault)) if isinstance(fault, AccountFault) else fault
        self.add_error(None, said if isinstance(said, str) else cast(ValidationError, said))


@admin.register(Staff)
class StaffPages(ActionPages):
    """People who sign in. A first password is shown once, to be handed over and changed."""

    list_display = ("username", "name", "held", "office", "is_active", "last_login")
    list_filter = ("is_active", "grants__role")
    search_fields = ("username", "name")
    fields = ("username", "name", "phone", "office_id", "federated_id")
    actions = ("end_accounts", "new_passwords", "drop_second_factors")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Accounts of the administrator's own region, with their roles."""
        asked = cast(PlatformRequest, request)
        return staff_in_scope(asked.actor, asked.at).prefetch_related("grants")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A user name stays."""
        return ("username", "held") if obj else ()

    @admin.display(description=_("Office"), ordering="office_id")
    def office(self, staff: Staff) -> str:
        """The number of the agency."""
        return str(staff.office_id or "—")

    @admin.display(description=_("Roles"))
    def held(self, staff: Staff) -> str:
        """Roles that are open, with their region."""
        names = dict(ROLE_CHOICES)
        open_ones = [grant for grant in staff.grants.all() if grant.until is None]
        return ", ".join(f"{names[grant.role]} {six_digits(grant.region)}" for grant in open_ones) or "—"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Make or alter the account."""
        given = form.cleaned_data
        about = {
            "name": given["name"],
            "phone": given["phone"] or "",
            "office": given["office_id"] or 0,
        }
        if change:
            actions.alter_staff(staff=obj, federated_id=given["federated_id"], **about, **self.who(request))
            return
        password = secrets.token_urlsafe(NO_PASSWORD_YET)
        made = actions.create_staff(
            username=given["username"], password=password, **about, **self.who(request)
        )
        if given["federated_id"]:
            actions.alter_staff(staff=made, federated_id=given["federated_id"], **about, **self.who(request))
        obj.pk = made.pk
        obj._state.adding = False
        self._show(request, made, password)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which shows the faults of the action before anything is written."""
        made: Any = super().get_form(request, obj, change, form=_staff_form(request), **kwargs)
        return made

    def _show(self, request: HttpRequest, staff: Staff, password: str) -> None:
        said = gettext("First password of %(name)s, shown once: %(password)s")
        messages.warning(request, said % {"name": staff.username, "password": password})

    @admin.action(description=_("End these accounts"))
    def end_accounts(self, request: HttpRequest, chosen: QuerySet[Staff]) -> None:
        """Sessions, tokens and roles stop at once."""
        for staff in chosen:
            run(request, actions.deactivate, staff=staff)

    @admin.action(description=_("Give new passwords"))
    def new_passwords(self, request: HttpRequest, chosen: QuerySet[Staff]) -> None:
        """Shown once; changed at the next sign-in."""
        for staff in chosen:
            password = run(request, actions.reset_password, staff=staff)
            if password:
                self._show(request, staff, password)

    @admin.action(description=_("Remove second factors (telephone lost)"))
    def drop_second_factors(self, request: HttpRequest, chosen: QuerySet[Staff]) -> None:
        """They are set up anew at the next sign-in where the role needs one."""
        for staff in chosen:
            run(request, actions.reset_second_factor, staff=staff)


def _staff_form(request: HttpRequest) -> type[FaultyForm]:
    class StaffForm(FaultyForm):
        """Checks what the action would refuse."""

        def clean(self) -> dict[str, Any]:
            given = super().clean() or self.cleaned_data
            given["federated_id"] = given.get("federated_id") or None
            taken = Staff.objects.filter(username=str(given.get("username", "")).strip().lower())
            if not self.instance.pk and taken.exists():
                self.add_error("username", gettext(actions.SENTENCES["username_taken"]))
            held = set(
                Grant.objects.filter(staff_id=self.instance.pk, until=None).values_list("role", flat=True)
            )
            if held & OFFICE_ROLES and not given.get("office_id"):
                self.add_error("office_id", gettext(actions.SENTENCES["office_missing"]))
            return given

    return StaffForm


@admin.register(Grant)
class GrantPages(ActionPages):
    """Roles that people hold. One is given here, and ended by the action of the list."""

    list_display = ("staff", "role", "place", "since", "until")
    list_filter = ("role",)
    search_fields = ("staff__username", "staff__name")
    list_select_related = ("staff",)
    autocomplete_fields = ("staff",)
    fields = ("staff", "role", "region", "until")
    actions = ("end_roles",)
    may_change = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Roles in the administrator's own region."""
        low, high = cast(PlatformRequest, request).actor.scope
        return Grant.objects.filter(region__gte=low, region__lte=high)

    @admin.display(description=_("Region"))
    def place(self, grant: Grant) -> str:
        """In six digits."""
        return six_digits(grant.region)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that gives the role when it is valid, so that a fault keeps what was typed."""
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return super().get_form(request, obj, change, form=_grant_form(request), **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form's last check has given the role."""

    @admin.action(description=_("End these roles"))
    def end_roles(self, request: HttpRequest, chosen: QuerySet[Grant]) -> None:
        """They stop working with the next request."""
        for grant in chosen.select_related("staff"):
            run(request, actions.revoke_role, staff=grant.staff, role=grant.role)


def _grant_form(request: HttpRequest) -> type[FaultyForm]:
    class GrantForm(FaultyForm):
        """A role in a region."""

        region = RegionField(label=_("Region"))

        def _post_clean(self) -> None:
            """Instead of checking the row, give the role: the action knows every rule."""
            if self.errors:
                return
            given = self.cleaned_data
            wanted = {name: given[name] for name in ("staff", "role", "region", "until")}
            try:
                self.instance = actions.grant_role(**wanted, **ActionPages.who(request))
            except (AccountFault, ValidationError) as fault:
                self.refuse(fault)
            except PermissionDenied:
                self.add_error("region", gettext("This is outside your own region."))

    return GrantForm


@admin.register(ApiToken)
class ApiTokenPages(ActionPages):
    """Tokens for programs. A new one is shown once."""

    list_display = ("label", "hint", "role", "place", "staff", "expires_at", "revoked_at", "used_at")
    list_filter = ("role",)
    list_select_related = ("staff",)
    autocomplete_fields = ("staff",)
    fields = ("label", "staff", "role", "region", "office_id", "expires_at")
    actions = ("revoke",)
    may_change = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Tokens in the administrator's own region."""
        low, high = cast(PlatformRequest, request).actor.scope
        return ApiToken.objects.filter(region__gte=low, region__lte=high)

    @admin.display(description=_("Region"))
    def place(self, token: ApiToken) -> str:
        """In six digits."""
        return six_digits(token.region)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that issues the token when it is valid."""
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return super().get_form(request, obj, change, form=_token_form(request), **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form has issued it; show it once."""
        said = gettext("Token, shown once: %(token)s")
        messages.warning(request, said % {"token": form.secret})

    @admin.action(description=_("End these tokens"))
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        """At once."""
        for token in chosen:
            run(request, actions.revoke_token, token=token)


def _token_form(request: HttpRequest) -> type[FaultyForm]:
    class TokenForm(FaultyForm):
        """What a new token may do."""

        region = RegionField(label=_("Region"))
        secret = ""

        def _post_clean(self) -> None:
            """Instead of checking the row, issue the token: the action knows every rule."""
            if self.errors:
                return
            given = self.cleaned_data
            wanted = {name: given[name] for name in ("label", "staff", "role", "region", "expires_at")}
            try:
                self.instance, self.secret = actions.issue_token(
                    office=given["office_id"] or 0, **wanted, **ActionPages.who(request)
                )
            except (AccountFault, ValidationError) as fault:
                self.refuse(fault)
            except PermissionDenied:
                self.add_error("region", gettext("This is outside your own region."))

    return TokenForm
