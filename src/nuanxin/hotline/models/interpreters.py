"""Interpreters who can be joined to a call."""

from __future__ import annotations

from django.db import models


class Interpreter(models.Model):
    """Somebody who speaks other languages, at a number of the exchange: an extension, or a short number behind which
    the exchange keeps a telephone outside. Telephones themselves are not kept here."""

    region = models.BigIntegerField()  # for whose desks
    label = models.CharField(max_length=60)  # an office or a person, as the desk calls them
    languages = models.JSONField(default=list)  # network.rules.points.LANGUAGES
    extension = models.CharField(max_length=8)
    hours = models.CharField(max_length=11, default="")  # HH:MM-HH:MM in Shanghai; empty: round the clock
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "extension"], name="hotline_interpreter_extension")
        ]

    class Privacy:
        personal = {"label": "name"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"interpreter {self.pk}"
