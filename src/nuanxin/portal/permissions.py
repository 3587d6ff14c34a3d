"""Who of a group may do what with its code. The transition table says what a worker may do at all."""

from __future__ import annotations

# A code of one's own on the roster opens one's own money; all else is for the representative, who speaks for all.
FOR_EACH_WORKER = frozenset({"confirm_payment", "deny_payment"})


def may_do(seq: int, action: str) -> bool:
    """Whether the holder of this code (0: applicant or representative) may take this step."""
    return seq == 0 or action in FOR_EACH_WORKER
