"""Encryption at rest, for the rooms above: model fields for sealed text and for the blind index beside it.

The plain functions come from ``audit.sealing``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import In, IsNull

from nuanxin.audit.sealing import (
    INDEX_SIZE,
    KINDS,
    SealBroken,
    blind_candidates,
    blind_index,
    fingerprint,
    open_bytes,
    open_sealed,
    seal,
    seal_bytes,
)

__all__ = [
    "BlindIndexField",
    "EncryptedTextField",
    "SealBroken",
    "blind_candidates",
    "blind_index",
    "fingerprint",
    "open_bytes",
    "open_sealed",
    "seal",
    "seal_bytes",
]

if TYPE_CHECKING:  # the stubs' fields are generic, Django's are not
    _Text = models.TextField[str | None, str]
    _Binary = models.BinaryField[bytes | str | None, bytes | None]
else:
    _Text, _Binary = models.TextField, models.BinaryField


class EncryptedTextField(_Text):
    """Text that is sealed in the database and plain in Python. Find it through a ``BlindIndexField``.

    ``context`` binds the value to its place; leave it out, unless a model was renamed and old
    values must open.
    """

    description = "sealed text"

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self.fixed_context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.fixed_context:
            kwargs["context"] = self.fixed_context
        return name, path, args, kwargs

    @property
    def context(self) -> str:
        """``app.model.field``: what the cipher authenticates besides the text."""
        return self.fixed_context or f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return value if not value else open_sealed(value, context=self.context)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if not value else seal(str(value), context=self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only ``isnull``: every sealing of the same text differs."""
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self.name} is sealed; look it up through its blind index")


class BlindIndexField(_Binary):
    """The blind index of a sealed field in the same model, kept by itself; NULL where that is empty.

    ``phone_index = BlindIndexField(null=True)`` indexes ``phone``, with the category that ``Privacy`` says it
    has (phone, id or bank); ``of`` and ``kind`` say otherwise. Filter it with the plain value:
    ``filter(phone_index="138 1234 5678")``. A ``save(update_fields=…)`` names both fields; ``update()`` sets
    both. A field that belongs to no other simply keeps 16 bytes (``audit.sealing.fingerprint``).
    """

    description = "blind index"

    def __init__(self, *, of: str = "", kind: str = "", **kwargs: Any) -> None:
        self.of, self.kind = of, kind
        kwargs.update(max_length=INDEX_SIZE, editable=False)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        kwargs.pop("editable", None)
        if self.of:
            kwargs.update(of=self.of, kind=self.kind)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not self.of and name.endswith("_index"):
            self.of = name.removesuffix("_index")
        if self.of and not self.kind:
            self.kind = getattr(getattr(cls, "Privacy", None), "personal", {}).get(self.of, "")
        if self.of and (self.kind not in KINDS or not self.null):
            raise TypeError(f"{cls.__name__}.{name}: wants null=True and a kind: {', '.join(KINDS)}")

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        if not self.of:
            given: bytes | None = super().pre_save(model_instance, add)
            return given
        text = getattr(model_instance, self.of)
        value = blind_index(self.kind, text) if text else None
        setattr(model_instance, self.attname, value)
        return value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        return blind_index(self.kind, value) if isinstance(value, str) else super().get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return {"exact": BlindExact, "in": In, "isnull": IsNull}.get(lookup_name)


class BlindExact(In):
    """Equality with a plain value: matches its index under every key in use."""

    lookup_name = "exact"

    def __init__(self, lhs: Any, rhs: Any) -> None:
        kind = lhs.output_field.kind
        super().__init__(lhs, blind_candidates(kind, rhs) if isinstance(rhs, str) else [rhs])
