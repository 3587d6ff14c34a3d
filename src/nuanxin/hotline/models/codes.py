"""The registries of the hotline that a deployer extends: what came of a call, and what it was about."""

from __future__ import annotations

from django.db import models


class Listed(models.Model):
    """One word of a registry. A retired one is offered no more and still names what it was used for."""

    code = models.CharField(max_length=20, unique=True)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    active = models.BooleanField(default=True)
    order = models.SmallIntegerField(default=100)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.zh


class WrapUpCode(Listed):
    """What came of a call. ``needs_record``: with it a call is closed only once category and reply are written."""

    needs_record = models.BooleanField(default=True)

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"


class Category(Listed):
    """What a consultation was about. ``item``: what an application that grows out of it claims, where that is clear."""

    item = models.CharField(max_length=20, default="", blank=True)

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"
