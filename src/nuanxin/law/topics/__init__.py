"""The topics of the engine: those that answer by themselves, and the claim that brings them together."""

from __future__ import annotations

from nuanxin.law.topic import Topic
from nuanxin.law.topics import claim
from nuanxin.law.topics.single import SINGLE

TOPICS: dict[str, Topic] = {**SINGLE, claim.TOPIC.name: claim.TOPIC}
