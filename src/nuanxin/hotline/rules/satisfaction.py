"""Asking callers how it was: who is asked, what an answer is, who is rung back. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

from nuanxin.hotline.rules.callbacks import SafeContact

SCORES = (1, 2, 3, 4, 5)
DISSATISFIED = 2  # this score and below: rung back, all of them
SATISFIED = 4  # this score and above
OPEN_FOR = timedelta(days=7)  # an answer may be given and changed for so long
APART = timedelta(days=7)  # nobody is asked twice within
STALE = timedelta(days=1)  # a call whose end is told later than this is not asked about
# After these nobody is asked: there was nothing to be satisfied with, or they are to hear from us again.
NOT_ASKED_AFTER = frozenset({"wrong_number", "nuisance", "call_back", ""})
# What was done for somebody who was not satisfied.
REMEDIES = ("explained", "corrected", "case_opened", "passed_on", "complaint", "nothing_wanted", "unreached")
MOST_NOTE = 1000
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


def may_ask(
    *, phone: str, code: str, contact: SafeContact, ended_at: datetime, last: datetime | None, at: datetime
) -> bool:
    """Whether the caller may be asked by text message: a mobile telephone that was shown, a call worth asking about, not
    long ago, not asked within a week. Who wants no calls is left in peace: an answer could bring one."""
    return (
        _MOBILE.fullmatch(phone) is not None
        and code not in NOT_ASKED_AFTER
        and contact.may_call
        and at - ended_at <= STALE
        and (last is None or at - last >= APART)
    )


def read_answer(text: str) -> int | None:
    """The score in a text message that is nothing else: 5, ５, 五, 5分; None otherwise."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("分").rstrip("。.!！").strip()
    if plain in _WORDS:
        return _WORDS[plain]
    return int(plain) if len(plain) == 1 and plain in "12345" else None


def is_dissatisfied(score: int) -> bool:
    """Whether somebody is owed a call."""
    return score <= DISSATISFIED
