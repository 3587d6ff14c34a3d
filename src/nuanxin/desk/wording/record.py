"""The consultation record in words: its steps in the order of talking, each with a sentence to read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its heading, what to say to the caller, its fields."""

    key: str
    title: Text
    say: Text
    fields: Sequence[str]


STEPS: tuple[Step, ...] = (
    Step(
        "what",
        _("What happened"),
        _("“Take your time. What happened? You need not say your name.”"),
        ("place_text", "story"),
    ),
    Step(
        "work",
        _("The work"),
        _("“What work do you do, and since when? Who took you on? Is there a board at the site that names the builder?”"),
        ("work", "construction", "hirer", "employer", "builder", "relation", "started"),
    ),
    Step(
        "owed",
        _("What is owed"),
        _("“What was agreed for a month, and since when has it not been paid? A rough figure will do.”"),
        ("wage", "since", "until", "months", "amount", "paid", "still", "left", "asked_on"),
    ),
    Step(
        "have",
        _("What they have"),
        _("“What do you have in hand? A transfer, a chat, a photograph, a workmate who saw it: all of it counts.”"),
        ("contract", "have"),
    ),
    Step(
        "contact",
        _("How to reach them"),
        _("“You may stay unnamed. If we may ring you again: when is it safe, and may we say who we are?”"),
        ("name", "reach", "hours", "no_calls", "say_nothing"),
    ),
)  # fmt: skip
YES_NO: dict[str, Text] = {"yes": _("yes"), "no": _("no")}
HIRERS: dict[str, Text] = {
    "leader": _("a foreman or another person"),
    "firm": _("a firm with a licence"),
    "unlicensed": _("a firm without a licence"),
    "builder": _("the main builder itself"),
    "agency": _("a dispatching firm"),
}
CONTRACTS: dict[str, Text] = {"none": _("none was signed"), "signed": _("was signed")}
# What stands in a closed step, where the value alone would say nothing. %s is the value.
TOLD_AS: dict[str, Text] = {
    "construction": _("building site: %s"),
    "builder": _("main builder: %s"),
    "wage": _("%s yuan a month"),
    "started": _("began on %s"),
    "since": _("since %s"),
    "until": _("until %s"),
    "months": _("%s months"),
    "amount": _("%s yuan in all"),
    "paid": _("%s yuan paid"),
    "still": _("still there: %s"),
    "left": _("left on %s"),
    "asked_on": _("asked for it on %s"),
    "contract": _("contract: %s"),
    "reach": _("also on %s"),
    "hours": _("ring at %s"),
}
