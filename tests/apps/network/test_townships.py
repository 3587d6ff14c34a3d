"""The shipped townships: complete, consistent, named, and found by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.network import queries
from nuanxin.network.queries import (
    UnknownPlace,
    parse_place,
    parse_township,
    place_now,
    region,
    region_name,
    search_places,
    townships_of,
)
from nuanxin.network.rules.gazetteer import NATION, UNIT, Level, gazetteer, level_of, six_digits, superiors
from nuanxin.network.rules.townships import Names, by_rule, joined, nine_digits, townships

MISHAN = 140581101000
GAOPING = 140581 * UNIT


def first(text: str) -> str:
    hits = search_places(text, townships=True)
    return hits[0].place if hits else ""


def test_a_townships_code_lies_in_its_countys_range() -> None:
    assert level_of(MISHAN) is Level.TOWNSHIP
    assert superiors(MISHAN) == (GAOPING, 140500 * UNIT, 140000 * UNIT, NATION)
    assert (six_digits(MISHAN), nine_digits(MISHAN)) == ("140581", "140581101")
    assert MISHAN in townships()
    assert MISHAN + 1 not in townships()


def test_every_township_has_a_superior_in_force_and_names_in_both_languages() -> None:
    book, towns = gazetteer(), townships()
    assert len(towns) == 41351
    assert towns.codes == sorted(set(towns.codes))
    for row, code in enumerate(towns.codes):
        town = towns.at(row)
        above = book.place(town.parent or -1)
        assert above.current
        # The cities without counties (东莞, 中山, 儋州) have their townships directly below.
        assert above.level is Level.COUNTY or not book.children(above.code)
        assert town.code == code
        assert town.name_zh
        assert town.short_zh
        assert town.pinyin.replace(" ", "").isascii()
        assert town.name_en.isprintable()
        assert town.name_en.replace("ü", "").isascii()
        assert not set(town.name_en) & set("（）")


def test_no_county_is_without_townships_but_those_that_are_younger_or_at_sea() -> None:
    empty = {
        place.name_zh
        for place in gazetteer()
        if place.current
        and place.level is Level.COUNTY
        and place.code // 10**10 not in (71, 81, 82)  # the table of the mainland's statistics
        and not townships_of(place.code)
    }
    assert empty == {"西沙区", "南沙区", "和康县", "和安县", "金门县"}


def test_points_are_few_and_lie_about_their_county() -> None:
    book = gazetteer()
    pointed = [town for town in map(townships().at, range(len(townships()))) if town.lon is not None]
    assert 10_000 < len(pointed) < 15_000  # the rest is not in the source: not guessed
    for town in pointed:
        assert 73 < (town.lon or 0) < 136
        assert 3 < (town.lat or 0) < 54
        county = book.place(town.parent or 0)
        if county.lon is not None and county.code // 10**10 not in (15, 23, 51, 53, 54, 62, 63, 65):
            # A degree is at most 111 km; the builder lets none lie farther than 60 km outside the wide west,
            # measured from the county or, where that point is doubtful, from its townships.
            assert abs((town.lat or 0) - (county.lat or 0)) < 1.7, town


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("140581101", "山西省晋城市高平市米山镇", "Mishan Town, Gaoping, Jincheng, Shanxi"),
        ("110105017", "北京市朝阳区劲松街道", "Jinsong Subdistrict, Chaoyang District, Beijing"),
        ("441900121", "广东省东莞市虎门镇", "Humen Town, Dongguan, Guangdong"),
        (
            "110116211",
            "北京市怀柔区长哨营满族乡",
            "Changshaoying Manchu Ethnic Township, Huairou District, Beijing",
        ),
    ],
)
def test_names_with_those_above_them(code: str, zh: str, en: str) -> None:
    stored = parse_township(code)
    assert region_name(stored, "zh") == zh
    assert region_name(stored, "en") == en
    assert region_name(stored, "en", full=False) == en.split(",")[0]
    assert region(stored).level is Level.TOWNSHIP


def test_readings_follow_the_place_and_not_the_dictionary_of_common_words() -> None:
    said = {
        town.name_zh: town.pinyin
        for code in ("110105", "130927", "450881")
        for town in townships_of(int(code) * UNIT)
    }
    assert said["朝外街道"] == "chao wai"
    assert said["南皮镇"] == "nan pi"
    assert said["石龙镇"] == "shi long"
    assert {town.pinyin for town in townships_of(110105 * UNIT) if "都" in town.name_zh} == {
        "shou du ji chang"
    }


def test_by_rule_the_english_name_follows_from_the_reading() -> None:
    assert by_rule("米山镇", "mi shan") == ("米山", "Mishan Town")
    assert by_rule("西安街道", "xi an") == ("西安", "Xi'an Subdistrict")
    assert by_rule("张镇", "zhang zhen") == ("", "")  # one character alone is no short name
    assert by_rule("红旗农场", "hong qi nong chang") == ("", "")
    assert joined("lv liang") == "Lüliang"


def test_a_place_of_six_digits_stays_what_it_was() -> None:
    assert parse_place("140581") == GAOPING
    for text in ("140581101", "140581101000"):
        with pytest.raises(UnknownPlace):
            parse_place(text)


def test_a_township_of_nine_or_twelve_digits_is_read() -> None:
    assert parse_township("140581101") == parse_township("140581101000") == MISHAN
    for text in ("140581", "140581999", "140581101001", "14058110a", "", "１４０５８１１０１", "140581101\n"):
        with pytest.raises(UnknownPlace):
            parse_township(text)
    for ask in (region, place_now, queries.successor, townships_of):
        with pytest.raises(UnknownPlace):
            ask(140581999000)


def test_a_township_is_worked_where_it_lies() -> None:
    assert place_now(MISHAN) == MISHAN
    assert queries.successor(MISHAN) == MISHAN


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("米山", "140581101"),
        ("米山镇", "140581101"),
        ("高平米山", "140581101"),
        ("山西省晋城市高平市米山镇", "140581101"),
        ("山西 高平 米山镇", "140581101"),
        ("朝阳劲松", "110105017"),  # 朝阳 is a city of Liaoning and a district of Beijing: both are tried
        ("mishan gaoping", "140581101"),
        ("Mishan Town, Gaoping, Jincheng, Shanxi", "140581101"),
        ("mi shan town, gaoping", "140581101"),
        ("东莞虎门", "441900121"),
        ("humen", "441900121"),
        ("140581101", "140581101"),
        ("140581101000", "140581101"),
        ("高平", "140581"),  # the county before the townships of its name
        ("140581", "140581"),
        ("北京", "110000"),
        ("新华街道", "110112002"),  # and not every subdistrict of the districts called 新华
    ],
)
def test_the_place_that_is_meant_comes_first(text: str, place: str) -> None:
    assert first(text) == place


def test_a_county_is_followed_by_what_lies_in_it() -> None:
    hits = search_places("140581", 50, townships=True)
    assert [hit.place for hit in hits] == ["140581", *(nine_digits(t.code) for t in townships_of(GAOPING))]
    assert {"140581101"} < {hit.place for hit in search_places("高平市", 50, townships=True)}


def test_townships_are_found_only_when_asked_for() -> None:
    assert search_places("米山") == []
    assert all(
        hit.level < Level.TOWNSHIP
        for text in ("高平", "镇", "zhen", "140581")
        for hit in search_places(text, 50)
    )


@pytest.mark.parametrize(
    "text", ["", "  ", "不存在的地方", "qqqq", "140581999", "1405811010001", "，", "%", "\x00", "\n"]
)
def test_what_fits_nothing_finds_nothing(text: str) -> None:
    assert search_places(text, townships=True) == []


def test_every_township_is_found_by_its_full_name_and_by_its_code() -> None:
    towns = townships()
    for row in range(0, len(towns), 331):
        code = towns.codes[row]
        assert first(nine_digits(code)) == nine_digits(code)
        assert nine_digits(code) in {
            h.place for h in search_places(towns.full_name(code, "zh"), townships=True)
        }


@pytest.mark.parametrize(
    "text", ["高平", "镇", "街道", "zhen", "a", "li li li", "山西省晋城市高平市米山镇", "朝阳" * 30]
)
def test_no_text_brings_more_than_was_asked_for(text: str) -> None:
    assert len(search_places(text, 50, townships=True)) <= 50


def test_names_are_found_by_their_beginning_end_and_middle_in_their_range() -> None:
    names = Names(["ab", "b", "", "cab"])
    assert names.find("b", 0, 4, 9) == [0, 1, 3]
    assert names.find("\nb", 0, 4, 9) == [1]
    assert names.find("ab\n", 0, 4, 9) == [0, 3]
    assert names.find("\nab\n", 0, 4, 9) == [0]
    assert names.find("b", 1, 3, 9) == [1]
    assert names.find("b", 0, 4, 2) == [0, 1]
    assert names.find("b", 2, 2, 9) == []


@settings(max_examples=200, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=80),
        st.text(alphabet="高平米山朝阳镇乡街道区市县北京", max_size=20),
        st.text(alphabet="aelinghuz ,'·ü", max_size=30),
        st.text(alphabet="0123456789", max_size=14),
    ),
    limit=st.integers(0, 60),
)
def test_any_text_is_answered_with_places_that_exist_none_twice(text: str, limit: int) -> None:
    hits = search_places(text, limit, townships=True)
    assert len(hits) <= min(limit, 50)
    assert len({hit.code for hit in hits}) == len(hits)
    for hit in hits:
        assert region(hit.code).level is hit.level
        assert region(hit.now)
        assert hit.zh == region_name(hit.code, "zh")
        assert hit.en == region_name(hit.code, "en")


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.text(alphabet="ab", max_size=4), max_size=8),
    sought=st.text(alphabet="ab", min_size=1, max_size=3),
)
def test_the_joined_text_finds_what_a_look_at_each_name_finds(names: list[str], sought: str) -> None:
    joined_names = Names(names)
    for low in range(len(names) + 1):
        for high in range(low, len(names) + 1):
            rows = range(low, high)
            assert joined_names.find(sought, low, high, 99) == [r for r in rows if sought in names[r]]
            assert joined_names.find(f"\n{sought}", low, high, 99) == [
                r for r in rows if names[r].startswith(sought)
            ]
            assert joined_names.find(f"\n{sought}\n", low, high, 99) == [
                r for r in rows if names[r] == sought
            ]
