"""Hours of a shift as people write them, and which hours of a desk no shift covers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nuanxin.hotline.rules.rosters.limits import DAY, Span


class Overlapping(ValueError):
    """Parts of a shift that overlap, or together are longer than a day."""


def read_spans(texts: Sequence[str]) -> list[Span]:
    """``HH:MM-HH:MM`` in minutes; an end before its start, or a span before the one before, lies on the next day.

    Raises ValueError with the text that cannot be read, and Overlapping for parts that overlap or are longer than a day.
    """
    found: list[Span] = []
    for text in texts:
        try:
            start, end = (_minute(part) for part in text.split("-"))
        except ValueError:
            raise ValueError(text) from None
        while found and start < found[-1][1]:
            start, end = start + DAY, end + DAY
        found.append((start, end + DAY * (end <= start)))
        if found[-1][1] - found[0][0] > DAY:
            raise Overlapping(" ".join(texts))
    return found


def _minute(text: str) -> int:
    hour, minute = text.strip().split(":")
    if not (len(minute) == 2 and 0 <= int(hour) <= 24 and 0 <= int(minute) < 60):
        raise ValueError(text)
    return int(hour) * 60 + int(minute)


def uncovered(hours: Span, shifts: Iterable[Sequence[Span]]) -> list[Span]:
    """The stretches of a desk's hours, in minutes of the day, in which no shift of any day has anybody at work."""
    covered = [False] * DAY
    for spans in shifts:
        for start, end in spans:
            for minute in range(start, min(end, start + DAY)):
                covered[minute % DAY] = True
    found: list[Span] = []
    start, end = hours
    for minute in range(start, end):
        if not covered[minute % DAY]:
            if found and found[-1][1] == minute:
                found[-1] = (found[-1][0], minute + 1)
            else:
                found.append((minute, minute + 1))
    return found
