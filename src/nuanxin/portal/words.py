"""Codes in a worker's words: what the pages offer to choose from, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

WHO: Mapping[str, Text] = {
    "self": _("For myself"),
    "other": _("For somebody else: family, a fellow villager, somebody I look after"),
    "group": _("For several of us who worked together"),
    "others": _("For several others who worked together and whom I help"),
}
RELATION: Mapping[str, Text] = {
    "family": _("Family"),
    "workmate": _("Workmate or fellow villager"),
    "village": _("Village or neighbourhood committee"),
    "station": _("Legal-aid or service station"),
    "union": _("Trade union"),
    "volunteer": _("Volunteer or social worker"),
    "other": _("Something else"),
}
# What is missing most often comes first.
ITEMS: Mapping[str, Text] = {
    "wages": _("Wages for work done"),
    "overtime": _("Pay for overtime"),
    "work_injury": _("I was hurt at work"),
    "severance": _("Money for being sent away"),
    "unlawful_termination": _("I was dismissed without a reason"),
    "double_wage": _("No contract was signed (double pay)"),
    "minimum_wage": _("I was paid less than the minimum wage"),
    "annual_leave": _("Pay for leave not taken"),
    "social_insurance": _("Social insurance was not paid"),
    "labour_relationship": _("They say I never worked for them"),
    "other": _("Something else"),
}
ITEM_NOTES: Mapping[str, Text] = {
    "wages": _("By the day, the month or the piece; also what an IOU promises"),
    "work_injury": _("Also hurt on the way, or ill from the work"),
}
CALLERS: Mapping[str, Text] = {
    "contractor": _("A contractor or team leader"),
    "company": _("A company, directly"),
    "agency": _("A labour agency or go-between"),
    "platform": _("A phone platform (meals, parcels, driving)"),
    "unknown": _("Not sure"),
}
LANGUAGES: Mapping[str, Text] = {
    "zh": _("Mandarin"),
    "yue": _("Cantonese"),
    "wuu": _("Wu (Shanghai, Jiangsu, Zhejiang)"),
    "nan": _("Southern Min"),
    "hak": _("Hakka"),
    "bo": _("Tibetan"),
    "ug": _("Uyghur"),
    "mn": _("Mongolian"),
    "kk": _("Kazakh"),
    "za": _("Zhuang"),
    "ii": _("Yi"),
    "ko": _("Korean"),
    "en": _("English"),
}
NEEDS: Mapping[str, Text] = {
    "cannot_read": _("I read little: please tell me by voice"),
    "dialect": _("I speak a dialect: please speak slowly"),
    "interpreter": _("I need an interpreter"),
    "sign_language": _("I use sign language"),
    "large_print": _("I need large print"),
    "step_free": _("I cannot climb steps"),
    "child_care": _("I have to bring a child"),
}


def choices(words: Mapping[str, Text]) -> list[tuple[str, Text]]:
    """The words as a field takes them."""
    return list(words.items())


def named(words: Mapping[str, Text], codes: Iterable[str]) -> str:
    """Several codes as one line, in the language of the page; one that came by another door as it was told."""
    return " · ".join(str(words.get(code, code)) for code in codes if code)
