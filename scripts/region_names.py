"""English names and pinyin readings of Chinese regions, by rule with tables for the exceptions."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin
from region_tables import ENGLISH, ETHNIC, PROVINCES_EN, READINGS, WHOLE

PLACEHOLDERS = {
    "市辖区": "Municipal districts",
    "县": "Counties",
    "市": "Cities",
    "直辖县": "Directly administered counties",
    "省直辖县级行政区划": "Directly administered counties",
    "自治区直辖县级行政区划": "Directly administered counties",
}
# Longest first: the first that fits is taken off.
SUFFIXES = (
    ("高新技术产业开发区", "High-tech Zone"),
    ("高技术产业开发区", "High-tech Zone"),
    ("高新技术开发区", "High-tech Zone"),
    ("高新技术产业园区", "High-tech Park"),
    ("经济技术开发区", "Economic and Technological Development Zone"),
    ("城乡一体化示范区", "Urban-Rural Integration Zone"),
    ("经济综合实验区", "Economic Zone"),
    ("经济开发区", "Economic Development Zone"),
    ("工业园区", "Industrial Park"),
    ("产业园区", "Industrial Park"),
    ("现代产业园", "Industrial Park"),
    ("管理区管委会", "Administrative Zone"),
    ("行政委员会", "Administrative Committee"),
    ("自治区", ""),
    ("特别行政区", ""),
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"),
    ("示范区", "Demonstration Zone"),
    ("开发区", "Development Zone"),
    ("风景名胜区", "Scenic Area"),
    ("管理区", "Administrative Zone"),
    ("办事处", "Office"),
    ("行政区", "Administrative Region"),
    ("地区", "Prefecture"),
    ("群岛", "Islands"),
    ("新区", "New Area"),
    ("特区", "Special District"),
    ("林区", "Forestry District"),
    ("矿区", "Mining District"),
    ("园区", "Park"),
    ("盟", "League"),
    ("旗", "Banner"),
    ("县", "County"),
    ("区", "District"),
    ("市", ""),
    ("省", ""),
    ("镇", "Town"),
)
LONE = {"城": "Urban District", "郊": "Suburban District", "矿": "Mining District"}


def split(name: str) -> tuple[str, list[str], str]:
    """(own name, ethnic names, English kind) of a full Chinese name."""
    base, kind = name, ""
    for suffix, word in SUFFIXES:
        # "新区" alone, or one character before it, is a name and not a kind (市北新区 but 高新区).
        if name.endswith(suffix) and (len(name) - len(suffix) >= (2 if len(suffix) > 1 else 1)):
            base, kind = name[: -len(suffix)], word
            break
    ethnic: list[str] = []
    while kind.startswith(("Autonomous", "District")) or (kind == "" and name.endswith("自治区")):
        found = next((e for e in sorted(ETHNIC, key=len, reverse=True) if base.endswith(e)), None)
        if found is None or not name.endswith(("自治州", "自治县", "自治旗", "区", "自治区")):
            break
        if kind == "District" and not found.endswith("族"):
            break
        if len(base) == len(found) and not kind.startswith("Autonomous"):
            break
        base = base[: -len(found)]
        ethnic.insert(0, ETHNIC[found])
    return base, ethnic, kind


def short_name(name: str) -> str:
    """The name without its kind: 高平 of 高平市, 青龙 of 青龙满族自治县; one character keeps it: 莘县."""
    if name in PLACEHOLDERS:
        return name
    if name == "内蒙古自治区":  # the only place whose own name ends like a people's
        return "内蒙古"
    base, ethnic, kind = split(name)
    if zone(kind):
        return name
    if not base:
        return re.sub("族?自治[县旗]$", "", name)
    if len(base) == 1 and not ethnic:
        return name
    return base


def reading(text: str, code: str = "") -> str:
    """Pinyin without tones, syllables apart: 'gao ping'."""
    if text in READINGS:
        return READINGS[text]
    if code[:2] == "61" and code[2:] == "0000":
        return "shan xi"
    if len(text) > 1 and text[:-1] in READINGS:
        return f"{READINGS[text[:-1]]} {lazy_pinyin(text[-1])[0]}"
    return " ".join(lazy_pinyin(text))


def joined(syllables: str) -> str:
    """'gao ping' → 'Gaoping'; an apostrophe where a later syllable begins with a vowel: Xi'an."""
    first, *rest = syllables.replace("v", "ü").split(" ")
    return (first + "".join("'" + s if s[0] in "aeo" else s for s in rest)).capitalize()


def zone(kind: str) -> bool:
    """Whether the English kind is that of a development zone, whose name is told in full."""
    return kind.endswith(("Zone", "Park", "Area"))


def parts(base: str, kind: str, city: str) -> list[str]:
    """The words of a name: a zone's begins with its city (唐山海港), or with the province (河北唐山)."""
    if not zone(kind) or not city:
        return [base]
    for province in ("河北", "山西", "吉林", "安徽", "河南", "湖南", "内蒙古"):
        if base.startswith(province + city):
            base = base[len(province) :]
    rest = base.removeprefix(city).removeprefix("市")
    return [city, rest] if rest and rest != base else [city if base.startswith(city) else base]


def english(code: str, name: str, city: str = "") -> str:
    """The English name of one region, without the regions above it. ``city``: the short name of its city."""
    if code.endswith("0000"):
        return PROVINCES_EN[code[:2]]
    if name in PLACEHOLDERS or name in WHOLE:
        return PLACEHOLDERS.get(name) or WHOLE[name]
    base, ethnic, kind = split(name)
    if not base:  # 鄂伦春自治旗: the people's name is the place's
        return f"{' and '.join(ethnic)} {kind}"
    if len(base) == 1 and not ethnic:
        if kind == "District":
            return LONE.get(base, f"{joined(reading(base))} District")
        return f"{joined(reading(base))} {kind}".strip()
    own = " ".join(ENGLISH.get(part) or joined(reading(part)) for part in parts(base, kind, city))
    peoples = f"{', '.join(ethnic[:-1])} and {ethnic[-1]}" if len(ethnic) > 1 else "".join(ethnic)
    return " ".join(part for part in (own, peoples, kind) if part)
