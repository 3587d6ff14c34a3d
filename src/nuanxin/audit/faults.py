"""What the verifier may find, in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

ALTERED = "altered"  # a row's content or mac is not what was written
MISSING = "missing"  # a row between two others is gone
REORDERED = "reordered"  # a row stands at another place than it was written for
CUT = "cut"  # the last rows of a stream are gone
DELETED = "deleted"  # a whole stream is gone
HEAD = "head"  # the end of a stream as stored is missing, forged or behind
CHECKPOINT = "checkpoint"  # an export outside the database is damaged or lost
UNGUARDED = "unguarded"  # a trigger that refuses changes is not there


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding. ``seq`` is the place in the stream, ``row`` the event's id where that row is there."""

    kind: str
    detail: str
    stream: int | None = None
    seq: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        parts = [
            f"stream {self.stream}" if self.stream is not None else "",
            f"event {self.seq}" if self.seq is not None else "",
            f"row {self.row}" if self.row is not None else "",
        ]
        place = ", ".join(part for part in parts if part)
        return f"{self.kind}: {place + ': ' if place else ''}{self.detail}"

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


@dataclass(slots=True)
class Tally:
    """What a verification has looked at."""

    events: int = 0
    streams: int = 0
    exported: int = 0  # exported heads compared
    newest_export: str = ""  # instant of the last one
