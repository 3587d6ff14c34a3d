"""What administration pages of this and other rooms share: changes are actions, nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.requests import PlatformRequest
from nuanxin.accounts.scope import NotARegion, level_of

if TYPE_CHECKING:
    from django.db import models

    Pages = admin.ModelAdmin[models.Model]
else:
    Pages = admin.ModelAdmin


class ActionPages(Pages):
    """Pages of a model whose rows are written by actions. The site has let administrators in; the actions look
    at their region."""

    actions: Any = None
    may_add = True
    may_change = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Any administrator."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Any administrator."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Where an action adds rows."""
        return self.may_add

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where an action changes rows."""
        return self.may_change

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what ends gets an end."""
        return False

    @staticmethod
    def who(request: HttpRequest) -> dict[str, Any]:
        """``by`` and ``at`` for an action."""
        asked = cast(PlatformRequest, request)
        return {"by": asked.actor, "at": asked.at}


class RegionField(forms.CharField):
    """A region in six or twelve digits; 000000 is the nation. Gives the 12-digit number."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Six digits of GB/T 2260, such as 140581; 000000 for the nation."))
        super().__init__(max_length=12, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError."""
        text = str(super().clean(value)).strip()
        if not (text.isascii() and text.isdigit() and len(text) in {6, 12}):
            raise ValidationError(_("A region has six digits, such as 140581."), code="region")
        code = int(text) * (10**6 if len(text) == 6 else 1)
        try:
            level_of(code)
        except NotARegion as fault:
            raise ValidationError(_("A region has six digits, such as 140581."), code="region") from fault
        return code


def six_digits(code: int) -> str:
    """A region as people know it."""
    return f"{code // 10**6:06d}"
