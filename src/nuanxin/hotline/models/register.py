"""Exchanges, desks, and where the people who answer stand."""

from __future__ import annotations

from django.db import models

from nuanxin.audit.encryption import EncryptedTextField


class Exchange(models.Model):
    """A telephone exchange that tells of its calls, and the token by which it is known.

    ``kind``: one that only pushes what happens, or one whose voice the platform's own gateway leads.
    """

    class Kind(models.TextChoices):
        PUSH = "push"
        ARI = "ari"  # Asterisk's REST interface: rings, joins and records as the desk asks

    token = models.BigIntegerField(unique=True)  # row of accounts.ApiToken; only this one speaks for it
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.PUSH)
    region = models.BigIntegerField()  # where its callers are, as far as nobody knows better
    web_socket = models.CharField(max_length=200, default="")  # where browsers telephone; empty: not at all
    active = models.BooleanField(default=True)

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.label


class Desk(models.Model):
    """A queue with the people who answer it. ``key`` is its name at the exchange."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="desks")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)  # rules.routing.DeskKind
    region = models.BigIntegerField()
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, default="")
    languages = models.JSONField(default=list)
    topics = models.JSONField(default=list)  # empty: all
    hours = models.CharField(max_length=11, default="")  # HH:MM-HH:MM in Shanghai; empty: round the clock
    call_backs_a_slot = models.SmallIntegerField(default=4)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "key"], name="hotline_desk_key")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.name_zh


class OperatorState(models.Model):
    """Where a person who answers calls stands now; ``extension`` is their telephone at the exchange."""

    class State(models.TextChoices):
        OFF = "off"
        READY = "ready"
        ON_CALL = "on_call"
        WRAP_UP = "wrap_up"
        BREAK = "break"

    staff = models.BigIntegerField(unique=True)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="operators")
    extension = models.CharField(max_length=20)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="operators")
    lawyer = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=State.OFF)
    since = models.DateTimeField()
    call = models.BigIntegerField(default=0)  # the one they talk on or write up
    browser_phone = models.BooleanField(default=False)  # the telephone is in the browser, not on the desk
    phone_secret = EncryptedTextField(default="")  # by which the telephone signs in to the exchange

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "extension"], name="hotline_operator_extension")
        ]

    class Privacy:
        personal = {"phone_secret": "secret"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"operator {self.staff}"
