"""``double_wage``: a second wage for each month worked without a written contract."""

from nuanxin.law.topic import Topic
from nuanxin.law.topics.double_wage.answer import BASIS, respond
from nuanxin.law.topics.double_wage.question import SHAPE, check

TOPIC = Topic("double_wage", SHAPE, respond, BASIS, check, calendar_path="/as_of")

__all__ = ["BASIS", "TOPIC"]
