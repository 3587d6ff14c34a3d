"""Agencies, promises and settings in memory: what every request needs and what changes a few times a year.

Each change of this room writes a new random token in its transaction. A process asks for the token at most
once in ``FRESH`` seconds and reads anew when it differs, so that every process follows within that time and a
request costs one small query or none. A rolled-back change brings the old token back, and with it the old
picture.
"""

from __future__ import annotations

import secrets
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from nuanxin.network.models import Agency, Edition, ProvinceSetting, ServicePromise
from nuanxin.network.rules.promises import Promise, Unit

FRESH = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Directory:
    """One picture of the room's tables. The rows are shared by threads: read them, never change them."""

    token: str
    agencies: Mapping[int, Agency]
    serving: Mapping[tuple[str, int], Agency]  # (kind, region) -> the active agency with the lowest id
    promises: Mapping[str, tuple[Promise, ...]]
    settings: Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class _Held:
    directory: Directory
    asked: float  # monotonic seconds


_held: _Held | None = None


def directory() -> Directory:
    """The present picture: one query when not checked for ``FRESH`` seconds, three more when it changed."""
    global _held
    held, now = _held, time.monotonic()
    if held is not None and now - held.asked < FRESH:
        return held.directory
    token = Edition.objects.values_list("token", flat=True).first() or ""
    picture = held.directory if held is not None and held.directory.token == token else _read(token)
    _held = _Held(picture, now)
    return picture


def forget() -> None:
    """Make the next reader of this process look at the database."""
    global _held
    _held = None


def changed() -> None:
    """Tell every process, as part of the caller's transaction, that the tables changed."""
    token = secrets.token_hex(16)
    Edition.objects.update_or_create(id=1, defaults={"token": token})
    forget()
    transaction.on_commit(forget)


def _read(token: str) -> Directory:
    agencies = {agency.pk: agency for agency in Agency.objects.order_by("id")}
    serving: dict[tuple[str, int], Agency] = {}
    for agency in agencies.values():
        if agency.active:
            serving.setdefault((agency.kind, agency.region), agency)
    promises: dict[str, list[Promise]] = defaultdict(list)
    for row in ServicePromise.objects.all():
        promises[row.key].append(
            Promise(
                row.key, row.region, Unit(row.unit), row.amount, row.cut_off, row.valid_from, row.valid_until
            )
        )
    settings = {(row.province, row.key): row.value for row in ProvinceSetting.objects.all()}
    return Directory(token, agencies, serving, {k: tuple(v) for k, v in promises.items()}, settings)
