"""How far a change of keys has come."""

from __future__ import annotations

from django.db import models


class Rotation(models.Model):
    """Progress of one key change over one table or file store; a stopped run goes on from ``cursor``."""

    key = models.CharField(max_length=16)  # the encryption key id that everything is moving to
    target = models.CharField(max_length=100)  # model label, or "store:" and the name of a file store
    cursor = models.CharField(max_length=255, blank=True)  # the last primary key or file done
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    broken = models.BigIntegerField(default=0)  # values that could not be opened
    finished = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "target"], name="audit_rotation_once")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.target} to {self.key}: {self.done} of {self.total}"
