"""What the platform asks of a voice gateway, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nuanxin.hotline.models.callbacks import CallBack
from nuanxin.hotline.models.calls import Call
from nuanxin.hotline.models.register import Exchange


class VoiceCommand(models.Model):
    """One thing that a person at the desk wants of the voice: written with the reason in the database, carried out
    by the gateway, answered here. A gateway that was away carries out what is not too old by then."""

    class Kind(models.TextChoices):
        TAKE = "take"  # ring the operator, then join them with the caller
        HANG_UP = "hang_up"
        FOLLOW = "follow"  # the call stands in another desk's queue already: the voice follows
        RING_BACK = "ring_back"  # ring the operator, then the person of the call-back
        ADD_INTERPRETER = "add_interpreter"  # ring ``extension`` and join it as a third voice
        DROP_INTERPRETER = "drop_interpreter"
        LISTEN_IN = "listen_in"  # ``extension`` of the supervisor hears and is not heard
        STOP_LISTENING = "stop_listening"
        RECORD = "record"  # the caller has agreed to it in the talk
        STOP_RECORDING = "stop_recording"  # and has taken it back

    class Result(models.TextChoices):
        OPEN = ""  # not answered yet
        DONE = "done"
        NOT_REACHED = "not_reached"  # the other telephone did not answer
        NO_SUCH_CALL = "no_such_call"  # gone by the time the gateway read it
        TOO_LATE = "too_late"
        FAILED = "failed"

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="commands")
    # About a call; ringing back is about a call-back, whatever the door it came by: its call begins with the talk.
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="commands")
    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, null=True, related_name="commands")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.BigIntegerField()  # account of who asks
    extension = models.CharField(max_length=20, default="")
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)  # the gateway has read it
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=16, default=Result.OPEN)

    class Meta:
        indexes = [
            models.Index(
                fields=["exchange", "id"], name="hotline_command_open", condition=Q(done_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, result="") | Q(done_at__isnull=False) & ~Q(result=""),
                name="hotline_command_answered",
            ),
            models.CheckConstraint(
                condition=Q(kind="ring_back", call__isnull=True, call_back__isnull=False)
                | ~Q(kind="ring_back") & Q(call__isnull=False, call_back__isnull=True),
                name="hotline_command_about_one",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.kind} for {self.call_id or self.call_back_id}"
