"""The ledger: append-only lines, one step of the money for one worker each."""

from __future__ import annotations

from django.db import models

from nuanxin.cases.models.case import Case
from nuanxin.cases.models.people import Worker


class LedgerLine(models.Model):
    """A sum that was claimed, awarded, paid or confirmed. Null worker: for the group, not yet divided.

    Only an award may be nothing: the claim of that worker was dismissed, or that entry is taken back.
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ledger")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="ledger")
    step = models.CharField(max_length=10)
    fen = models.BigIntegerField()
    way = models.CharField(max_length=12)
    item = models.CharField(max_length=24, default="")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(default=0)
    evidence = models.BigIntegerField(default=0)  # id of the paper that shows it, where there is one

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(fen=0) | models.Q(step="awarded"), name="ledger_line_not_zero"
            )
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "append_only"

    def __str__(self) -> str:
        return f"ledger line {self.id}"
