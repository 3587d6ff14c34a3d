"""What a service point is and offers: kinds, services, languages, and one number that holds them all. Pure.

The order of services and languages is the order of their bits and is stored: append, never reorder or remove.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FRESH = timedelta(days=365)  # after so long a point counts as not verified
_SERVICE_BITS, _LANGUAGE_BITS, _STEP_FREE_BIT = 8, 32, 62
_MOST_SERVICES, _MOST_LANGUAGES = 24, 30


class Kind(StrEnum):
    """What a point is. The report counts platforms, workstations and contact points."""

    PLATFORM = "platform"
    WORKSTATION = "workstation"
    CONTACT_POINT = "contact_point"
    MOBILE = "mobile"
    VILLAGE_HELPER = "village_helper"


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its place in a mask and its words."""

    code: str
    bit: int
    zh: str
    en: str


def _terms(*rows: tuple[str, str, str]) -> Mapping[str, Term]:
    return {code: Term(code, bit, zh, en) for bit, (code, zh, en) in enumerate(rows)}


KINDS: Mapping[str, Term] = _terms(
    (Kind.PLATFORM.value, "公共法律服务中心（站、室）", "public legal service centre, station or room"),
    (Kind.WORKSTATION.value, "法律援助工作站", "legal-aid workstation"),
    (Kind.CONTACT_POINT.value, "法律援助联络点", "legal-aid contact point"),
    (Kind.MOBILE.value, "流动服务", "mobile visit"),
    (Kind.VILLAGE_HELPER.value, "村（居）法律服务联络员", "village legal helper"),
)

SERVICES: Mapping[str, Term] = _terms(
    ("consultation", "法律咨询", "legal advice"),
    ("wage_claims", "欠薪求助", "help with unpaid wages"),
    ("legal_aid", "法律援助受理", "applications for legal aid"),
    ("work_injury", "工伤求助", "help after a work injury"),
    ("mediation", "人民调解", "people's mediation"),
    ("document_drafting", "代拟法律文书", "drafting of papers"),
    ("arbitration_help", "劳动仲裁引导", "guidance to labour arbitration"),
    ("video_consultation", "远程视频咨询", "advice by video"),
    ("notary", "公证指引", "guidance to a notary"),
    ("labour_inspection", "劳动监察投诉指引", "guidance to the labour inspection"),
    ("night", "夜间服务", "service at night"),
    ("site_visit", "工地上门服务", "visits to building sites"),
)

LANGUAGES: Mapping[str, Term] = _terms(
    ("zh", "普通话", "Mandarin"),
    ("yue", "粤语", "Cantonese"),
    ("wuu", "吴语", "Wu (Shanghai, Jiangsu, Zhejiang)"),
    ("nan", "闽南语", "Southern Min"),
    ("hak", "客家话", "Hakka"),
    ("bo", "藏语", "Tibetan"),
    ("ug", "维吾尔语", "Uyghur"),
    ("mn", "蒙古语", "Mongolian"),
    ("kk", "哈萨克语", "Kazakh"),
    ("za", "壮语", "Zhuang"),
    ("ii", "彝语", "Yi"),
    ("ko", "朝鲜语", "Korean"),
    ("en", "英语", "English"),
    ("sign", "手语", "sign language"),
    ("hmn", "苗语", "Hmong (Miao)"),
    ("dai", "傣语", "Dai"),
    ("bai", "白语", "Bai"),
    ("doc", "侗语", "Dong (Kam)"),
)

_ALIASES = {"cmn": "zh", "zh-hans": "zh", "zh-hant": "zh", "sign_language": "sign"}


def language_code(text: str) -> str | None:
    """The code that we keep for a language as doors name it (``cmn``, ``zh-Hans``, ``II``); None: not known."""
    plain = text.strip().lower()
    found = _ALIASES.get(plain, plain if plain in LANGUAGES else plain.partition("-")[0])
    return found if found in LANGUAGES else None


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody looks for. Empty means: no matter. All of ``services`` must be offered, any of ``kinds`` will do."""

    kinds: frozenset[Kind] = frozenset()
    services: frozenset[str] = frozenset()
    language: str = ""
    step_free: bool = False
    open_now: bool = False


def bits_of(codes: Iterable[str], table: Mapping[str, Term]) -> int:
    """Codes as bits. Raises KeyError for a code that the table does not have."""
    found = 0
    for code in codes:
        found |= 1 << table[code].bit
    return found


def codes_of(bits: int, table: Mapping[str, Term]) -> tuple[str, ...]:
    """Bits as codes, in the order of the table."""
    return tuple(code for code, term in table.items() if bits >> term.bit & 1)


def attribute_mask(*, kind: str, services: int, languages: int, step_free: bool) -> int:
    """All that a point offers in one number of 63 bits: kind, services, languages, step-free access.

    ``services`` and ``languages`` are bits as ``bits_of`` makes them. Raises KeyError for an unknown kind.
    """
    return (
        1 << KINDS[kind].bit
        | services << _SERVICE_BITS
        | languages << _LANGUAGE_BITS
        | int(step_free) << _STEP_FREE_BIT
    )


def required_groups(need: Need) -> tuple[int, ...]:
    """A point fits when its mask shares a bit with every one of these numbers. Raises KeyError for unknown codes."""
    groups = [bits_of((kind.value for kind in need.kinds), KINDS)] if need.kinds else []
    groups += [1 << SERVICES[code].bit + _SERVICE_BITS for code in sorted(need.services)]
    if need.language:
        groups.append(1 << LANGUAGES[need.language].bit + _LANGUAGE_BITS)
    if need.step_free:
        groups.append(1 << _STEP_FREE_BIT)
    return tuple(groups)


def is_verified(verified_on: date | None, today: date) -> bool:
    """Whether somebody looked within a year that the point is there and does what it says."""
    return verified_on is not None and today - verified_on <= FRESH


if len(SERVICES) > _MOST_SERVICES or len(LANGUAGES) > _MOST_LANGUAGES:  # the bits of a mask are spoken for
    raise RuntimeError("too many services or languages for one mask")
