"""What the law needs to know about the claim of a case, and what it answered, version by version."""

from __future__ import annotations

from django.db import models

from nuanxin.cases.models.case import Case


class ClaimVersion(models.Model):
    """The facts of a claim after one change, with the law's answer on that day. The latest one is in force.

    ``facts`` is a document of ``cases.rules.claim``, ``answer`` the outline of the answer, ``changes`` what is new:
    ``facts`` and ``items`` (their sums) as [key, old, new], ``total`` and ``until`` (the limitation) as [old, new].
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claim_versions", db_index=False)
    number = models.IntegerField()  # from 1
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(default=0)
    as_of = models.DateField()  # the legal day that counted as today
    items = models.JSONField(default=list)  # what was claimed then
    facts = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="claim_version_number")]

    class Privacy:
        personal = {"facts": "health", "changes": "health"}  # the grade of an injury
        mutable = "append_only"

    def __str__(self) -> str:
        return f"claim version {self.id}"
