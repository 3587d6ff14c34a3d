"""Recordings of calls: what is taken, how long it is kept, why it is gone. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

MOST_BYTES = 64 * 1024 * 1024  # an hour of WAV at 16 bits and 8 kHz is 58 million bytes
MOST_SECONDS = 4 * 3600  # after so long without a word a call is over
HEAD = 12  # bytes by which a file is known


class Gone(StrEnum):
    """Why a recording was deleted."""

    AGE = "age"  # kept for as long as the rule says
    WITHDRAWN = "withdrawn"  # the caller took the consent back


class Reason(StrEnum):
    """Why somebody hears a recording."""

    CHECK = "check"  # a check of quality
    COMPLAINT = "complaint"  # the caller was dissatisfied, or complains
    OWN_RECORD = "own_record"  # who talked completes the record


class BadRecording(ValueError):
    """A file that is no recording of a call: empty, too_large, no_sound, bad_length."""


def kind_of(content: bytes, seconds: int) -> str:
    """The MIME type by the bytes, whatever the engine's name says. Raises BadRecording."""
    if not content:
        raise BadRecording("empty")
    if len(content) > MOST_BYTES:
        raise BadRecording("too_large")
    if not 0 <= seconds <= MOST_SECONDS:
        raise BadRecording("bad_length")
    if content[:4] == b"RIFF" and content[8:HEAD] == b"WAVE":
        return "audio/wav"
    if content[:4] == b"OggS":
        return "audio/ogg"
    raise BadRecording("no_sound")


def kept_until(at: datetime, days: int) -> datetime:
    """The end of the usual time; a check or a complaint that is open then makes it longer."""
    return at + timedelta(days=days)


def part_asked(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for; None for the whole, or where it is none we serve.

    Raises IndexError for a part behind the end (416).
    """
    unit, _, spec = header.partition("=")
    first, dash, last = spec.strip().partition("-")
    if (
        unit.strip() != "bytes"
        or not dash
        or not all(x == "" or (x.isascii() and x.isdigit()) for x in (first, last))
    ):
        return None
    if len(first) > 12 or len(last) > 12 or not (first or last):
        return None
    if not first:  # the last so many bytes
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size or (not first and int(last) == 0):
        raise IndexError(header)
    return (start, end) if start <= end else None
