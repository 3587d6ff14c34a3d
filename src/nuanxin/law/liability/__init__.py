"""Who must pay unpaid wages, who pays first, and on which ground (保障农民工工资支付条例, 国务院令第724号).

Liability is told for each respondent and each ground. A missing link of the chain is named, never filled in.
"""

from nuanxin.law.liability.assess import liability
from nuanxin.law.liability.parties import (
    Chain,
    Liability,
    Party,
    Refused,
    Respondent,
    Unknown,
)

__all__ = ["Chain", "Liability", "Party", "Refused", "Respondent", "Unknown", "liability"]
