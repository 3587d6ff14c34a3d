"""Short names, readings and English names of townships, subdistricts, farms and whatever else counts as one."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin
from region_names import SUFFIXES, joined
from region_tables import ENGLISH, ETHNIC, READINGS

# Kinds beside those of regions (SUFFIXES). The longest that fits is taken off, so the order does not matter.
KINDS = {
    "街道办事处": "Subdistrict", "街道": "Subdistrict", "街道片区": "Subdistrict Area", "街道地区": "Subdistrict Area",
    "地区": "Area", "地区办事处": "Area Office", "镇": "Town", "乡": "Township", "苏木": "Sumu",
    "农场": "Farm", "林场": "Forest Farm", "牧场": "Ranch", "畜牧场": "Ranch", "农牧场": "Farm and Ranch",
    "华侨农场": "Overseas Chinese Farm", "果树农场": "Fruit Farm", "机械林场": "Forest Farm",
    "国营林场": "State Forest Farm", "国有林场": "State Forest Farm", "国营农场": "State Farm",
    "良种场": "Seed Farm", "良种繁育场": "Seed Farm", "原种场": "Seed Farm", "原种繁殖场": "Seed Farm",
    "种畜场": "Stud Farm", "种马场": "Horse Stud", "马场": "Horse Farm", "种羊场": "Sheep Farm",
    "羊场": "Sheep Farm", "种猪场": "Pig Farm", "猪场": "Pig Farm", "奶牛场": "Dairy Farm", "种牛场": "Cattle Farm",
    "园艺场": "Orchard", "垦殖场": "Reclamation Farm", "养殖场": "Breeding Farm", "水产养殖场": "Fish Farm",
    "蚕种场": "Silkworm Farm", "渔场": "Fishery", "盐场": "Saltworks", "茶场": "Tea Farm", "鹿场": "Deer Farm",
    "总场": "General Farm", "分场": "Branch Farm", "示范场": "Demonstration Farm", "苗圃": "Nursery",
    "水库": "Reservoir", "监狱": "Prison", "煤矿": "Coal Mine", "机场": "Airport", "林业局": "Forestry Bureau",
    "管理局": "Administration", "管理处": "Administrative Office", "管理所": "Administrative Office",
    "管委会": "Administrative Committee", "管理委员会": "Administrative Committee", "开发区管委会": "Development Zone",
    "开发区管理委员会": "Development Zone", "旅游度假区": "Tourist Resort", "度假区": "Resort",
    "旅游区": "Tourist Area", "风景区": "Scenic Area", "自然保护区": "Nature Reserve", "保护区": "Reserve",
    "森林公园": "Forest Park", "综合保税区": "Bonded Zone", "保税区": "Bonded Zone", "经济区": "Economic Zone",
    "工业园": "Industrial Park", "工业区": "Industrial Area", "产业园": "Industrial Park", "工业集中区": "Industrial Park",
    "产业集聚区": "Industrial Park", "物流园区": "Logistics Park", "物流园": "Logistics Park",
    "科技园": "Science Park", "科技园区": "Science Park", "农业科技园区": "Agricultural Park",
    "科技产业园": "Science Park", "创业园": "Enterprise Park", "化工园区": "Chemical Park",
    "生活区": "Residential Area", "社区": "Community", "新城": "New Town", "基地": "Base",
    "服务中心": "Service Centre", "委员会": "Committee", "直辖村级区划": "Villages", "有限公司": "Company", "有限责任公司": "Company",
}  # fmt: skip
ORDINARY = ("Subdistrict", "Town", "Township", "Sumu")
# Words in the names of zones. Longest first where one begins another.
LEXICON = {
    "高新技术": "High-tech", "高新区": "High-tech Zone", "高新": "High-tech", "经济技术": "Economic and Technological",
    "经济": "Economic", "开发区": "Development Zone", "新材料": "New Materials", "新能源": "New Energy", "国际": "International",
    "国家": "National", "现代": "Modern", "农业": "Agricultural", "生态": "Ecological", "文化": "Cultural",
    "旅游": "Tourist", "物流": "Logistics", "空港": "Airport", "临空": "Airport", "航空": "Aviation", "综合": "Comprehensive",
    "科技城": "Science City", "科技": "Science", "科学": "Science", "产业": "Industry", "工业": "Industry", "化工": "Chemical",
    "电子商务": "E-commerce", "电子": "Electronics", "创新": "Innovation", "示范": "Demonstration", "汽车": "Automotive",
    "医药": "Pharmaceutical", "商务": "Business", "循环": "Circular", "健康": "Health", "滨海": "Binhai", "城区": "Urban Area",
    "林场": "Forest Farm", "农场": "Farm", "街道": "Subdistrict", "片区": "Area", "东区": "East Area", "西区": "West Area",
    "南区": "South Area", "北区": "North Area", "园区": "Park", "社会事务": "Social Affairs", "乡级单位": "Units",
    "街道办": "Subdistrict Office", "中国": "China", "自由贸易试验区": "Pilot Free Trade Zone", "服务中心": "Service Centre",
}  # fmt: skip
_ALL = {**dict(SUFFIXES[:-1]), **KINDS}
_LONGEST_FIRST = sorted((kind for kind in _ALL if _ALL[kind]), key=lambda kind: (-len(kind), kind))

# Readings of characters and words in place names that a dictionary of common words gets wrong.
SIGNS = {
    "长": "chang",
    "都": "du",
    "曾": "zeng",
    "重": "chong",
    "仇": "qiu",
    "厦": "xia",
    "盖": "gai",
    "乐": "le",
}
WORDS = {
    "朝阳": "chao yang", "太行": "tai hang", "重工": "zhong gong", "重型": "zhong xing", "乐亭": "lao ting",
    "乐陵": "lao ling", "长子": "zhang zi", "十里堡": "shi li pu", "单县": "shan xian", "尉犁": "yu li",
    "六安": "lu an", "解州": "xie zhou", "音乐": "yin yue", "银行": "yin hang",
    "市场": "shi chang", "劲松": "jin song", "泊镇": "bo zhen", "率洲": "shuai zhou",
}  # fmt: skip
LOCAL = {"44": {"涌": "chong", "圩": "xu"}, "45": {"圩": "xu"}}  # by the province's two digits
# Readings of one place only (READINGS holds them for regions): elsewhere the same characters are read plainly.
ELSEWHERE_PLAIN = {"六合": "32", "大城": "13", "单": "37", "召陵": "41", "蔚": "13", "浚": "41", "昌都": "54"}

_BRACKETS = re.compile(r"（[^）]*）")
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "十": ""}
_REGIMENT = re.compile(r"(?:兵团|第?[农一二三四五六七八九十]+师)*第?([零〇一二三四五六七八九十]+)团(场)?$")
_NUMBER = re.compile(r"第?[零〇一二三四五六七八九十]+")
_APARTS = re.compile(r"[^\u3400-\u9fff]+")


def split(name: str) -> tuple[str, str]:
    """(own name, English kind); the whole name and "" where no kind is known. 种畜场 alone is only a kind."""
    for kind in _LONGEST_FIRST:
        if name.endswith(kind) and (len(name) > len(kind) or (len(kind) > 2 and _ALL[kind] not in ORDINARY)):
            return name[: -len(kind)], _ALL[kind]
    return name, ""


def peoples(base: str, kind: str) -> tuple[str, list[str]]:
    """A people's township: (its own name, the peoples in English). 长哨营满族乡 → 长哨营, Manchu."""
    found: list[str] = []
    if kind not in ("Township", "Sumu", "Town") or not base.endswith(("族", *ETHNIC)):
        return base, found
    rest = base.removesuffix("民族") or base
    while True:
        people = next((e for e in sorted(ETHNIC, key=len, reverse=True) if rest.endswith(e)), None)
        # A people's name without 族 says so only before 民族: 达斡尔民族乡, but 蒙古镇 is a name.
        if people is None or (not people.endswith("族") and not base.endswith("民族")):
            break
        rest = rest[: -len(people)]
        found.insert(0, ETHNIC[people])
    return (rest, found) if found else (base, [])


def short_name(name: str) -> str:
    """The name without its kind; in full where one character would be left, or where no kind is known."""
    base, kind = split(name)
    if kind not in ORDINARY:
        return name
    rest = peoples(base, kind)[0]
    return rest if len(rest) > 1 else name


def reading(text: str, province: str) -> str:
    """Pinyin without tones, syllables apart; signs that are no characters are left out."""
    text = _APARTS.sub("", _BRACKETS.sub("", text))
    if text in READINGS and ELSEWHERE_PLAIN.get(text, province) == province:
        return str(READINGS[text])
    syllables = [str(s) for s in lazy_pinyin(text)]
    signs = SIGNS | LOCAL.get(province, {})
    syllables = [signs.get(sign, said) for sign, said in zip(text, syllables, strict=True)]
    for word, said in WORDS.items():
        at = text.find(word)
        if at >= 0:
            syllables[at : at + len(word)] = said.split()
    return " ".join(syllables)


def number(signs: str) -> str:
    """Digits of a Chinese number: 一三六 → 136, 八十三 → 83, 十 → 10."""
    digits = "".join(_DIGITS[sign] for sign in signs) + ("0" if signs.endswith("十") else "")
    return "1" + digits if signs.startswith("十") else digits


def regiment(name: str) -> str:
    """兵团一三六团 → Regiment 136; "" for anything else."""
    found = _REGIMENT.fullmatch(name)
    return f"Regiment {number(found[1])}" if found else ""


def words(base: str, province: str, above: dict[str, str]) -> list[str]:
    """The words of a zone's or farm's own name: places above it and common words in English, the rest read."""
    found: list[str] = []
    rest = ""
    while base:
        known = next((w for w in (*above, *LEXICON) if base.startswith(w)), "")
        if known:
            found += [joined(reading(rest, province))] if rest else []
            found.append((above | LEXICON)[known])
            rest = ""
        else:
            rest += base[0]
        base = base[len(known) or 1 :]
    return found + ([joined(reading(rest, province))] if rest else [])


def english(name: str, province: str, above: dict[str, str]) -> str:
    """The English name of one township, without what lies above it.

    ``above`` are the Chinese names of the places above it, long before short, with their English names: a zone
    often begins with them.
    """
    plain = _BRACKETS.sub("", name)
    if regiment(plain):
        return regiment(plain)
    base, kind = split(plain)
    if _NUMBER.fullmatch(base) and (base.startswith("第") or kind not in ORDINARY):
        return f"No. {number(base.removeprefix('第'))} {kind}"
    if kind not in ORDINARY:
        return " ".join([*words(base, province, above), kind]).strip()
    own, named = peoples(base, kind)
    # One character is read as it is read before its kind: 泊镇 is Bozhen, though 泊 alone is po.
    said = reading(own if len(own) > 1 else plain, province).split()[: max(len(own), 1)]
    parts = [ENGLISH.get(own) or joined(" ".join(said))] if own else []
    if named:
        parts += [f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0], "Ethnic"]
    return " ".join([*parts, kind])
