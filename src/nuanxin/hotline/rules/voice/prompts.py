"""The sentences that callers hear: recorded by people, one file for each in each language of the menu.

A file lies at ``sounds/LANGUAGE/nuanxin/NAME`` of the engine. The English column says what is meant, for who
records the other languages.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_AHEAD = 9
# Said before a language is chosen, or by the dialplan: in Mandarin alone, ``languages`` each choice in its own language.
MANDARIN_ALONE = frozenset({"welcome", "languages", "away"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """One recorded sentence."""

    zh: str
    en: str

    @property
    def seconds(self) -> int:
        """How long the recording may be in any language: twice what the Chinese takes at four characters a second.
        Who waits for a key must not wait through a speech; after 60 seconds the call goes on without the rest."""
        return max(5, -(-len(self.zh) // 2))


_AHEAD = {
    f"ahead-{count}": Prompt(f"您前面还有{count}位来电人，请不要挂机。", f"{count} callers are before you. Please hold the line.")
    for count in range(1, MOST_AHEAD)
}  # fmt: skip
PROMPTS: dict[str, Prompt] = {
    "welcome": Prompt(
        "您好，这里是12348公共法律服务热线，通话免费。",
        "Welcome to 12348, the public legal service hotline. The advice is free."),
    "languages": Prompt(
        "普通话请按1，粤语请按2，维吾尔语请按3，藏语请按4，彝语请按5，壮语请按6，英语请按7。",
        "Each in its own language: Mandarin 1, Cantonese 2, Uyghur 3, Tibetan 4, Yi 5, Zhuang 6, English 7."),
    "topics": Prompt(
        "工钱问题请按1，受伤请按2，合同请按3，其他问题请按0。现在有人威胁您、打人，请按9。",
        "Wages 1, an injury 2, a contract 3, anything else 0. If somebody threatens you or is violent now, 9."),
    "consent": Prompt(
        "为了服务质量，我们想把通话录下来，主管可能会听。同意请按1，不同意请按2。不按就不录，照样为您服务。",
        "We would like to record the call, and a supervisor may hear it, to keep our service good. Agree: 1. Refuse: 2. If you press nothing, nothing is recorded and you are helped all the same."),
    "hold": Prompt("正在为您转接，请稍等。", "We are putting you through. Please wait."),
    "danger": Prompt(
        "正在为您转接紧急专线。如果有人受伤或者正在动手，请挂机后拨打110。",
        "We are putting you through to the emergency line. If somebody is hurt or is being attacked, hang up and dial 110."),
    "ahead-0": Prompt("下一位就是您，请不要挂机。", "You are next. Please hold the line."),
    **_AHEAD,
    "ahead-9": Prompt("您前面还有多位来电人，请不要挂机。", "Several callers are before you. Please hold the line."),
    "call-back-offer": Prompt(
        "您可以不用等：请按1，我们保留您的位置，轮到您时打给您。也可以继续等。",
        "You need not wait: press 1 and we keep your place and ring you when it is your turn. Or go on waiting."),
    "call-back-kept": Prompt(
        "好的，位置已经为您保留，我们会打给您这个号码。请挂机。",
        "Your place is kept and we will ring you at this number. You can hang up."),
    "voicemail": Prompt(
        "现在没有人能接您的电话。请在提示音后留言，说明姓名、电话和事情，我们一定回电。说完请按井号。",
        "Nobody can take your call now. After the tone leave your name, number and what it is about; the message is recorded and we ring you back. End with the hash key."),
    "message-thanks": Prompt(
        "留言已经收到，我们会打给您。再见。", "We have your message and will ring you. Goodbye."),
    "no-message": Prompt("没有听到留言。再见。", "We heard no message. Goodbye."),
}  # fmt: skip
# Played by the dialplan itself, while no gateway is connected.
AWAY = {
    "away": Prompt("请稍后再拨，紧急情况请拨110。", "Please ring again later. In an emergency, dial 110."),
}


def ahead_prompt(count: int) -> str:
    """The name of the sentence that says how many are before the caller."""
    return f"ahead-{min(max(count, 0), MOST_AHEAD)}"
