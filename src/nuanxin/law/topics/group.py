"""``group``: may a group choose representatives, and how many (调解仲裁法 art. 7, 办案规则 art. 63, 民诉法 art. 56)."""

from __future__ import annotations

from typing import Literal

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.question import Shape, Values, choice, whole
from nuanxin.law.topic import Body, Topic, reply

LEAST_WORKERS = 10
_COUNTS: dict[str, tuple[int, int]] = {"arbitration": (3, 5), "court": (2, 5)}
_BASIS: dict[str, tuple[Basis, ...]] = {
    "arbitration": (cite("劳动争议调解仲裁法", "7"), cite("劳动人事争议仲裁办案规则", "63")),
    "court": (
        cite("民事诉讼法", "56"),
        cite("民事诉讼法司法解释", "75"),
        cite("民事诉讼法司法解释", "78"),
    ),
}
BASIS = _BASIS["arbitration"] + _BASIS["court"]
SHAPE = Shape({"workers": whole(1, 100_000), "forum": choice(*_COUNTS)})


def representatives(workers: int, forum: Literal["arbitration", "court"]) -> tuple[int, int] | None:
    """Fewest and most representatives; None for a group under ten, in which each acts for themselves."""
    return _COUNTS[forum] if workers >= LEAST_WORKERS else None


def respond(values: Values) -> Body:
    """How many representatives the group may choose."""
    found = representatives(values["workers"], values["forum"])
    if found is None:
        words = Bilingual(
            f"不到{LEAST_WORKERS}个人，各人自己提出，不推选代表人。",
            f"Under {LEAST_WORKERS} workers each acts for themselves; no representatives are chosen.",
        )
        return reply({"representatives": None}, _BASIS[values["forum"]], words)
    least, most = found
    words = Bilingual(
        f"{values['workers']}个人可以推选{least}到{most}名代表人。",
        f"The {values['workers']} workers may choose {least} to {most} representatives.",
    )
    return reply({"representatives": {"min": least, "max": most}}, _BASIS[values["forum"]], words)


TOPIC = Topic("group", SHAPE, respond, BASIS)
