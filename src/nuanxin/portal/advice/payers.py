"""The answer to "Who must pay?": who has to pay first, who else, who not, and which link is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nuanxin.portal.advice import parts, words
from nuanxin.portal.advice.parts import Missing, Why
from nuanxin.portal.rules.advice import payers
from nuanxin.portal.rules.advice.told import value
from nuanxin.portal.rules.route import Answers
from nuanxin.ui.parts import Text

DOOR = "who-pays"


@dataclass(frozen=True, slots=True)
class Payer:
    """One who must pay, and how far."""

    label: Text
    share: Text
    why: Why
    cap: str = ""
    from_memory: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """One answer. ``when``: what it depends on, where that is not known."""

    when: str
    payers: list[Payer]
    refused: list[tuple[Text, str]]
    unknown: list[tuple[Text, str]]
    earlier_law: str  # the day from which the present law applies, where part of the work lies before it


@dataclass(frozen=True, slots=True)
class PayersPage:
    """All of the page."""

    chains: list[Chain]
    missing: list[Missing]
    platform: bool  # nothing but an app is known


def page(answers: Answers, today: date) -> PayersPage:
    """What the engine says to what was told."""
    found = payers.ask(answers, today)
    chains = [_chain(one, answers) for one in found.found]
    return PayersPage(chains, parts.missing(DOOR, found.lacking), value(answers, "station") == "app")


def _chain(one: payers.Answered, answers: Answers) -> Chain:
    body = one.body
    return Chain(
        when={
            "yes": _("If the firm has a business licence:"),
            "no": _("If the firm has no business licence:"),
        }.get(one.licence, ""),
        payers=[_payer(respondent) for respondent in body.get("respondents", ())],
        refused=[
            (words.PARTIES.get(entry["id"] or "", ""), parts.told(entry["why"]))
            for entry in body.get("refused", ())
        ],
        unknown=[
            (_link(entry["link"]), parts.told(entry["why"]))
            for entry in body.get("unknown", ())
            if not (entry["link"] == "leader" and value(answers, "above") == "person")
        ],
        earlier_law=next(
            (parts.day(one["on"]) for one in body.get("warnings", ()) if one["code"] == "split_period"), ""
        ),
    )


def _link(link: str) -> Text:
    return words.PARTIES.get(link) or words.ROLES.get(link, link)


def _payer(one: dict[str, Any]) -> Payer:
    return Payer(
        label=words.PARTIES[one["id"]],
        share=words.SHARES[one["share"]],
        why=parts.why(one),
        cap=parts.yuan(one["cap"]) if one["cap"] else "",
        from_memory=parts.from_memory(one),
    )
