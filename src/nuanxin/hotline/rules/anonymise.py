"""Taking out of a text what points to a person or a firm, before others may read it. Pure.

A rule cannot know every name, so this one errs on the careful side: it strikes what *looks* like a name, a number, a
firm or a place, says what it struck, and a person edits and another compares. What must never stand in a published
text is asked by ``remains``: numbers that can only be somebody's, and whatever the case itself holds of its people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Sort(StrEnum):
    """What was struck."""

    KNOWN = "known"  # a name or number that the case holds
    ID = "id"
    BANK = "bank"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"  # WeChat, QQ, the plate of a car, a case number
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    FIRM = "firm"
    PLACE = "place"


STAND_IN: dict[Sort, str] = {
    Sort.KNOWN: "某某", Sort.ID: "〔证件号〕", Sort.BANK: "〔卡号〕", Sort.PHONE: "〔电话〕",
    Sort.EMAIL: "〔邮箱〕", Sort.ACCOUNT: "〔号码〕", Sort.NUMBER: "〔号码〕", Sort.DATE: "某日",
    Sort.NAME: "某某", Sort.FIRM: "某公司", Sort.PLACE: "某地",
}  # fmt: skip
# What may stand in no published text, whoever has looked at it.
HARD = frozenset({Sort.KNOWN, Sort.ID, Sort.BANK, Sort.PHONE, Sort.EMAIL, Sort.ACCOUNT, Sort.NUMBER})


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was struck, as it stood."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Struck:
    """The text as others might read it, and what was struck from it, in the order of the text's rules."""

    text: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the case holds: names of people; firms; telephones, identity numbers and other numbers."""

    people: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申"
    "尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司"
    "柏宁柯阮桂闵解强柴华车冉房边净阴闫蒲"
)
_HAN = r"[\u4e00-\u9fff]"
_SEP = r"[\s\-–—.·()]"
# Where a name of a firm or a place cannot begin earlier: little words that stand before one.
_LITTLE = re.compile(
    r"我们|他们|你们|咱们|单位|老家|现在|后来|当时|就是|自己|介绍|来到|带到|跟着|名叫|叫做|地点|地址|户籍|家住|位于"
    r"|[我你他她它们在给是的和跟与被向找去到从为于由让叫说住来对把了过个家这那该某并也都有没不干做打至及或将以因等下请问欠，。；：、]"
)
_FIRM_END = (
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|集团公司|集团|公司|工程队|建筑队|施工队|劳务队|项目部|经营部|事务所|加工厂|工厂"
    r"|制衣厂|砖厂|厂|饭店|餐馆|餐厅|酒店|宾馆|商行|超市)"
)
_FIRM = re.compile(rf"([\u4e00-\u9fff（）A-Za-z0-9]{{1,24}}?){_FIRM_END}")
_PLACE_END = r"(?:特别行政区|自治区|自治州|自治县|开发区|高新区|街道|社区|小区|大道|工地|花园|广场|省|市|区|县|旗|镇|乡|村|路|街|巷)"
_PLACE = re.compile(rf"([\u4e00-\u9fff]{{1,10}}?){_PLACE_END}")
_COMMON_WORDS = (
    "建筑 劳务 总包 分包 发包 承包 总承包 劳务派遣 派遣 装修 装饰 施工 建设 用人 开发 物业 外卖 快递 物流 餐饮 用工 一 两 几 本 原 大 小 各 "
    "每 全 分 子 母 总 上级 上 同 其他 另一 工程 工 进 出 房地产 保安 家政 服装 电子 食品 保险 上市 国有 私人 建筑工程 施工总承包 专业分包 "
    "城 地 城镇 乡 社 农 进城 道 走 网 思 套 公 铁 高速公 马 上街 逛 直辖 设 设区的 不设区的 所在地 工作 住 乡镇 县级 区 市 省 "
    "外 异 本省 全国 人民 当地 用人单位所在 劳动合同履行 超 夜 菜 股 黑 劳务 人力资源 建材 上下班 半 施工现场 建筑 项目"
)  # fmt: skip
_COMMON = frozenset(_COMMON_WORDS.split())


def _rules() -> tuple[tuple[Sort, re.Pattern[str]], ...]:
    d = r"[\s\-–—]?"
    return (
        (Sort.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
        (Sort.ACCOUNT, re.compile(r"NX\s*\d{2}\s*[-–—]?\s*\d{7,14}\s*[-–—]?\s*\d", re.I)),
        (Sort.ACCOUNT, re.compile(r"(?:微信|QQ|qq|抖音|快手|WeChat)号?\s*(?:是|为|[:：])?\s*[A-Za-z0-9_-]{5,20}", re.I)),
        (Sort.ACCOUNT, re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][A-HJ-NP-Z0-9·]{5,7}")),
        (Sort.ID, re.compile(rf"(?<!\d)\d{{6}}{d}\d{{4}}{d}\d{{4}}{d}\d{{3}}[\dXx](?![\dXx])")),
        (Sort.ACCOUNT, re.compile(r"(?<![A-Z0-9])(?=[0-9A-Z]*[A-Z])(?=[0-9A-Z]*\d{4})[0-9A-HJ-NPQRTUWXY]{18}(?![A-Z0-9])")),
        (Sort.BANK, re.compile(rf"(?<!\d)(?:\d{d}){{15,18}}\d(?!\d)")),
        (Sort.ID, re.compile(r"(?<!\d)\d{15}(?!\d)")),
        (Sort.PHONE, re.compile(rf"(?<!\d)(?:\+?86{d})?1{d}[3-9](?:{d}\d){{9}}(?!\d)")),
        (Sort.PHONE, re.compile(r"(?<!\d)0\d{2,3}[\s\-–—]?\d{7,8}(?!\d)")),
        (Sort.PHONE, re.compile(r"(?<!\d)[48]00[\s\-–—]?\d{3,4}[\s\-–—]?\d{3,4}(?!\d)")),
        (Sort.DATE, re.compile(r"(?:\d{2,4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")),
        # Sums of money and statutes' years stay; any other long run of figures is somebody's number.
        (Sort.NUMBER, re.compile(r"(?<![\d.,])\d{6,}(?!\d|[.,]\d|\s*(?:元|块|yuan|RMB))")),
        (Sort.NAME, re.compile(rf"姓名\s*(?:是|为|[:：])?\s*(?P<own>(?!某){_HAN}{{2,4}})")),
        (Sort.NAME, re.compile(rf"(?:我叫|我是|本人)(?P<own>[{_SURNAMES}]{_HAN}{{1,2}})(?=[，。,.；\s]|$)")),
        (Sort.NAME, re.compile(rf"(?:老板|工头|名字|经理|队长|班长)(?:叫|是|姓)(?P<own>(?!某)(?:[{_SURNAMES}]{_HAN}{{1,2}}|[{_SURNAMES}]))(?=[，。,.；\s欠不没说跑给]|$)")),
        (Sort.NAME, re.compile(rf"(?:工头|经理|代表人?|负责人|老板|班长|队长)(?P<own>[{_SURNAMES}]{_HAN}{{1,2}}?)(?=[，。,.；\s欠不没说跑给]|$)")),
        (Sort.NAME, re.compile(rf"(?!包工头)[{_SURNAMES}](?:老板|经理|总|师傅|先生|女士|律师|队长|班长|工头|姐|哥)(?![体包承共计是数额之公])")),
        (Sort.NAME, re.compile(rf"老[{_SURNAMES}](?=[，。欠不没说跑给的])")),
        (Sort.NAME, re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Boss)\.?\s+[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?")),
        (Sort.NAME, re.compile(r"(?<=[Mm]y name is )[A-Z][\w-]+(?:\s+[A-Z][\w-]+){0,2}|(?<=I am )[A-Z][a-z]+\s+[A-Z][a-z]+")),
        (Sort.FIRM, re.compile(r"\b(?:[A-Z][\w&-]*\s+){1,5}(?:Co\.?,?\s*Ltd\.?|Ltd\.?|Limited|Inc\.?|Company|Group|Corporation)")),
    )  # fmt: skip


_RULES = _rules()


def plain(text: str) -> str:
    """The text with full-width figures and letters as ordinary ones; its Chinese punctuation stays."""
    return "".join(unicodedata.normalize("NFKC", c) if _is_wide(c) else c for c in text)


def _is_wide(c: str) -> bool:
    return "０" <= c <= "９" or "Ａ" <= c <= "Ｚ" or "ａ" <= c <= "ｚ" or c in "＠－．　"


def strike(text: str, known: Known | None = None, named: Mapping[str, Sort] = MappingProxyType({})) -> Struck:
    """Strike what points to somebody. What the case holds goes first, then ``named``, what stands in another text of
    the case, then numbers, names, firms and places.

    Struck twice, nothing more is found: the stand-ins themselves point to nobody.
    """
    said, found = plain(text), list[Found]()
    for word in _words(known or Known()):
        said = _replace(said, _spaced(word), Sort.KNOWN, found)
    for word in sorted(named, key=lambda word: (-len(word), word)):
        said = _replace(said, _spaced(word), named[word], found)
    for sort, pattern in _RULES:
        said = _replace(said, pattern, sort, found)
    said = _replace_named(said, _FIRM, Sort.FIRM, found)
    said = _replace_named(said, _PLACE, Sort.PLACE, found)
    for place in sorted(set((known or Known()).places), key=len, reverse=True):
        if len(place) > 1:
            said = _replace(said, re.compile(re.escape(place)), Sort.PLACE, found)
    return Struck(said, tuple(found))


def strike_together(texts: Sequence[str], known: Known | None = None) -> list[Struck]:
    """Strike several texts of one case: a name that gives itself away in one of them is struck in all."""
    struck = [strike(text, known) for text in texts]
    named = {
        one.text: one.sort
        for each in struck
        for one in each.found
        if one.sort in {Sort.NAME, Sort.FIRM} and len(one.text) > 1
    }
    return [strike(text, known, named) for text in texts]


def remains(text: str, known: Known | None = None) -> tuple[Found, ...]:
    """What may not be published and stands in the text: empty for a text that may go out."""
    return tuple(one for one in strike(text, known).found if one.sort in HARD)


def _words(known: Known) -> list[str]:
    """What of the case is looked for, the longest first, so that a name inside a firm's name hides nothing."""
    words = {name.strip() for name in known.people if len(name.strip()) > 1}
    words |= {number.strip() for number in known.numbers if len(number.strip()) >= 5}
    for firm in known.firms:
        words |= {firm.strip(), *cores(firm)}
    return sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word))


_GENERIC = re.compile(
    r"有限责任公司|股份有限公司|有限公司|分公司|集团公司|集团|公司|建筑|工程|劳务|建设|装饰|装修|服务|分包|科技|贸易|物流|餐饮|安装|施工"
    r"|房地产|开发|实业|发展|制造|制衣|机械|电子|项目部|工程队|施工队|[（）()\s]|Co\.?,?\s*Ltd\.?|Limited|Company|Group"
)
_LEADING_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|区|县)|中国|中铁|中建|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽"
    r"|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)"
)


def cores(firm: str) -> set[str]:
    """The parts of a firm's name that are its own: 太原市宏达建筑有限公司 → 宏达."""
    rest = firm.strip()
    while shorter := _LEADING_PLACE.sub("", rest, count=1):
        if shorter == rest:
            break
        rest = shorter
    return {part for part in _GENERIC.split(rest) if len(part) > 1 and part not in _COMMON}


def _spaced(word: str) -> re.Pattern[str]:
    """The word with anything that people put between its signs: 138 0013-8000, 张 三."""
    signs = [c for c in plain(word) if not re.match(_SEP, c)]
    return re.compile(f"{_SEP}*".join(re.escape(c) for c in signs), re.IGNORECASE)


def _replace(text: str, pattern: re.Pattern[str], sort: Sort, found: list[Found]) -> str:
    def put(match: re.Match[str]) -> str:
        own = match["own"] if "own" in pattern.groupindex else match[0]
        found.append(Found(sort, own.strip()))
        return match[0].replace(own, STAND_IN[sort])

    return pattern.sub(put, text)


def _replace_named(text: str, pattern: re.Pattern[str], sort: Sort, found: list[Found]) -> str:
    """Strike a name that ends in a word such as 公司 or 县, from where it can have begun."""
    put: Callable[[re.Match[str]], str] = lambda match: _named(match, sort, found)  # noqa: E731
    return pattern.sub(put, text)


def _named(match: re.Match[str], sort: Sort, found: list[Found]) -> str:
    begin = max((m.end() for m in _LITTLE.finditer(match[1])), default=0)
    own = match[1][begin:]
    if not own or own in _COMMON or own.rstrip("的") in _COMMON:
        return match[0]
    found.append(Found(sort, match[0][begin:]))
    return match[1][:begin] + STAND_IN[sort]


def sorts(found: Iterable[Found]) -> list[Sort]:
    """Which sorts were found, each once, in the order of their list."""
    present = {one.sort for one in found}
    return [sort for sort in Sort if sort in present]
