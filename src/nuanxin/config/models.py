"""How the background work stands, so that any server process can tell."""

from __future__ import annotations

from django.db import models


class JobState(models.Model):
    """One periodic job. ``failures``: in a row. ``last_error``: the error's class, never its text."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    last_error = models.CharField(max_length=100, default="", blank=True)

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.name
