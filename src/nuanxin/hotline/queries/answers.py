"""Public answers: what others may read, what waits to be proposed or approved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nuanxin.audit.actor import Actor, Role, scope_in_roles
from nuanxin.audit.models import Event
from nuanxin.cases.actions.personal import ERASED as PERSONS_ERASED
from nuanxin.cases.models import Case
from nuanxin.hotline.models import PublicAnswer, WrittenQuestion
from nuanxin.hotline.permissions import APPROVES
from nuanxin.hotline.queries.questions import answers_given

PAGE, MOST_WORDS, MOST, LIKE = 10, 6, 50, 3
State = PublicAnswer.State


@dataclass(frozen=True, slots=True)
class Page:
    """One page of answers; ``page`` counts from 1."""

    rows: Sequence[PublicAnswer]
    page: int
    more: bool


def published() -> QuerySet[PublicAnswer]:
    """What anybody may read, the newest first."""
    return PublicAnswer.objects.filter(state=State.APPROVED).order_by("-number")


def answer_numbered(number: int) -> PublicAnswer | None:
    """One published answer by its public number."""
    return published().filter(number=number).first() if number < 2**31 else None


def search(*, words: str = "", topic: str = "", page: int = 1) -> Page:
    """Published answers that hold every one of the words, of a topic or of all. One statement."""
    rows = published()
    if topic:
        rows = rows.filter(topic=topic)
    for word in words_of(words):
        rows = rows.filter(_holds(word))
    first = (page - 1) * PAGE
    found = list(rows[first : first + PAGE + 1])
    return Page(found[:PAGE], page, len(found) > PAGE)


def topics() -> dict[str, int]:
    """How many published answers each topic has; topics without any are left out."""
    rows = published().order_by().values_list("topic").annotate(n=Count("id"))
    return {str(topic): int(n) for topic, n in rows}


def words_of(text: str) -> list[str]:
    """The words that are looked for: cut at spaces, marks and the NUL that no database takes; at most some."""
    return [word[:40] for word in re.split(r"[\s\x00，。、？！；：,.?!;:]+", text.strip()[:200]) if word][
        :MOST_WORDS
    ]


def _holds(word: str) -> Q:
    return (
        Q(question_zh__icontains=word) | Q(answer_zh__icontains=word)
        | Q(question_en__icontains=word) | Q(answer_en__icontains=word)
    )  # fmt: skip


_WEIGHTY = (
    "双倍工资", "劳动合同", "没签合同", "加班费", "工伤", "包工头", "仲裁", "时效", "欠条", "押金", "扣工资", "停工", "辞退", "赔偿", "社保",
    "劳务派遣", "分包", "总包", "破产", "工资卡", "起诉", "证据", "执行", "个人承包", "年终奖", "试用期", "离职", "生活费", "跑路", "找不到",
)  # fmt: skip
_STOP = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "have",
        "has",
        "was",
        "are",
        "not",
        "but",
        "you",
        "can",
        "will",
        "from",
        "they",
        "what",
        "when",
        "how",
        "who",
    ]
)


def alike(text: str) -> list[PublicAnswer]:
    """Up to three published answers that share the most weighty words with a question. One statement."""
    words = [word for word in _WEIGHTY if word in text]
    words += [w for w in dict.fromkeys(re.findall(r"[a-z]{4,20}", text.lower())) if w not in _STOP][:8]
    if not words:
        return []
    any_of = Q()
    for word in words[:12]:
        any_of |= Q(question_zh__icontains=word) | Q(question_en__icontains=word)
    rows = list(published().filter(any_of)[:60])

    def weight(row: PublicAnswer) -> int:
        said = f"{row.question_zh} {row.question_en}".lower()
        return -sum(word in said for word in words)

    return sorted(rows, key=weight)[:LIKE]


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the desk's page shows: cases whose answer may be proposed, proposals, what is out already."""

    to_propose: Sequence[Case]
    proposed: Sequence[PublicAnswer]
    refused: Sequence[PublicAnswer]
    out: Sequence[PublicAnswer]


def to_do(by: Actor) -> ToDo:
    """All of it within the actor's reach. At most four statements."""
    low, high = scope_in_roles(by.scope, by.roles & (APPROVES | {str(Role.DUTY_LAWYER)}))
    mine = PublicAnswer.objects.filter(region__gte=low, region__lte=high)
    return ToDo(
        _to_propose(low, high) if by.has(Role.DUTY_LAWYER) else [],
        list(mine.filter(state=State.PROPOSED).order_by("proposed_at")[:MOST]),
        list(mine.filter(state=State.REFUSED, proposed_by=by.id).order_by("-decided_at")[:LIKE]),
        list(mine.filter(state=State.APPROVED).order_by("-number")[:MOST]),
    )


def _to_propose(low: int, high: int) -> list[Case]:
    """Answered questions whose asker agrees, of which nothing was proposed yet."""
    known = PublicAnswer.objects.filter(case=OuterRef("pk"))
    shared = WrittenQuestion.objects.filter(~Exists(known), share=True).order_by("-id")
    ids = list(shared.values_list("pk", flat=True)[: 4 * MOST])
    if not ids:
        return []
    rows = Case.objects.filter(pk__in=ids, holder_region__gte=low, holder_region__lte=high)
    return list(rows.filter(Exists(answers_given(OuterRef("pk")))).order_by("-id")[:MOST])


def to_empty(before: datetime) -> list[int]:
    """Texts that nobody approved and that need not be kept: settled long ago, or of a case whose people were erased."""
    erased = Event.objects.filter(kind=PERSONS_ERASED, stream=OuterRef("case"))
    rows = PublicAnswer.objects.exclude(state=State.APPROVED).exclude(question_zh="", answer_zh="")
    old = Q(decided_at__lt=before) | Q(withdrawn_at__lt=before)
    return list(rows.filter(old | Exists(erased)).order_by("id").values_list("pk", flat=True)[:500])
