"""``overtime``: 150 % after hours, 200 % on rest days, 300 % on statutory holidays."""

from nuanxin.law.topic import Topic
from nuanxin.law.topics.overtime.answer import BASIS, respond
from nuanxin.law.topics.overtime.question import SHAPE, check

TOPIC = Topic("overtime", SHAPE, respond, BASIS, check, calendar_path="/dates")

__all__ = ["BASIS", "TOPIC"]
