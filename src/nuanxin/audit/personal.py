"""What is personal in each table, and whether a row may be changed: declared at the model, checked by a test.

Every model carries::

    class Privacy:
        personal = {"phone": "phone", "story": "free_text"}   # field -> category
        mutable = "yes"                                       # or "append_only", "reference"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField

CATEGORIES = frozenset({
    "name", "phone", "email", "id", "bank", "address", "location", "birth_date", "sex", "language",
    "health", "needs", "contact", "free_text", "evidence", "secret", "ip", "device", "relation",
    "employer", "hash",
})  # fmt: skip
SEALED = frozenset({"phone", "id", "bank"})  # encrypted at rest, searched by blind index only
_SEALED_FIELDS = (EncryptedTextField, BlindIndexField)
MUTABLE = frozenset({"yes", "append_only", "reference"})


class Undeclared(Exception):
    """A model does not say what is personal in it."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """``personal``: field → category; ``mutable``: yes, append_only or reference (for administrators)."""

    personal: Mapping[str, str]
    mutable: str


_NOTHING = Declaration({}, "yes")
_REFERENCE = Declaration({}, "reference")

# Tables of Django and of third parties: they cannot carry the class, so it is said here.
FOREIGN: dict[str, Declaration] = {
    "admin.LogEntry": Declaration({"object_repr": "free_text", "change_message": "free_text"}, "append_only"),
    "auth.Group": _REFERENCE,
    "auth.Permission": _REFERENCE,
    "contenttypes.ContentType": _REFERENCE,
    "sessions.Session": Declaration({"session_data": "free_text"}, "yes"),
    "django_tasks_database.DBTaskResult": _NOTHING,  # its arguments are row ids
    "account.EmailAddress": Declaration({"email": "email"}, "yes"),
    "account.EmailConfirmation": Declaration({"key": "secret"}, "yes"),
    "socialaccount.SocialAccount": Declaration({"uid": "id", "extra_data": "free_text"}, "yes"),
    "socialaccount.SocialApp": Declaration({"secret": "secret", "key": "secret"}, "reference"),
    "socialaccount.SocialToken": Declaration({"token": "secret", "token_secret": "secret"}, "yes"),
    "mfa.Authenticator": Declaration({"data": "secret"}, "yes"),
    "axes.AccessAttempt": Declaration(
        {
            "username": "name",
            "ip_address": "ip",
            "user_agent": "device",
            "get_data": "free_text",
            "post_data": "free_text",
        },
        "yes",
    ),
    "axes.AccessAttemptExpiration": _NOTHING,
    "axes.AccessFailureLog": Declaration(
        {"username": "name", "ip_address": "ip", "user_agent": "device"}, "append_only"
    ),
    "axes.AccessLog": Declaration(
        {"username": "name", "ip_address": "ip", "user_agent": "device"}, "append_only"
    ),
}


def declaration(model: type[models.Model]) -> Declaration:
    """What the model declares. Raises Undeclared."""
    if model._meta.label in FOREIGN:
        return FOREIGN[model._meta.label]
    said = model.__dict__.get("Privacy")
    if said is None or not hasattr(said, "personal") or not hasattr(said, "mutable"):
        raise Undeclared(f"{model._meta.label} has no class Privacy with personal and mutable")
    return Declaration(dict(said.personal), said.mutable)


def faults(model: type[models.Model]) -> list[str]:
    """What is wrong with a model's declaration, in sentences; empty when it is sound."""
    try:
        said = declaration(model)
    except Undeclared as fault:
        return [str(fault)]
    label, found = model._meta.label, []
    if said.mutable not in MUTABLE:
        found.append(f"{label}: mutable is {said.mutable!r}, not one of {sorted(MUTABLE)}")
    fields = {field.name: field for field in model._meta.get_fields()}
    for name, category in said.personal.items():
        if name not in fields:
            found.append(f"{label}: declares {name}, which it does not have")
        elif category not in CATEGORIES:
            found.append(f"{label}.{name}: category {category!r} is not one of {sorted(CATEGORIES)}")
        elif category in SEALED and label not in FOREIGN and not isinstance(fields[name], _SEALED_FIELDS):
            found.append(f"{label}.{name}: a {category} is kept in an EncryptedTextField")
    for name, field in fields.items():
        if _is_sealed(field) and name not in said.personal:
            found.append(f"{label}.{name} is sealed but not declared personal")
    return found


def _is_sealed(field: object) -> bool:
    return isinstance(field, EncryptedTextField) or (isinstance(field, BlindIndexField) and bool(field.of))


def declared_models() -> list[type[models.Model]]:
    """Every concrete, managed model of the project, ours and foreign."""
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
