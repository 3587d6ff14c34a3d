"""What a worker or a helper chose on the portal: it is kept in Chinese, the language of the office, and shown in the
reader's.

The words are the portal's own, so that both rooms share their translation.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.speech import english
from nuanxin.ui.parts import Text

RELATIONS: tuple[Text, ...] = (
    _("Family"),
    _("Workmate or fellow villager"),
    _("Village or neighbourhood committee"),
    _("Legal-aid or service station"),
    _("Trade union"),
    _("Volunteer or social worker"),
    _("Something else"),
)
REASONS: tuple[Text, ...] = (
    _("Nothing has arrived"),
    _("Less has arrived than they say"),
    _("Somebody else took it and did not pass it on"),
    _("I have got my money"),
    _("We have agreed among ourselves"),
    _("It takes too long, or I have no time"),
    _("Somebody presses me to stop"),
    _("I hear nothing from the lawyer"),
    _("We do not understand each other"),
    _("The lawyer asked for money"),
    _("I do not trust the lawyer"),
    _("Something else"),
)
_MEMBER = re.compile(r"第 (\d+) 号：")


def relation(kept: str) -> str:
    """Who a helper is to the worker; a relation in other words as it was told."""
    return _shown(kept, RELATIONS)


def wish(kept: str) -> str:
    """What a worker said about a step: which of the group it was and the chosen reason in the reader's language,
    their own words as they are."""
    if not english():
        return kept
    first, line, rest = kept.partition("\n")
    member = _MEMBER.match(first)
    reason = _shown(first[member.end() :] if member else first, REASONS)
    who = gettext("Worker no. %(n)s: ") % {"n": member[1]} if member else ""
    return who + reason + line + rest


def _shown(kept: str, known: tuple[Text, ...]) -> str:
    if not english():
        return kept
    with override("zh-hans"):
        found = next((place for place, words in enumerate(known) if str(words) == kept), None)
    return kept if found is None else str(known[found])
