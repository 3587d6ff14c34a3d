"""People who sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.audit.encryption import EncryptedTextField

if TYPE_CHECKING:
    from nuanxin.accounts.models.grant import Grant

username_shape = RegexValidator(
    r"^[a-z0-9][a-z0-9_.-]{1,63}$",
    _("Use 2 to 64 lower-case letters, digits, dots, hyphens or underscores, with a letter or digit first."),
    code="username_shape",
)


class StaffManager(BaseUserManager["Staff"]):
    """Reads only: accounts are made by ``accounts.actions.create_staff``."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        """The account with this user name, in whatever case it was typed. Raises Staff.DoesNotExist."""
        return self.get(username=(username or "").strip().lower())


class Staff(AbstractBaseUser):
    """An account: agency staff, lawyers, operators, supervisors, partners. Roles are in Grant.

    Django's own permissions are not used: ``has_perm`` is always false, guards and Grant decide.
    """

    username = models.CharField(_("User name"), max_length=64, unique=True, validators=[username_shape])
    name = models.CharField(_("Name"), max_length=64)
    phone = EncryptedTextField(_("Telephone"), blank=True, default="")
    # Agency this person works for; a plain number, as agencies live in a room above. 0: none.
    office_id = models.BigIntegerField(_("Office"), default=0, db_index=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    must_change_password = models.BooleanField(_("Must choose a new password"), default=False)
    # The `sub` claim of the identity provider, where one is configured.
    federated_id = models.CharField(
        _("Identity provider's id"), max_length=255, null=True, blank=True, unique=True
    )
    created_at = models.DateTimeField(_("Created"), editable=False)
    created_by_id = models.BigIntegerField(default=0, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[StaffManager] = StaffManager()
    # Filled by the session's look-up, so that the actor costs no query of its own.
    loaded_grants: list[Grant] | None = None

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["username"]

    class Privacy:
        personal = {"username": "name", "name": "name", "phone": "phone", "federated_id": "secret"}
        mutable = "yes"

    def __str__(self) -> str:
        return self.username

    @property
    def is_staff(self) -> bool:
        """Django's admin asks; who may enter it is decided by the role, in ``accounts.admin_site``."""
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Always false: Django's permissions are not used."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Always false: Django's permissions are not used."""
        return False

    def get_short_name(self) -> str:
        """The name for greetings and lists."""
        return self.name
