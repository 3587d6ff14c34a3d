"""``minimum_wage``: what a month's pay lacks of the minimum wage, in probation and while work is stopped too.

Without ``minimum`` the table decides, by ``place`` and the first day of ``month``. ``stop_work`` says that no work was
given: for the first pay cycle the wage of the contract is due, and the minimum wage is only the least that it can be.
"""

from nuanxin.law.topic import Topic
from nuanxin.law.topics.minimum_wage.answer import BASIS, respond
from nuanxin.law.topics.minimum_wage.question import SHAPE, check

TOPIC = Topic("minimum_wage", SHAPE, respond, BASIS, check, calendar_path="/month")

__all__ = ["BASIS", "TOPIC"]
