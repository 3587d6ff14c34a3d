"""The facts of a claim on a case, the question they make for the law, and what is kept of its answer."""

from nuanxin.cases.rules.claim.changes import changes, coded, decoded
from nuanxin.cases.rules.claim.facts import EVENTS, FACTS, Document, Fact, Place, place_of, told
from nuanxin.cases.rules.claim.outline import limits_of, outline, sums_changed, total_of
from nuanxin.cases.rules.claim.question import (
    Frame,
    cautious,
    first_day,
    from_door,
    question_of,
    worked_of,
)

__all__ = [
    "EVENTS", "FACTS", "Document", "Fact", "Frame", "Place", "cautious", "changes", "coded", "decoded", "first_day", "from_door",
    "limits_of", "outline", "place_of", "question_of", "sums_changed", "told", "total_of", "worked_of",
]  # fmt: skip
