"""Reworded messages, and what the development outbox kept."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.notices.rules.catalogue import CATALOGUE, GIVEN
from nuanxin.notices.rules.rendering import BadText, check_text

TEXTS = ("zh", "en", "discreet_zh", "discreet_en", "subject_zh", "subject_en")


class Template(models.Model):
    """A reworded message. Each change is a new version, the newest counts; an empty text means the default."""

    key = models.CharField(_("Message"), max_length=40)
    version = models.PositiveIntegerField(_("Version"))
    zh = models.TextField(_("Chinese"), max_length=500, blank=True)
    en = models.TextField(_("English"), max_length=500, blank=True)
    discreet_zh = models.TextField(_("Chinese, discreet"), max_length=500, blank=True)
    discreet_en = models.TextField(_("English, discreet"), max_length=500, blank=True)
    subject_zh = models.CharField(_("Subject, Chinese"), max_length=120, blank=True)
    subject_en = models.CharField(_("Subject, English"), max_length=120, blank=True)
    written_at = models.DateTimeField(_("Written"), editable=False)
    written_by = models.BigIntegerField(_("Written by"), editable=False)

    class Meta:
        verbose_name = _("message text")
        verbose_name_plural = _("message texts")
        ordering = ["key", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="template_one_version")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def clean(self) -> None:
        """Every place in a text is one that the message fills. Raises ValidationError naming the text."""
        message = CATALOGUE.get(self.key)
        if message is None:
            raise ValidationError({"key": _("There is no such message.")})
        faults = {}
        for name in TEXTS:
            try:
                check_text(getattr(self, name), message.places | GIVEN)
            except BadText as fault:
                faults[name] = str(fault)
        if faults:
            raise ValidationError(faults)


class OutboxMessage(models.Model):
    """A message as it would have left, kept by the development outbox. Never written by an installation."""

    notice_id = models.BigIntegerField(unique=True)
    case_id = models.BigIntegerField(default=0, db_index=True)
    channel = models.CharField(max_length=8)
    recipient = EncryptedTextField()
    subject = EncryptedTextField(default="")
    text = EncryptedTextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-notice_id"]

    class Privacy:
        personal = {"recipient": "contact", "subject": "free_text", "text": "free_text"}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"
