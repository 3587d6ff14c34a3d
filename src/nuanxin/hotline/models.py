"""Rows of the hotline: exchanges, desks, operators, calls and what was told of them, call-backs."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.hotline.rules.callbacks import SafeContact, Status
from nuanxin.hotline.rules.calls import Happening, Outcome, State, Told
from nuanxin.hotline.rules.life import Life

WITH_OPERATOR = (State.OFFERED, State.RINGING, State.ON_CALL, State.WRAP_UP)


class Exchange(models.Model):
    """A telephone exchange that tells of its calls, and the token by which it is known."""

    token = models.BigIntegerField(unique=True)  # row of accounts.ApiToken; only this one speaks for it
    label = models.CharField(max_length=80)
    region = models.BigIntegerField()  # where its callers are, as far as nobody knows better
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "extension"], name="hotline_operator_extension")
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"operator {self.staff}"


class Call(models.Model):
    """One call, as its events leave it (``rules.life``): one owner always, one outcome once it has ended."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="calls")
    external = models.CharField(max_length=64)  # the exchange's own number of the call
    phone = EncryptedTextField(default="")  # empty where the caller hides it
    phone_index = BlindIndexField(null=True)
    language = models.CharField(max_length=8, default="")
    topic = models.CharField(max_length=20, default="")
    place = models.BigIntegerField(default=0)
    case = models.BigIntegerField(default=0)  # the application that grew out of it
    version = models.IntegerField(default=0)
    state = models.CharField(max_length=12, default=State.ARRIVING)
    outcome = models.CharField(max_length=12, default=Outcome.NONE)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="calls")
    operator = models.BigIntegerField(default=0)
    passed_by = models.BigIntegerField(default=0)
    talked = models.BooleanField(default=False)
    code = models.CharField(max_length=20, default="")
    arrived_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField()  # when something was told last

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "external"], name="hotline_call_external"),
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=State.ENDED) & Q(outcome="", ended_at__isnull=True),
                name="hotline_call_one_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_OPERATOR) | ~Q(operator=0), name="hotline_call_has_owner"
            ),
        ]
        indexes = [
            models.Index(fields=["heard_at"], name="hotline_call_live", condition=~Q(state=State.ENDED)),
            models.Index(fields=["desk", "queued_at"], name="hotline_call_queue", condition=Q(state=State.QUEUED)),
            models.Index(fields=["phone_index"], name="hotline_call_phone", condition=Q(phone_index__isnull=False)),
            models.Index(fields=["exchange", "arrived_at"], name="hotline_call_arrived"),
        ]  # fmt: skip

    class Privacy:
        personal = {"phone": "phone", "phone_index": "phone", "language": "language"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"call {self.id}"

    def stand(self, life: Life, *, at: datetime) -> None:
        """Take over where the events leave the call."""
        self.state, self.outcome = life.state, life.outcome
        self.desk_id = life.desk or None
        self.operator, self.passed_by, self.talked, self.code = (
            life.operator,
            life.passed_by,
            life.talked,
            life.code,
        )
        self.arrived_at = life.arrived_at or at
        self.queued_at, self.answered_at = life.queued_at, life.answered_at
        self.closed_at, self.ended_at = life.closed_at, life.ended_at
        self.heard_at, self.version = at, self.version + 1


class CallEvent(models.Model):
    """One thing that was told of a call. ``told`` is the teller's number for it: told again, it adds nothing."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events")
    told = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()  # when it happened, as told
    received_at = models.DateTimeField()
    sequence = models.IntegerField(default=0)
    operator = models.BigIntegerField(default=0)
    desk = models.BigIntegerField(default=0)
    code = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "told"], name="hotline_event_once")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"{self.kind} of call {self.call_id}"

    def as_told(self) -> Told:
        """The plain value that the rules read."""
        return Told(
            self.told, Happening(self.kind), self.at, self.sequence, self.operator, self.desk, self.code
        )


class CallBack(models.Model):
    """A promised call-back, of whatever door; ``place_at`` is the place in the queue that was kept."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="call_back")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="call_backs")
    phone = EncryptedTextField(default="")  # empty: the number is in the message, if anywhere
    phone_index = BlindIndexField(null=True)
    may_call = models.BooleanField(default=True)
    call_hours = models.CharField(max_length=11, default="")
    may_say_who = models.BooleanField(default=True)
    place_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    counted = models.SmallIntegerField(default=0)
    priority = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default=Status.PROMISED)
    dialled_by = models.BigIntegerField(default=0)  # who rings at this moment, 0 for nobody
    dialled_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["desk", "due_at"], name="hotline_call_back_due", condition=Q(status="promised")
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="promised", due_at__isnull=False, settled_at__isnull=True)
                | ~Q(status="promised") & Q(settled_at__isnull=False),
                name="hotline_call_back_due_or_settled",
            )
        ]

    class Privacy:
        personal = {"phone": "phone", "phone_index": "phone", "call_hours": "contact"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"call-back {self.id}"

    @property
    def contact(self) -> SafeContact:
        """How the person may be reached."""
        return SafeContact(self.may_call, self.call_hours, self.may_say_who)


class CallBackAttempt(models.Model):
    """One attempt to ring back, and what came of it."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    operator = models.BigIntegerField()
    result = models.CharField(max_length=12)  # rules.callbacks.Attempt

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"attempt {self.id}"
