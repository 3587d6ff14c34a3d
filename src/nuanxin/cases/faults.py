"""Refusals that a person reads: what happened and what to do, in Chinese and English."""

from __future__ import annotations


class Refused(Exception):
    """A move that may not be made. ``code`` is stable; the sentences are for people."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.zh = zh
        self.en = en

    def sentence(self, language: str) -> str:
        """The sentence in the reader's language."""
        return self.en if language.startswith("en") else self.zh


class NotPermitted(Refused):
    """This person may not make this move on this case."""

    def __init__(self) -> None:
        super().__init__(
            "not_permitted",
            "您没有办这一步的权限。请找负责本案的同事。",
            "This step is not yours to take. Ask the colleague responsible for the case.",
        )


class NoSuchCase(Refused):
    """There is no such case, or it is not for this person to see."""

    def __init__(self) -> None:
        super().__init__("no_such_case", "没有找到这个案件。请核对编号。", "No such case. Check the number.")


class Stale(Refused):
    """Somebody else changed the case since this page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "stale",
            "您打开页面后，别人已经改了这个案件。您填的还在，请看过新情况再提交。",
            "Somebody changed this case after you opened the page. What you typed is kept: look at the new state, then submit again.",
        )


class WrongState(Refused):
    """The case is not in a state from which this move is possible."""

    def __init__(self) -> None:
        super().__init__(
            "wrong_state",
            "案件现在的状态不能办这一步，可能已经有人办过了。请刷新页面看看。",
            "The case is no longer in a state for this step; perhaps it was done already. Reload the page.",
        )


class Doubtful(Refused):
    """A sum that is probably a slip of the hand. It is entered once somebody says why it is right."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(
            "doubtful",
            f"{zh}请核对数字；数字没错的，请写明原因再提交。",
            f"{en} Check the figure; if it is right, say why and send it again.",
        )


class NearLimitation(Refused):
    """The limitation would run out while papers are waited for. It is done once somebody says that they know."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("near_limitation", zh, en)


class OddStep(Doubtful):
    """A step that is probably a slip of the hand: out of order, or long past. It is entered with a reason."""

    def __init__(self, zh: str, en: str) -> None:
        Refused.__init__(
            self,
            "doubtful",
            f"{zh}请核对步骤和日期；没有错的，请写明原因再提交。",
            f"{en} Check the step and its day; if they are right, say why and send it again.",
        )
