"""The law engine: plain Python, no Django, no network, no clock.

``answer(topic, question)`` takes and gives plain JSON values, as the contract of the engine says. Rooms that
want typed values call ``periods``, ``limitation``, ``eligibility``, ``liability``, ``identity`` and
``calendar`` directly.
"""

from nuanxin.law.engine import answer, ask
from nuanxin.law.question import BadQuestion

__all__ = ["BadQuestion", "answer", "ask"]
