"""Messages that ask callers of the hotline how it was. Always discreet: who reads the telephone is not known."""

from __future__ import annotations

from nuanxin.notices.rules.message import Message, message

TO_CALLERS: tuple[Message, ...] = (
    message(
        "hotline_rate",
        "您打12348满意吗？回1到5（5最好）或点{site}/h/{code}/",
        "You rang 12348. How was it? Reply 1 to 5 (5 is best), or open {site}/h/{code}/",
        discreet_zh="您对通话满意吗？回1到5（5最好）或点{site}/h/{code}/",
        discreet_en="Hello. How was the call just now? Reply 1 to 5 (5 is best), or open {site}/h/{code}/",
    ),
    message(
        "hotline_thanks",
        "收到您的评价，谢谢。",
        "We have your answer. Thank you.",
        discreet_zh="收到，谢谢。",
        discreet_en="Received. Thank you.",
    ),
    message(
        "hotline_sorry",
        "收到您的评价。没办好很抱歉，会有另一位同事给您回电话。",
        "We have your answer and are sorry. Another colleague rings you back.",
        discreet_zh="收到。会有另一位同事给您回电话。",
        discreet_en="Received. Another colleague rings you back.",
    ),
)
