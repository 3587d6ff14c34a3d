"""Rows of casework. Written only by ``cases.actions``."""

from nuanxin.cases.models.case import Case
from nuanxin.cases.models.claim import ClaimVersion
from nuanxin.cases.models.money import LedgerLine
from nuanxin.cases.models.people import NameGram, Respondent, Worker
from nuanxin.cases.models.record import Entry, Submission

__all__ = ["Case", "ClaimVersion", "Entry", "LedgerLine", "NameGram", "Respondent", "Submission", "Worker"]
