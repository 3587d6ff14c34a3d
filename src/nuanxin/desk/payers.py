"""Who pays: what the law says of the respondents as far as the chain is known, and which link is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.models import Case, Respondent
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.speech import between, cited_as, said
from nuanxin.desk.wording.codes import PARTY_KINDS, PARTY_ROLES, label
from nuanxin.law.basis import Basis
from nuanxin.law.liability import Chain, Party, liability
from nuanxin.law.liability.parties import KINDS, ROLES, Kind, Role
from nuanxin.ui.parts import Text

SHARES: dict[str, Text] = {
    "pays_first": gettext_lazy("Pays first"),
    "direct": gettext_lazy("Must pay"),
    "joint": gettext_lazy("Pays jointly"),
}


@dataclass(frozen=True, slots=True)
class Payer:
    """One line: how they pay (or what is not known), who, and why."""

    label: Text
    who: str
    why: str = ""
    source: str = ""
    known: bool = True


def payers(case: Case, respondents: Sequence[Respondent], at: datetime) -> list[Payer]:
    """Who pays first on top; then what is missing. Nothing is filled in that nobody has told."""
    if not respondents:
        why = _("Ask who called the worker to the work, and look at the board of the site.")
        return [Payer(_("Unknown"), _("nobody was named yet"), why, known=False)]
    parties = [_party(one) for one in respondents if one.role in ROLES and one.kind in KINDS]
    chain = Chain(tuple(parties), project=any(p.role == "general_contractor" for p in parties))
    first, last = _worked(case, at)
    found = liability(chain, first=first, last=last)
    names = {str(one.seq): one for one in respondents}
    lines = [
        Payer(SHARES[one.share], _name(names[one.id]), said(one.why.zh, one.why.en), _articles(one.basis))
        for one in found.respondents
        if one.id in names
    ]
    told = {one.id for one in found.respondents}
    lines += [_untold(one) for one in respondents if str(one.seq) not in told]
    lines += [Payer(_("Unknown"), said(one.why.zh, one.why.en), known=False) for one in found.unknown]
    return lines


def _party(one: Respondent) -> Party:
    above = str(one.engaged_by) if one.engaged_by else None
    return Party(str(one.seq), cast(Role, one.role), cast(Kind, one.kind), above)


def _untold(one: Respondent) -> Payer:
    """A respondent of whom the law says nothing yet, and what would have to be known."""
    if not one.role:
        return Payer(_("Not clear"), _name(one), _("what they are in the chain was not told"), known=False)
    if not one.kind:
        return Payer(_("Not clear"), _name(one), _("whether it is a licensed firm was not told"), known=False)
    return Payer(
        _("Not clear"), _name(one), _("the links known so far do not say that they must pay"), known=False
    )


def _name(one: Respondent) -> str:
    """The name with the role behind it; a party without a name goes by what it is."""
    words = [
        str(label(table, code)) for table, code in ((PARTY_KINDS, one.kind), (PARTY_ROLES, one.role)) if code
    ]
    role = words[-1] if words else ""
    if one.name:
        return _("%(name)s (%(role)s)") % {"name": one.name, "role": role} if role else one.name
    return between().join(reversed(words)) or _("without a name")


def _articles(basis: Sequence[Basis]) -> str:
    """The provisions, each instrument named once."""
    named: dict[str, list[str]] = {}
    for one in basis:
        numbers = named.setdefault(one.instrument, [])
        if one.article not in numbers:
            numbers.append(one.article)
    return said("；", "; ").join(cited_as(instrument, *numbers) for instrument, numbers in named.items())


def _worked(case: Case, at: datetime) -> tuple[date, date]:
    """The period of work as far as told; today where it is not, so that the law in force answers."""
    today = at.astimezone(SHANGHAI).date()

    def whole(partial: str) -> date | None:
        if not partial:
            return None
        year, month, day_ = (*partial.split("-"), "1", "1")[:3]
        return date(int(year), int(month), int(day_))

    last = whole(case.worked_to) or case.ended_on or today
    return min(whole(case.worked_from) or last, last), last
