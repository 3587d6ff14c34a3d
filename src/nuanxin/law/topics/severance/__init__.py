"""``severance``: severance, damages for an unlawful ending (2N) and pay in place of notice."""

from nuanxin.law.topic import Topic
from nuanxin.law.topics.severance.answer import BASIS, respond
from nuanxin.law.topics.severance.question import SHAPE, check

TOPIC = Topic("severance", SHAPE, respond, BASIS, check)

__all__ = ["BASIS", "TOPIC"]
