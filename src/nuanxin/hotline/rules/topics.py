"""What written questions are about: the shelves of the public answers. Append; a shelf that is in use keeps its key."""

from __future__ import annotations

TOPICS: tuple[str, ...] = (
    "wages", "contract", "employer", "deadline", "proof", "procedure", "injury", "dismissal", "insurance", "aid", "other",
)  # fmt: skip
