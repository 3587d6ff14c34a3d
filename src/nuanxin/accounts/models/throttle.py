"""Counters behind rate limits, shared by all server processes. Keys are HMACs: no address, no number."""

from __future__ import annotations

from django.db import models


class Window(models.Model):
    """How often one key was used in the running window and in the one before."""

    key = models.BinaryField(primary_key=True, max_length=16)
    slot = models.BigIntegerField()
    count = models.IntegerField()
    previous = models.IntegerField()
    expires_at = models.DateTimeField(db_index=True)

    class Privacy:
        personal = {"key": "hash"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.count} in slot {self.slot}"


class Slowdown(models.Model):
    """Repeated failures of one key, and when the last one was."""

    key = models.BinaryField(primary_key=True, max_length=16)
    failures = models.IntegerField()
    failed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Privacy:
        personal = {"key": "hash"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.failures} failures"
