"""Who pays: what the law says of the respondents as far as the chain is known, and which link is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.desk.speech import between, cited, english, said
from nuanxin.desk.wording.codes import PARTY_KINDS, PARTY_ROLES, label
from nuanxin.law.topic import Body
from nuanxin.ui.parts import Text

SHARES: dict[str, Text] = {
    "pays_first": gettext_lazy("Pays first"),
    "direct": gettext_lazy("Must pay"),
    "joint": gettext_lazy("Pays jointly"),
}


class Named(Protocol):
    """A party as a case or a record of a call names it; ``seq`` is its id in the question to the law."""

    @property
    def seq(self) -> int: ...
    @property
    def name(self) -> str | None: ...
    @property
    def role(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Payer:
    """One line: how they pay (or what is not known), who, and why."""

    label: Text
    who: str
    why: str = ""
    source: str = ""
    known: bool = True


def payers(respondents: Sequence[Named], found: Body | None) -> list[Payer]:
    """Who pays first on top; then what is missing. Nothing is filled in that nobody has told.

    ``found``: the law's answer about liability, None where no party is known well enough to ask.
    """
    if not respondents:
        why = _("Ask who called the worker to the work, and look at the board of the site.")
        return [Payer(_("Unknown"), _("nobody was named yet"), why, known=False)]
    names = {str(one.seq): one for one in respondents}
    answer = found or {"respondents": (), "unknown": ()}
    lines = [_payer(one, names[one["id"]]) for one in answer["respondents"] if one["id"] in names]
    told = {one["id"] for one in answer["respondents"]}
    lines += [_untold(one) for one in respondents if str(one.seq) not in told]
    lines += [
        Payer(_("Unknown"), said(one["why"]["zh"], one["why"]["en"]), known=False)
        for one in answer["unknown"]
    ]
    return lines


def _payer(one: Body, row: Named) -> Payer:
    why = said(one["explanation"]["zh"], one["explanation"]["en"])
    if one["cap"] is not None:
        most = _("At most %(money)s yuan.") % {"money": f"{Decimal(one['cap']):,.2f}"}
        why = f"{why} {most}" if english() else f"{why}{most}"
    source = cited((basis["instrument"], basis["article"]) for basis in one["basis"])
    return Payer(SHARES[one["share"]], _name(row), why, source)


def _untold(one: Named) -> Payer:
    """A respondent of whom the law says nothing yet, and what would have to be known."""
    if not one.role:
        return Payer(_("Not clear"), _name(one), _("what they are in the chain was not told"), known=False)
    if not one.kind:
        return Payer(_("Not clear"), _name(one), _("whether it is a licensed firm was not told"), known=False)
    return Payer(
        _("Not clear"), _name(one), _("the links known so far do not say that they must pay"), known=False
    )


def _name(one: Named) -> str:
    """The name with the role behind it; a party without a name goes by what it is."""
    words = [
        str(label(table, code)) for table, code in ((PARTY_KINDS, one.kind), (PARTY_ROLES, one.role)) if code
    ]
    role = words[-1] if words else ""
    if one.name:
        return _("%(name)s (%(role)s)") % {"name": one.name, "role": role} if role else one.name
    return between().join(reversed(words)) or _("without a name")
