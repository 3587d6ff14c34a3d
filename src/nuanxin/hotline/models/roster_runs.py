"""What the machine works out for rosters: the need of each day, and the search for a month."""

from __future__ import annotations

from django.db import models

from nuanxin.hotline.models.register import Desk
from nuanxin.hotline.models.rosters import RosterMonth


class DayNeed(models.Model):
    """Calls forecast and people needed at a desk in each quarter-hour of a day, and the days it rests on."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="needs")
    day = models.DateField()
    calls = models.JSONField()
    people = models.JSONField()
    rests_on = models.JSONField()
    growth = models.FloatField(default=1.0)
    stand_in = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "day"], name="hotline_need_day")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"need of desk {self.desk_id} on {self.day}"


class RosterRun(models.Model):
    """One search for the roster of a month: asked for, run by the worker, stopped or finished.

    ``best``: duties as [day, staff, shift, desk], the best so far, from which a later run goes on. ``reasons``: why there
    is none, in both languages.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"  # a whole roster, kept as the draft
        NONE = "none"  # proved that there is none
        STOPPED = "stopped"  # by a person or by its time: ``best`` is as far as it came
        FAILED = "failed"

    OPEN = (State.WAITING, State.RUNNING)

    roster = models.ForeignKey(RosterMonth, on_delete=models.PROTECT, related_name="runs")
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    seconds = models.IntegerField()  # its time limit
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stop_asked = models.BooleanField(default=False)
    stage = models.CharField(max_length=10, default="")
    done = models.SmallIntegerField(default=0)
    of = models.SmallIntegerField(default=1)
    cost = models.IntegerField(null=True)
    bound = models.FloatField(default=0.0)
    proved = models.BooleanField(default=False)
    best = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)  # the worker was at it last
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roster"],
                name="hotline_run_one_open",
                condition=models.Q(state__in=["waiting", "running"]),
            )
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"run {self.pk} for {self.roster_id}"
