"""The case: one row from the first word to the money in hand."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F

from nuanxin.cases.models.indexes import CASE_INDEXES
from nuanxin.cases.rules.clocks import Clock, clock_from_json
from nuanxin.cases.rules.ledger import Sums
from nuanxin.cases.rules.numbers import number_of
from nuanxin.cases.rules.states import Status


class Case(models.Model):
    """A question, a report of unpaid wages or an application for aid, and everything it becomes.

    Status, stage, who acts next and by when are stored, never inferred. ``province`` never changes; the id
    contains it. Money is in fen. Regions are 12-digit integers.
    """

    id = models.BigIntegerField(primary_key=True)
    province = models.SmallIntegerField()
    kind = models.CharField(max_length=10)
    door = models.CharField(max_length=10)
    submitted_at = models.DateTimeField()
    version = models.IntegerField(default=1)  # counts moves; a form sends it back, a stale one is refused

    status = models.CharField(max_length=24)
    status_before = models.CharField(
        max_length=24, default=""
    )  # where an objection or a kept case returns to
    stage = models.CharField(max_length=16, default="")
    steps = models.JSONField(default=list)  # every step on record, as it stands after corrections
    lane = models.CharField(max_length=10)
    urgent = models.BooleanField(default=False)
    limitation_on = models.DateField(null=True)  # the strict last day, where the facts give one
    items = models.JSONField(default=list)  # what is claimed
    needs = models.JSONField(default=list)  # how to speak with the worker
    languages = models.JSONField(default=list)
    trade = models.CharField(max_length=80, default="")
    relation = models.CharField(max_length=12, default="unknown")
    workers_stated = models.IntegerField(default=1)  # head count as first told
    worked_from = models.CharField(max_length=10, default="")  # as told: YYYY, YYYY-MM or a full date
    worked_to = models.CharField(max_length=10, default="")
    ended_on = models.DateField(null=True)
    means = models.CharField(max_length=24, default="")  # exempt | check_or_undertaking | document_needed
    means_settled = models.BooleanField(
        default=False
    )  # undertaking or proof is on file, or nothing to verify

    place = models.BigIntegerField()  # where the work was done, as reported; 0 unknown
    place_now = models.BigIntegerField()  # its successor where the code was abolished
    holder_agency = models.BigIntegerField()  # the office that is responsible
    holder_region = models.BigIntegerField()
    holder_county = models.GeneratedField(
        expression=F("holder_region") / 1000000, output_field=models.IntegerField(), db_persist=True
    )
    holder_city = models.GeneratedField(
        expression=F("holder_region") / 100000000, output_field=models.IntegerField(), db_persist=True
    )
    holder_province = models.GeneratedField(
        expression=F("holder_region") / 10000000000, output_field=models.IntegerField(), db_persist=True
    )
    officer = models.BigIntegerField(default=0)  # the person in the office who has it; 0 nobody in person
    lawyer = models.BigIntegerField(default=0)  # staff id of the lawyer who accepted
    offered_to = models.BigIntegerField(default=0)  # staff id of the lawyer who was asked

    seat = models.CharField(max_length=12)  # who must act next
    step = models.CharField(max_length=24)  # which move is expected
    next_by = models.DateTimeField(null=True)  # by when; null only for ended cases
    next_clock = models.CharField(max_length=40, default="")
    next_provisional = models.BooleanField(default=False)
    turn = models.CharField(max_length=8)  # office | others | ended
    queue_key = models.BigIntegerField(default=0)
    clocks = models.JSONField(default=list)
    sweep_at = models.DateTimeField(null=True)  # the next moment at which a clock warns or runs out
    recount_on = models.DateField(null=True)  # the earliest end that was counted without its year's holidays

    supplement_asked_at = models.DateTimeField(null=True)
    supplement_items = models.JSONField(default=list)
    reviewed_by = models.BigIntegerField(default=0)
    decided_by = models.BigIntegerField(default=0)
    grounds = models.JSONField(default=list)  # coded reasons of a refusal or an early end
    aid_first = models.CharField(max_length=8, default="")  # the ground: 44.1 | 44.2
    transfer_to = models.BigIntegerField(default=0)  # agency asked to take over
    transfer_region = models.BigIntegerField(default=0)
    transfer_returns = models.SmallIntegerField(default=0)
    sent_from = models.BigIntegerField(default=0)  # region of the office that sent it on: it goes on reading
    objected_at = models.DateTimeField(null=True)  # the decision in force was objected to
    withdrawal_by = models.BigIntegerField(default=0)  # officer who recorded the wish; 0 the worker alone
    watch_by = models.BigIntegerField(default=0)  # supervisor who waits for an answer
    call_attempts = models.SmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, default="")
    subsidy_fen = models.BigIntegerField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    rating = models.SmallIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    continues = models.BigIntegerField(default=0)  # the case in another province that this one goes on with
    continued_by = models.BigIntegerField(default=0)
    code_epoch = models.SmallIntegerField(default=0)  # raised to make an old follow code worthless

    claimed_fen = models.BigIntegerField(default=0)
    awarded_fen = models.BigIntegerField(default=0)
    paid_fen = models.BigIntegerField(default=0)
    confirmed_fen = models.BigIntegerField(default=0)
    workers_count = models.IntegerField(default=0)  # workers on the roster who take part
    workers_left = models.IntegerField(default=0)  # workers on the roster who have left
    left_group = models.BigIntegerField(default=0)  # the group claim that this worker left to go on alone

    class Meta:
        indexes = CASE_INDEXES
        constraints = [
            # No open case without an owner and a next date: the database itself refuses one.
            models.CheckConstraint(
                condition=models.Q(turn="ended")
                | (models.Q(next_by__isnull=False) & ~models.Q(holder_agency=0) & ~models.Q(seat="nobody")),
                name="case_open_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_fen__lte=F("paid_fen"))
                & models.Q(claimed_fen__gte=0, awarded_fen__gte=0, paid_fen__gte=0, confirmed_fen__gte=0),
                name="case_ledger_sane",
            ),
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that people use."""
        return number_of(self.id)

    @property
    def sums(self) -> Sums:
        """The four totals."""
        return Sums(self.claimed_fen, self.awarded_fen, self.paid_fen, self.confirmed_fen)

    @property
    def state(self) -> Status:
        """The status as the rules know it."""
        return Status(self.status)

    def clock_list(self) -> list[Clock]:
        """The clocks as the rules know them, in the order they were started."""
        body: list[dict[str, Any]] = self.clocks
        return [clock_from_json(item) for item in body]
