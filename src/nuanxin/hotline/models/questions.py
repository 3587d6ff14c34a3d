"""Written questions: what the hotline adds to a case of that kind."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class WrittenQuestion(models.Model):
    """One case that began as a question: who has it in hand, and what the asker allowed.

    The question itself, its clock and its answer are the case's. A row is made with the question or when somebody
    first takes it, so that questions of every door stand in the one queue.
    """

    id = models.BigIntegerField(primary_key=True)  # that of its case
    province = models.SmallIntegerField()
    share = models.BooleanField(
        default=False
    )  # others may read it, without anything that points to the asker
    owner = models.BigIntegerField(default=0)  # account of who writes the answer now; 0 nobody
    taken_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # when the owner's page last said that it is open
    answered_by = models.BigIntegerField(default=0)  # who answered last
    answered_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)  # the one further question
    helped = models.BooleanField(null=True)  # what the asker said of the answer

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=0) | Q(taken_at__isnull=False, seen_at__isnull=False),
                name="hotline_question_held_since",
            )
        ]
        indexes = [
            models.Index(fields=["seen_at"], name="hotline_question_held", condition=~Q(owner=0)),
            models.Index(
                fields=["id"], name="hotline_question_to_share", condition=Q(share=True)
            ),
        ]  # fmt: skip

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"question {self.id}"
