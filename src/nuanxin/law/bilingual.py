"""A sentence in both languages, Chinese first."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Bilingual(NamedTuple):
    """One statement in Chinese and in English; every explanation of the engine is one."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        """``{"zh": …, "en": …}``, as answers carry it."""
        return {"zh": self.zh, "en": self.en}


def join(*parts: Bilingual | None) -> Bilingual:
    """Several statements as one; what is None is left out."""
    given = [part for part in parts if part is not None]
    if len(given) == 1:
        return given[0]
    return Bilingual("".join([part[0] for part in given]), " ".join([part[1] for part in given]))


@lru_cache(maxsize=4096)
def dated(day: date) -> Bilingual:
    """A day as people write it: ``2026年2月10日`` / ``10 February 2026``."""
    return Bilingual(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )
