"""What the voice of a call does next: what was heard comes in, orders to the engine and what to tell go out."""

from nuanxin.hotline.rules.voice.line import Line
from nuanxin.hotline.rules.voice.machine import arrive, hear, ring_back

__all__ = ["Line", "arrive", "hear", "ring_back"]
