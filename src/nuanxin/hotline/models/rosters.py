"""Duty rosters: who can be on duty where and on what terms, the shifts, and the months with their duties."""

from __future__ import annotations

from datetime import date

from django.db import models

from nuanxin.hotline.models.register import Desk

EVER = date(2000, 1, 1)  # what has no first month holds from here


class Station(models.Model):
    """One or several desks that are staffed together: one roster a month, and the same people."""

    region = models.BigIntegerField()
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, default="")
    active = models.BooleanField(default=True)
    # Whether who plans approves a swap; else it stands once the colleague has agreed and it breaks no rule.
    approves_swaps = models.BooleanField(default=True)

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.name_zh


class StationDesk(models.Model):
    """A desk in a roster: what its callers are promised and how many sit there at least.

    A row holds from the month that begins on ``since`` until the next one of the desk; ``active`` false: no roster has it.
    ``in_time`` and ``abandoned`` in hundredths, ``seconds``, ``handling`` and ``patience`` in seconds, ``away``: hundredths
    of paid time away from the telephone.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="rosters")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="desks")
    since = models.DateField(default=EVER)
    active = models.BooleanField(default=True)
    lawyer = models.BooleanField(default=False)  # at least one in its hours
    at_least = models.SmallIntegerField(default=1)
    in_time = models.SmallIntegerField(default=95)
    seconds = models.SmallIntegerField(default=30)
    abandoned = models.SmallIntegerField(default=5)
    handling = models.SmallIntegerField(default=300)
    patience = models.SmallIntegerField(default=120)
    away = models.SmallIntegerField(default=15)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "since"], name="hotline_station_desk_month")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"desk {self.desk_id} of station {self.station_id}"


class ShiftTemplate(models.Model):
    """A shift: one or two spans in minutes from the midnight of its day, the last perhaps past the next one.

    It is never changed, so that duties stay what they were: another one takes its place and this one ends. ``until``: the
    last day whose months use it.
    """

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="shifts")
    code = models.CharField(max_length=12)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, default="")
    spans = models.JSONField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "code"], name="hotline_shift_code")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return self.name_zh


class DutyTerms(models.Model):
    """On what terms a person is on duty. ``desks``: where they may sit; none: at every desk of the station.

    A row holds from the month that begins on ``since`` until the person's next one; ``active`` false: on no roster.
    ``days_only_until``: up to and with this day no night and no overtime. Why is nobody's business here.
    """

    staff = models.BigIntegerField()
    since = models.DateField(default=EVER)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="people")
    lawyer = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    desks = models.JSONField(default=list)
    week_hours = models.SmallIntegerField(null=True)  # at most; null: what the law allows
    share = models.SmallIntegerField(default=100)  # hundredths of full time
    days_only_until = models.DateField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "since"], name="hotline_terms_month")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"terms of {self.staff}"


class Answer(models.TextChoices):
    """How what somebody asked for stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Absence(models.Model):
    """Days on which a person asks not to be on duty: leave, or a wish to be free. ``first`` and ``last`` are included."""

    class Kind(models.TextChoices):
        LEAVE = "leave"
        TRAINING = "training"
        WISH = "wish"  # to be free, without leave: it does not count as worked

    staff = models.BigIntegerField()
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=Answer.choices, default=Answer.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["station", "last"], name="hotline_absence_days")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"{self.kind} of {self.staff}"


class RosterMonth(models.Model):
    """The duties of a station in a month. A published one goes on by swaps and changes; each raises ``version``."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()  # its first day
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.IntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "month"], name="hotline_roster_month")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"roster of {self.month:%Y-%m}"


class Duty(models.Model):
    """One person in one shift at one desk. ``day`` is the one on which it begins; ``ends_at`` may lie on the next."""

    roster = models.ForeignKey(RosterMonth, on_delete=models.PROTECT, related_name="duties")
    staff = models.BigIntegerField()
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="duties")
    shift = models.ForeignKey(ShiftTemplate, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "day"], name="hotline_duty_one_a_day")]
        indexes = [models.Index(fields=["desk", "ends_at"], name="hotline_duty_now")]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"duty of {self.staff} on {self.day}"


class Swap(models.Model):
    """A duty that its person offers: to whoever takes it, or (``to``) to one colleague ``in_return`` for a duty of theirs.

    Offered, taken by one, approved or refused. A duty that moves meanwhile takes its open swaps with it.
    """

    class State(models.TextChoices):
        OFFERED = "offered"
        TAKEN = "taken"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    OPEN = (State.OFFERED, State.TAKEN)

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="swaps")
    to = models.BigIntegerField(default=0)
    in_return = models.ForeignKey(Duty, on_delete=models.CASCADE, null=True, related_name="returns")
    offered_by = models.BigIntegerField()
    offered_at = models.DateTimeField()
    taken_by = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty"],
                name="hotline_swap_one_open",
                condition=models.Q(state__in=["offered", "taken"]),
            )
        ]

    class Privacy:
        personal: dict[str, str] = {}
        mutable = "yes"

    def __str__(self) -> str:
        return f"swap of duty {self.duty_id}"
