"""Conflict of interest: a lawyer whose firm acts for a respondent may not act against it (律师法 art. 39)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

# Endings that firms share; two names that differ only in them are the same firm for this purpose.
_ENDINGS = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "集团公司", "集团", "公司")


def firm_key(name: str) -> str:
    """A firm's name without the words that do not tell firms apart."""
    folded = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) > len(ending) + 1:
            return folded.removesuffix(ending)
    return folded


def conflicting(
    respondents: Collection[tuple[str, str]], clients: Collection[tuple[str, str]]
) -> tuple[str, ...]:
    """Respondents (name, code) that are among the clients (name, code) of a lawyer or firm.

    By social credit code where both have one, else by name: two firms of one name with different codes are two.
    A respondent without a name is told by its code.
    """
    codes = {uscc for _, uscc in clients if uscc}
    names = {firm_key(name) for name, _ in clients if name}
    names_without_code = {firm_key(name) for name, uscc in clients if name and not uscc}
    return tuple(
        name or uscc
        for name, uscc in respondents
        if (uscc and uscc in codes) or (name and firm_key(name) in (names_without_code if uscc else names))
    )
