"""What a message of the platform is: its places, its text in two languages, and the one that shows nothing."""

from __future__ import annotations

from dataclasses import dataclass

from nuanxin.notices.rules.rendering import variables

LANGUAGES = ("zh", "en")
SIGNATURE = {"zh": "【暖薪】", "en": "Nuanxin: "}
DISCREET_SIGNATURE = {"zh": "【通知】", "en": "Notice: "}
# How to look, for a text that may not say at what. The address opens a page that asks for the code.
LOOK_ZH = "查看 {site}/f/{number}/ 或短信回复编号和查询码。"
LOOK_EN = "Look: {site}/f/{number}/ or reply with number and code."
# Each in Chinese and English, without a day and with one.
_NEWS = (
    ("您好，{number}有新情况。" + LOOK_ZH, "Hello. There is news about {number}. " + LOOK_EN),
    (
        "您好，{number}有新情况[，下一步在{by}前]。" + LOOK_ZH,
        "Hello. There is news about {number}[, next step by {by}]. " + LOOK_EN,
    ),
)
_TO_DO = (  # the reader has something to do, and the day is theirs to keep
    ("您好，{number}有一件事等您办。" + LOOK_ZH, "Hello. {number} waits for you. " + LOOK_EN),
    (
        "您好，{number}有一件事等您办[，请在{by}前]。" + LOOK_ZH,
        "Hello. {number} waits for you[, please act by {by}]. " + LOOK_EN,
    ),
)
# A day on which somebody is expected somewhere: what for is not said.
DAY_ZH = "您好，{number}提醒您记住{when_zh}。" + LOOK_ZH
DAY_EN = "Hello. {number}: remember {when_en}. " + LOOK_EN
# Filled in by the sender for every message.
GIVEN = frozenset({"site"})
# Values that open something: kept no longer than until they have left.
SECRET = frozenset({"code"})
# Who wrote wants the answer now; and what is told of a call-back stands for no other message.
_ANSWERS = frozenset(
    {"follow_answer", "follow_left", "follow_unknown", "hotline_thanks", "hotline_sorry"}
    | {f"ring_back_{what}" for what in ("set", "off", "moved", "never", "missed")}
)
BLANKED = "••••••••"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``places``: values that must be given when it is enqueued.

    ``to_do``: the reader is asked to do something. ``settles``: what such a message asked is done by this one.
    """

    key: str
    zh: str
    en: str
    places: frozenset[str]
    subject_zh: str = ""
    subject_en: str = ""
    discreet_zh: str = _NEWS[0][0]
    discreet_en: str = _NEWS[0][1]
    to_do: bool = False
    settles: tuple[str, ...] = ()

    @property
    def bundled(self) -> bool:
        """Whether its discreet text may stand for others of these minutes: not if it brings a code or answers."""
        return not SECRET & self.places and self.key not in _ANSWERS

    def text(self, language: str, *, discreet: bool = False) -> str:
        """The default text without its signature."""
        if language not in LANGUAGES:
            raise ValueError(f"language is zh or en, not {language!r}")
        if discreet:
            return self.discreet_zh if language == "zh" else self.discreet_en
        return self.zh if language == "zh" else self.en


def message(
    key: str, zh: str, en: str, *, to_do: bool = False, settles: tuple[str, ...] = (), **more: str
) -> Message:
    """A message; its discreet text is the neutral one of its kind unless ``more`` gives another."""
    # The day that the plain text names, and no other: the next day of a case need not be the reader's.
    neutral = (_TO_DO if to_do else _NEWS)["by" in variables(zh)]
    texts = {"discreet_zh": neutral[0], "discreet_en": neutral[1]} | more
    places = frozenset().union(*map(variables, [zh, en, texts["discreet_zh"], texts["discreet_en"]])) - GIVEN
    return Message(key, zh, en, places, to_do=to_do, settles=settles, **texts)
