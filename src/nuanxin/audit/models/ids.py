"""The counter behind ``audit.ids``."""

from __future__ import annotations

from django.db import models


class IdBlock(models.Model):
    """One row: the first number that no process has been given yet."""

    next = models.BigIntegerField()

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"next block from {self.next}"
