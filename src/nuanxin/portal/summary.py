"""What was answered, as the check page shows it, and as it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from nuanxin.audit.masking import mask_id
from nuanxin.portal import words
from nuanxin.portal.advice.words import ROLES
from nuanxin.portal.forms.place import place_name
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.questions import QUESTIONS
from nuanxin.portal.rules import route
from nuanxin.portal.rules.body import ANY_TIME, body_of, nameless, parties
from nuanxin.ui.parts import Answer
from nuanxin.ui.templatetags.ui import money

Said = Mapping[str, Any]
LEFT_OUT = "—"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def apply_body(answers: route.Answers, language: str, *, consent: bool) -> dict[str, Any]:
    """The body that is handed in. Who helps is written in Chinese: it is read by staff."""
    body = body_of(answers, language=language, consent=consent)
    if "helper" in body:
        with override("zh-hans"):
            relation = body["helper"]["relation"]
            body["helper"]["relation"] = str(words.RELATION.get(relation, relation))
    return body


def rows(draft: PortalDraft) -> list[Answer]:
    """One row for each question that was asked, with its way back."""
    answers = draft.said
    found = []
    for key in route.asked(answers):
        asked = QUESTIONS[key]
        value = _papers(draft) if key == "papers" else shown(key, answers.get(key, {}))
        if key == "firms":
            value = _lines(value, *_nameless(answers))
        found.append(
            Answer(asked.heading_for(answers), value or LEFT_OUT, reverse("portal:question", args=[key]))
        )
    return found


def _nameless(answers: route.Answers) -> list[str]:
    """Parties of the chain that nobody has named yet, by what they are."""
    named = {
        party.get("role", "") for _slot, party in parties(answers) if "name" in party or "phone" in party
    }
    return [
        _("%(role)s: name not known yet") % {"role": ROLES[party["role"]]}
        for party in nameless(answers, named)
        if party["role"] in ROLES
    ]


def _papers(draft: PortalDraft) -> str:
    count = draft.files.count()
    return (
        ngettext("%(n)d photograph or paper", "%(n)d photographs or papers", count) % {"n": count}
        if count
        else ""
    )


def shown(key: str, said: Said) -> str:
    """The answer to one question in words; empty where it was left out."""
    special = {
        "who": lambda: words.named(words.WHO, [said.get("who", "")]),
        "helper": lambda: _lines(said.get("helper_name"), said.get("helper_phone"),
                                 words.named(words.RELATION, [said.get("relation", "")])),
        "items": lambda: words.named(words.ITEMS, said.get("items", [])),
        "caller": lambda: words.named(words.CALLERS, [said.get("caller", "")]),
        "firms": lambda: _lines(*(said.get(slot) for slot in _FIRMS)),
        "where": lambda: place_name(said.get("place", "")),
        "began": lambda: when(said.get("began", "")),
        "still": lambda: {"yes": _("Yes, I still work there"), "no": _("No, it has ended")}.get(said.get("still", ""), ""),
        "ended": lambda: when(said.get("ended", "")),
        "amount": lambda: _("%(sum)s yuan") % {"sum": money(said["amount"])} if said.get("amount") else "",
        "you": lambda: _lines(said.get("name"), said.get("phone")),
        "identity": lambda: mask_id(said.get("resident_id", "")),
        "needs": lambda: _lines(words.named(words.LANGUAGES, said.get("languages", [])),
                                words.named(words.NEEDS, said.get("needs", []))),
        "contact": lambda: contact(said),
    }  # fmt: skip
    if key in special:
        return str(special[key]())
    return _lines(*said.values())


_FIRMS = ("leader", "leader_phone", "platform", "dispatcher", "company", "contractor", "owner", "others")


def _lines(*parts: Any) -> str:
    return "\n".join(str(part) for part in parts if part)


def contact(said: Said) -> str:
    """The wishes about contact in words."""
    call = _("Ring me") if said.get("may_call") != "no" else _("Text messages only")
    if said.get("from_hour", ANY_TIME) != ANY_TIME:
        call += f" · {said['from_hour']}–{said.get('to_hour', '')}"
    who = (
        _("You may say who is calling") if said.get("may_say_who") != "no" else _("Do not say who is calling")
    )
    return _lines(call, who, _("A secret word is set") if said.get("passphrase") else "")


def when(partial: str) -> str:
    """A year, a month or a day as people say it."""
    if not partial:
        return ""
    numbers = [int(part) for part in partial.split("-")]
    if not (get_language() or "").startswith("en"):
        return " ".join(f"{number} {unit}" for number, unit in zip(numbers, "年月日", strict=False))
    month = [_MONTHS[numbers[1] - 1]] if len(numbers) > 1 else []
    return " ".join([*(str(number) for number in numbers[2:]), *month, str(numbers[0])])
