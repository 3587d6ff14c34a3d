"""The outbox: what is to be sent, and how it went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField


class Channel(models.TextChoices):
    """How it leaves."""

    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    IN_APP = "in_app", _("On the desk")


class Status(models.TextChoices):
    """Where it stands. Queued and failed wait for their next try; the others wait for nothing."""

    QUEUED = "queued", _("Waiting")
    FAILED = "failed", _("Failed, will be tried again")
    SENT = "sent", _("Sent")
    HELD = "held", _("Held back by staff")
    DEAD = "dead", _("Given up")


WAITING = (Status.QUEUED.value, Status.FAILED.value)
ASIDE = (Status.HELD.value, Status.DEAD.value)


class Notice(models.Model):
    """One message to one person. Written in the transaction of the change that caused it, sent after it.

    The number, the address and the values are sealed; erasing a case empties them. ``case_id`` 0: no case.
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case_id = models.BigIntegerField(default=0, db_index=True)
    channel = models.CharField(_("Channel"), max_length=8, choices=Channel.choices)
    phone = EncryptedTextField(default="")
    phone_index = BlindIndexField(null=True)
    email = EncryptedTextField(default="")
    staff_id = models.BigIntegerField(null=True)
    template = models.CharField(_("Message"), max_length=40)
    language = models.CharField(_("Language"), max_length=2)
    values = EncryptedTextField(default="")  # JSON of the places
    discreet = models.BooleanField(_("Discreet"), default=False)
    hours = models.CharField(max_length=11, default="")  # contact hours HH:MM-HH:MM
    status = models.CharField(_("Status"), max_length=8, choices=Status.choices, default=Status.QUEUED)
    tries = models.PositiveSmallIntegerField(_("Tries"), default=0)
    next_try_at = models.DateTimeField(_("Next try"), null=True)  # null: waits for nothing
    aside_at = models.DateTimeField(_("Put aside"), null=True)  # when it was held or given up
    lease = models.BinaryField(max_length=16, null=True)  # the worker that is sending it now
    leased_until = models.DateTimeField(null=True)
    wording = models.PositiveIntegerField(default=0)  # version of the text that was sent; 0: the default
    fault = models.CharField(_("Fault"), max_length=40, default="")
    provider_id = models.CharField(_("Gateway's id"), max_length=80, default="")
    created_at = models.DateTimeField(_("Written"))
    sent_at = models.DateTimeField(_("Sent"), null=True)
    read_at = models.DateTimeField(null=True)  # in_app: when the person opened it

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            # Conditions on the indexed column itself: the only ones that SQLite recognises in a query.
            models.Index(
                fields=["next_try_at"], name="notice_due", condition=models.Q(next_try_at__isnull=False)
            ),
            models.Index(
                fields=["-aside_at"], name="notice_aside", condition=models.Q(aside_at__isnull=False)
            ),
            models.Index(
                fields=["staff_id", "-id"], name="notice_inbox", condition=models.Q(staff_id__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values) & models.Q(channel__in=Channel.values),
                name="notice_known_codes",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=WAITING, next_try_at__isnull=False, aside_at__isnull=True)
                | models.Q(status__in=ASIDE, next_try_at__isnull=True, aside_at__isnull=False)
                | models.Q(status="sent", next_try_at__isnull=True, aside_at__isnull=True),
                name="notice_status_and_times",
            ),
            # A sending worker and the end of its claim come and go together.
            models.CheckConstraint(
                condition=models.Q(lease__isnull=True, leased_until__isnull=True)
                | models.Q(lease__isnull=False, leased_until__isnull=False),
                name="notice_lease_pair",
            ),
        ]

    class Privacy:
        personal = {
            "phone": "phone",
            "phone_index": "phone",
            "email": "email",
            "values": "free_text",
            "hours": "contact",
            "discreet": "contact",
            "language": "language",
        }
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.template} {self.channel} {self.status}"
