"""Invented people, firms and places for a filled register. Plain values from a seeded generator; no database."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

# Surnames in the order of their frequency; a few hold most people, which is what makes a name hard to search.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华文辉玲红玉建国志海波鹏飞宏俊峰林春生金龙福贵荣永兴德胜大"
    "成小凤云山水田根宝来旺喜发财有才学良忠义孝仁礼智信诚朴实宁安康乐和顺新民立业东西南北中天长地久清雨雪梅竹松柏"
)
_BRANDS = "宏达兴盛鑫泰瑞丰恒远中正诚信博雅金辉锦华腾飞远大隆昌万通永利同创嘉业广厦筑基鼎立德润"
_TRADES = (
    "建筑工程有限公司", "建设集团有限公司", "劳务分包有限公司", "劳务有限公司", "装饰工程有限公司", "市政工程有限公司",
    "路桥有限公司", "服装有限公司", "电子有限公司", "物流有限公司", "餐饮管理有限公司", "机电安装有限公司",
)  # fmt: skip
STORIES = (
    "在工地干了半年木工，活干完了，老板一直拖着没有给工资，打电话也不接。",
    "我们一共十几个人给他铺砖，说好按月发，到现在只给了生活费，剩下的钱打了欠条。",
    "厂里三个月没发工资，说等回款，上个月人都找不到了。",
    "跑外卖的站点换了老板，押金和最后一个月的钱都没有结。",
    "工地上摔伤了腰，老板垫了医药费以后就不管了，工资也没结清。",
)
# Where claims arise, in parts of a thousand: work is on the coast and in the large cities.
_PROVINCE_WEIGHTS = {
    44: 110, 33: 85, 32: 85, 37: 65, 41: 55, 13: 50, 51: 50, 42: 45, 43: 45, 34: 45, 35: 40, 31: 35, 11: 35, 21: 30,
    61: 30, 36: 30, 45: 28, 50: 28, 14: 26, 53: 26, 52: 24, 12: 18, 22: 16, 23: 18, 15: 18, 65: 16, 62: 14, 46: 8,
    64: 6, 63: 5, 54: 3,
}  # fmt: skip


class Weighted(Generic[T]):
    """A choice by weight in one look-up."""

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self.values, self._sums = values, list(accumulate(weights))

    def pick(self, rng: Random) -> T:
        """One value."""
        return self.values[bisect(self._sums, rng.random() * self._sums[-1])]


SURNAMES = Weighted(_SURNAMES, [1 / (rank + 4) for rank in range(len(_SURNAMES))])
GIVEN = Weighted(_GIVEN, [1 / (rank + 20) for rank in range(len(_GIVEN))])


@dataclass(frozen=True, slots=True)
class Invented:
    """One submission's people: applicant, who owes, what was said."""

    name: str
    phone: str
    firms: tuple[str, ...]
    story: str


def person(rng: Random) -> str:
    """A name of two or three characters, its parts as frequent as real ones."""
    given = GIVEN.pick(rng) + (GIVEN.pick(rng) if rng.random() < 0.75 else "")
    return SURNAMES.pick(rng) + given


def phone(rng: Random) -> str:
    """A mobile number."""
    return f"1{rng.choice('3456789')}{rng.randrange(10**9):09d}"


def firm(rng: Random, place: str) -> str:
    """A firm: place, brand, trade."""
    return f"{place}{rng.choice(_BRANDS)}{rng.choice(_BRANDS)}{rng.choice(_TRADES)}"


def invent(rng: Random, place: str) -> Invented:
    """The people of one submission; ``place`` is the short name that firms carry."""
    firms = tuple(firm(rng, place) for _ in range(1 if rng.random() < 0.8 else 2))
    return Invented(person(rng), phone(rng), firms, rng.choice(STORIES))


def counties(codes: Sequence[int]) -> Weighted[int]:
    """Twelve-digit county codes, weighted by province and, within it, a few large ones."""
    rng = Random("counties")
    weights = {code: rng.lognormvariate(0, 0.8) for code in codes}
    total: dict[int, float] = {}
    for code, weight in weights.items():
        total[code // 10**10] = total.get(code // 10**10, 0) + weight
    return Weighted(
        codes,
        [_PROVINCE_WEIGHTS.get(code // 10**10, 1) * w / total[code // 10**10] for code, w in weights.items()],
    )
