"""Whether legal aid is open to a person for what they ask: scope, means, waiver, aid first (法律援助法)."""

from nuanxin.law.eligibility.aid_first import aid_first_allowed, last_days, presses
from nuanxin.law.eligibility.means import Applicant, Means, Outcome, means
from nuanxin.law.eligibility.scope import ITEMS, in_scope, split_scope
from nuanxin.law.eligibility.waiver import GREEN_ITEMS, Lane, is_waived, lane

__all__ = [
    "GREEN_ITEMS",
    "ITEMS",
    "Applicant",
    "Lane",
    "Means",
    "Outcome",
    "aid_first_allowed",
    "in_scope",
    "is_waived",
    "lane",
    "last_days",
    "means",
    "presses",
    "split_scope",
]
