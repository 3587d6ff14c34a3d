"""Limitation: until when a claim can be made, what moves the end, and whether it may still be pleaded.

``arbitration`` (one year), ``civil`` (three years), ``inspection`` (two years); ``running`` does the counting.
"""

from nuanxin.law.limitation.assess import limitation, wages_deadline
from nuanxin.law.limitation.facts import (
    Claim,
    Event,
    EventKind,
    Facts,
    Limitation,
    Missing,
    Obstacle,
    Pleaded,
    Status,
    Step,
)

__all__ = [
    "Claim",
    "Event",
    "EventKind",
    "Facts",
    "Limitation",
    "Missing",
    "Obstacle",
    "Pleaded",
    "Status",
    "Step",
    "limitation",
    "wages_deadline",
]
