"""How a worker wants to be spoken with: their needs and languages, as staff read them.

Doors may bring codes that are on no list of ours; they are shown as what they are, a need told in another word.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuanxin.desk.speech import between
from nuanxin.desk.wording.codes import NEEDS
from nuanxin.ui.parts import Text

LANGUAGES: dict[str, Text] = {
    "zh": _("Mandarin"),
    "cmn": _("Mandarin"),
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


def needs(codes: Iterable[str]) -> str:
    """Needs in words, one behind the other."""
    return between().join(_word(NEEDS, code, gettext("another need: %(told)s")) for code in codes)


def languages(codes: Iterable[str]) -> str:
    """Languages in words; a regional form (zh-Hans) by its language."""
    other = gettext("another language: %(told)s")
    return between().join(dict.fromkeys(_word(LANGUAGES, _language(code), other) for code in codes))


def _language(code: str) -> str:
    head = code.partition("-")[0]
    return head if head in LANGUAGES else code


def _word(table: dict[str, Text], code: str, other: str) -> str:
    return str(table[code]) if code in table else other % {"told": code.replace("_", " ")}
