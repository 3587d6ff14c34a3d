"""Calls and what was told of them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.hotline.models.register import Desk, Exchange
from nuanxin.hotline.rules.calls import Happening, Outcome, State, Told
from nuanxin.hotline.rules.figures import Result, result_of, waited_of
from nuanxin.hotline.rules.life import Life

BY_HAND = (
    "hand-"  # begins the number of a call that an operator dialled at the telephone: no gateway knows it
)
WITH_OPERATOR = (State.OFFERED, State.RINGING, State.ON_CALL, State.WRAP_UP)


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
    rings_back = models.BigIntegerField(default=0)  # the call-back whose talk it is; 0: they rang us
    recording = models.CharField(max_length=8, default="")  # agreed, refused; empty: not asked, or silent
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
    result = models.CharField(max_length=12, default="")  # as what it counts: rules.figures.Result
    waited_s = models.IntegerField(null=True)  # rules.figures.waited_of

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
            models.Index(fields=["rings_back"], name="hotline_call_back_talk", condition=~Q(rings_back=0)),
            # Holds everything that the board asks of a day, so that it reads no row of a call for it.
            models.Index(fields=["arrived_at", "desk", "result", "waited_s"], name="hotline_call_figures"),
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
        self.result, self.waited_s = (Result.OURS if self.rings_back else result_of(life)), waited_of(life)


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
