"""Answers of duty lawyers that others may read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PublicAnswer(models.Model):
    """A question and its answer without anything that points to a person, and who let it out.

    ``number`` is its public address, given when it is approved; ``case`` is where it came from and is shown to staff
    alone. ``law_on``: the day of whose law the answer speaks.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    LIVE = (State.PROPOSED, State.APPROVED)

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.BigIntegerField()
    region = models.BigIntegerField()  # of the office that held the question
    number = models.IntegerField(null=True, unique=True)
    topic = models.CharField(max_length=20)
    question_zh = models.TextField(default="")
    answer_zh = models.TextField(default="")
    question_en = models.TextField(default="")
    answer_en = models.TextField(default="")
    law_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(default="")  # why it was refused
    withdrawn_by = models.BigIntegerField(default=0)  # 0: the asker, or a rule
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="hotline_answer_one_live",
                condition=Q(state__in=["proposed", "approved"]),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(number__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=0)
                & ~Q(decided_by=models.F("proposed_by")),
                name="hotline_answer_second_person",
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "-number"], name="hotline_answer_topic", condition=Q(state="approved")),
            models.Index(fields=["-number"], name="hotline_answer_number", condition=Q(state="approved")),
            models.Index(fields=["region", "proposed_at"], name="hotline_answer_open", condition=Q(state="proposed")),
            models.Index(fields=["case"], name="hotline_answer_case"),
        ]  # fmt: skip

    class Privacy:
        personal: dict[
            str, str
        ] = {}  # two people and a rule have seen to it; what nobody approved is emptied
        mutable = "yes"

    def __str__(self) -> str:
        return f"public answer {self.number or self.id}"
