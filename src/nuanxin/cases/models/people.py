"""The people and firms of a case. Personal data live here and nowhere else."""

from __future__ import annotations

from django.db import models

from nuanxin.audit.encryption import BlindIndexField, EncryptedTextField
from nuanxin.cases.models.case import Case
from nuanxin.cases.rules.ledger import Sums


class Worker(models.Model):
    """A worker on a case, with the four sums of the money. ``seq`` is the place on the roster, from 1."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="workers")
    seq = models.IntegerField()
    representative = models.BooleanField(default=False)
    name = models.CharField(max_length=100)
    phone = EncryptedTextField(default="")
    phone_index = BlindIndexField(null=True)
    resident_id = EncryptedTextField(default="")
    resident_id_index = BlindIndexField(null=True)
    bank_card = EncryptedTextField(default="")
    bank_card_index = BlindIndexField(null=True)
    may_call = models.BooleanField(default=True)
    call_hours = models.CharField(max_length=11, default="")  # HH:MM-HH:MM
    may_say_who = models.BooleanField(default=True)
    passphrase = EncryptedTextField(default="")
    consent_on = models.DateField(null=True)  # joined the group claim
    left_on = models.DateField(null=True)  # left the group claim
    left_reason = models.CharField(max_length=20, default="")
    goes_on = models.BigIntegerField(default=0)  # the case of their own that goes on instead
    dismissed_on = models.DateField(null=True)  # the award gives this worker nothing
    claimed_fen = models.BigIntegerField(default=0)
    awarded_fen = models.BigIntegerField(default=0)
    paid_fen = models.BigIntegerField(default=0)
    confirmed_fen = models.BigIntegerField(default=0)
    denied_at = models.DateTimeField(null=True)  # said that the money did not come; null again once confirmed
    denial_answered_at = models.DateTimeField(null=True)  # they were told what was found out
    missed = models.SmallIntegerField(default=0)  # days on which they were tried about money and not reached
    missed_on = models.DateField(null=True)  # the last of those days
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="worker_seq"),
            models.CheckConstraint(
                condition=models.Q(confirmed_fen__lte=models.F("paid_fen"))
                & models.Q(claimed_fen__gte=0, awarded_fen__gte=0, paid_fen__gte=0, confirmed_fen__gte=0),
                name="worker_ledger_sane",
            ),
        ]
        indexes = [
            models.Index(
                fields=["phone_index"], name="worker_phone", condition=models.Q(phone_index__isnull=False)
            ),
            models.Index(
                fields=["resident_id_index"],
                name="worker_rid",
                condition=models.Q(resident_id_index__isnull=False),
            ),
            models.Index(
                fields=["bank_card_index"],
                name="worker_bank",
                condition=models.Q(bank_card_index__isnull=False),
            ),
        ]

    class Privacy:
        personal = {
            "name": "name",
            "phone": "phone",
            "phone_index": "phone",
            "resident_id": "id",
            "resident_id_index": "id",
            "bank_card": "bank",
            "bank_card_index": "bank",
            "passphrase": "free_text",
            "call_hours": "contact",
        }
        mutable = "yes"

    def __str__(self) -> str:
        return f"worker {self.id}"

    @property
    def sums(self) -> Sums:
        """The four totals of this worker."""
        return Sums(self.claimed_fen, self.awarded_fen, self.paid_fen, self.confirmed_fen)


class Respondent(models.Model):
    """A party who may have to pay, with what is known of the chain between site and worker."""

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="respondents")
    seq = models.IntegerField()
    name = models.CharField(max_length=200, default="")
    role = models.CharField(max_length=20, default="")
    kind = models.CharField(max_length=20, default="")
    uscc = models.CharField(max_length=18, default="")
    phone = EncryptedTextField(default="")
    engaged_by = models.IntegerField(null=True)  # seq of the party one step up

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="respondent_seq")]
        indexes = [
            models.Index(fields=["uscc"], name="respondent_uscc", condition=~models.Q(uscc="")),
            models.Index(fields=["name"], name="respondent_name", condition=~models.Q(name="")),
        ]

    class Privacy:
        personal = {"name": "name", "phone": "phone"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"respondent {self.id}"


class NameGram(models.Model):
    """One- and two-character pieces of names, so that a part of a Chinese name finds its cases by an index."""

    id = models.BigAutoField(primary_key=True)
    gram = models.CharField(max_length=2)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["gram", "case"], name="gram_case"),
            models.Index(fields=["case"], name="gram_of_case"),
        ]

    class Privacy:
        personal = {"gram": "name"}
        mutable = "yes"

    def __str__(self) -> str:
        return f"gram {self.id}"
