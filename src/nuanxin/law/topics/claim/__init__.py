"""``claim``: every topic of one worker together, asked once and answered item by item.

``question`` reads shared facts and topics, ``asking`` asks them, ``items`` turns heads into items,
``time_limits`` and ``finality`` say how long and how firmly, ``routes`` and ``outcomes`` where to go,
``evidence`` what has to be proved, ``answering`` brings it together.
"""

from __future__ import annotations

from nuanxin.law.topic import Topic
from nuanxin.law.topics import final_award, limitation
from nuanxin.law.topics.claim import answering, evidence, outcomes
from nuanxin.law.topics.claim.question import ClaimShape, check
from nuanxin.law.topics.single import SINGLE

BASIS = tuple(
    dict.fromkeys((*answering.BASIS, *outcomes.BASIS, *evidence.BASIS, *final_award.BASIS, *limitation.BASIS))
)
TOPIC = Topic("claim", ClaimShape(SINGLE), answering.answer, BASIS, check)
