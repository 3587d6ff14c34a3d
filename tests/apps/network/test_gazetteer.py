"""The shipped regions: complete, consistent, named."""

from __future__ import annotations

import pytest

from nuanxin.network.rules.gazetteer import (
    NATION,
    UNIT,
    Level,
    UnknownPlace,
    gazetteer,
    level_of,
    six_digits,
    superiors,
)


def code(text: str) -> int:
    return int(text) * UNIT


def test_levels_and_superiors_follow_from_the_code() -> None:
    assert [level_of(code(c)) for c in ("140581", "140500", "140000")] == [
        Level.COUNTY,
        Level.CITY,
        Level.PROVINCE,
    ]
    assert level_of(NATION) is Level.NATION
    assert superiors(code("140581")) == (code("140500"), code("140000"), NATION)
    assert superiors(code("140000")) == (NATION,)
    assert superiors(NATION) == ()
    assert six_digits(code("140581")) == "140581"
    assert six_digits(NATION) == "000000"


def test_it_holds_every_code_in_force_and_the_abolished_ones() -> None:
    book = gazetteer()
    current = [p for p in book if p.current and p.level]
    assert len([p for p in current if p.level is Level.PROVINCE]) == 34
    assert len([p for p in current if p.level is Level.CITY and not p.placeholder]) == 333
    counties = [p for p in current if p.level is Level.COUNTY and not p.statistical]
    assert len(counties) == 2846
    assert len([p for p in book if not p.current]) > 3000


def test_every_region_has_a_superior_that_exists_and_two_names() -> None:
    book = gazetteer()
    for place in book:
        if place.level:
            assert place.parent in superiors(place.code)
            assert book.place(place.parent or 0)
        assert place.name_zh
        assert place.name_en
        assert place.name_en.isprintable()
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in place.name_en + place.pinyin)


def test_no_successor_leads_astray() -> None:
    book = gazetteer()
    for place in book:
        if place.successor is not None:
            assert not place.current
            assert place.successor in book.places
        now = book.in_force(place.code)
        assert book.place(now).current
        assert now != NATION or place.code == NATION


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("330103", "330105"),  # 下城区 joined 拱墅区 in 2021
        ("330104", "330102"),
        ("330183", "330111"),  # 富阳市 became 富阳区
        ("371202", "370116"),  # 莱芜 joined 济南
        ("522401", "520502"),  # 毕节市 became 七星关区
        ("321011", "321003"),  # 维扬区 joined 邗江区
        ("310230", "310151"),
        ("542421", "540602"),
        ("130603", "130606"),
    ],
)
def test_an_abolished_county_leads_to_the_one_that_took_over(old: str, new: str) -> None:
    assert gazetteer().successor(code(old)) == code(new)
    assert gazetteer().in_force(code(old)) == code(new)


def test_a_county_that_was_split_is_worked_by_its_city() -> None:
    assert gazetteer().successor(code("130421")) is None  # 邯郸县, divided among two districts
    assert gazetteer().in_force(code("130421")) == code("130400")


def test_years_tell_when_a_code_was_in_force() -> None:
    old = gazetteer().place(code("330103"))
    assert (old.valid_from, old.valid_until, old.current) == (None, 2020, False)
    new = gazetteer().place(code("330113"))
    assert (new.name_zh, new.valid_from, new.valid_until) == ("临平区", 2021, None)


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ("140581", "山西省晋城市高平市", "Gaoping, Jincheng, Shanxi"),
        ("110101", "北京市东城区", "Dongcheng District, Beijing"),
        ("500229", "重庆市城口县", "Chengkou County, Chongqing"),
        ("429004", "湖北省仙桃市", "Xiantao, Hubei"),
        ("371521", "山东省聊城市阳谷县", "Yanggu County, Liaocheng, Shandong"),
        ("610100", "陕西省西安市", "Xi'an, Shaanxi"),
        ("150100", "内蒙古自治区呼和浩特市", "Hohhot, Inner Mongolia"),
        ("150602", "内蒙古自治区鄂尔多斯市东胜区", "Dongsheng District, Ordos, Inner Mongolia"),
        ("540100", "西藏自治区拉萨市", "Lhasa, Xizang"),
        ("230100", "黑龙江省哈尔滨市", "Harbin, Heilongjiang"),
        ("653101", "新疆维吾尔自治区喀什地区喀什市", "Kashgar, Kashgar Prefecture, Xinjiang"),
        ("650100", "新疆维吾尔自治区乌鲁木齐市", "Urumqi, Xinjiang"),
        ("130321", "河北省秦皇岛市青龙满族自治县", "Qinglong Manchu Autonomous County, Qinhuangdao, Hebei"),
        ("320576", "江苏省苏州市苏州工业园区", "Suzhou Industrial Park, Suzhou, Jiangsu"),
        ("370781", "山东省潍坊市青州市", "Qingzhou, Weifang, Shandong"),
        ("131025", "河北省廊坊市大城县", "Daicheng County, Langfang, Hebei"),
    ],
)
def test_names_with_those_above_them(place: str, zh: str, en: str) -> None:
    assert gazetteer().full_name(code(place), "zh") == zh
    assert gazetteer().full_name(code(place), "en") == en


def test_groups_are_looked_through() -> None:
    book = gazetteer()
    assert book.children(code("110000"))[0].name_zh == "东城区"
    hubei = [p.name_zh for p in book.children(code("420000"))]
    assert hubei[0] == "武汉市"
    assert "仙桃市" in hubei
    assert not any(p.placeholder for p in book.children(code("420000")))
    assert len(book.children(NATION)) == 34
    assert book.children(code("140581")) == []


def test_points_lie_in_the_country_and_only_where_known() -> None:
    places = [p for p in gazetteer() if p.lon is not None and p.lat is not None]
    assert len(places) > 2400
    assert all(73 < (p.lon or 0) < 136 and 3 < (p.lat or 0) < 54 for p in places)
    gaoping, xian = gazetteer().place(code("140581")), gazetteer().place(code("610100"))
    assert gaoping.lon is None  # not in the source: not guessed
    assert xian.lon == pytest.approx(108.9, abs=0.2)


def test_an_unknown_code_is_refused() -> None:
    for ask in (gazetteer().place, gazetteer().successor, gazetteer().in_force, gazetteer().children):
        with pytest.raises(UnknownPlace):
            ask(code("140599"))
