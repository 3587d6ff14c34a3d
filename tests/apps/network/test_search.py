"""Finding a place by what people type."""

from __future__ import annotations

import pytest

from nuanxin.network.queries import search_places


def first(text: str) -> str:
    hits = search_places(text)
    return hits[0].place if hits else ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("高平", "140581"),
        ("高平市", "140581"),
        (" 高平 ", "140581"),
        ("山西高平", "140581"),
        ("山西省晋城市高平市", "140581"),
        ("浙江 余杭", "330110"),
        ("gaoping", "140581"),
        ("Gao Ping", "140581"),
        ("jincheng gaoping", "140581"),
        ("Gaoping, Jincheng", "140581"),
        ("harbin", "230100"),
        ("haerbin", "230100"),
        ("hhht", "150100"),
        ("Xi'an", "610100"),
        ("xian", "610100"),
        ("lvliang", "141100"),
        ("Lüliang", "141100"),
        ("襄樊", "420600"),  # 襄阳 until 2010
        ("140581", "140581"),
        ("工业园区", "320576"),
        ("大城县", "131025"),
        ("daicheng", "131025"),
    ],
)
def test_the_place_that_is_meant_comes_first(text: str, place: str) -> None:
    assert first(text) == place


def test_an_abolished_name_is_found_and_leads_on() -> None:
    (hit,) = search_places("下城区")
    assert (hit.place, hit.now) == ("330103", 330105000000)
    assert hit.zh == "浙江省杭州市下城区"
    assert hit.en == "Xiacheng District, Hangzhou, Zhejiang"


def test_a_province_is_followed_by_what_lies_in_it() -> None:
    hits = search_places("北京", 20)
    assert hits[0].place == "110000"
    assert {"110101", "110105"} <= {hit.place for hit in hits}


def test_the_same_name_in_several_places_is_told_apart() -> None:
    names = [hit.zh for hit in search_places("朝阳", 6)]
    assert names[0] == "辽宁省朝阳市"
    assert "北京市朝阳区" in names
    assert len(set(names)) == len(names)


def test_digits_list_what_begins_with_them() -> None:
    hits = search_places("1405", 50)
    assert hits[0].place == "140500"
    assert all(hit.place.startswith("1405") for hit in hits)


@pytest.mark.parametrize(
    "text", ["", "   ", "不存在的地方", "qqqq", "1", "99", "1405811", "'", "，。", "<script>", "%", "\x00"]
)
def test_what_fits_nothing_finds_nothing(text: str) -> None:
    assert search_places(text) == []


def test_the_number_of_answers_is_bounded() -> None:
    assert len(search_places("市", 10_000)) <= 50
    assert len(search_places("县", 3)) == 3
    assert len(search_places("高平" * 10_000)) == 0
