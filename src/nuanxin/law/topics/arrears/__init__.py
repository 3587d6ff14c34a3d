"""``arrears``: what work earned and was not paid (劳动合同法 art. 30).

A monthly wage is counted calendar month by calendar month: whole months in full, part months by their paid days, even
where these are more than the average month has. ``days`` at a monthly wage are paid days of a time whose dates are not
known. A daily wage over whole months, from a day to the day before the corresponding one, is divided; over any other
time the days have to be given.
"""

from nuanxin.law.topic import Topic
from nuanxin.law.topics.arrears.answer import BASIS, respond
from nuanxin.law.topics.arrears.question import SHAPE, check

TOPIC = Topic("arrears", SHAPE, respond, BASIS, check, calendar_path="/to")

__all__ = ["BASIS", "TOPIC"]
