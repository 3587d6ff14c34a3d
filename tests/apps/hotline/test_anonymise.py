"""What points to somebody is struck, what the law needs stays, and nothing of the case slips through."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nuanxin.hotline.rules.anonymise import HARD, Known, Sort, cores, remains, sorts, strike, strike_together

STRUCK = [
    ("我叫张大伟，电话138 0013-8000", ["张大伟", "138 0013-8000"], [Sort.PHONE, Sort.NAME]),
    ("打13800138000或+86 139-1234-5678", ["13800138000", "139-1234-5678"], [Sort.PHONE]),
    ("全角１３８００１３８０００", ["１３８００１３８０００", "13800138000"], [Sort.PHONE]),
    ("固话0351-1234567", ["1234567"], [Sort.PHONE]),
    ("身份证140581198001011234", ["140581198001011234"], [Sort.ID]),
    ("身份证14058119800101123X", ["14058119800101123X"], [Sort.ID]),
    ("卡号6222 0200 1234 5678 901", ["6222"], [Sort.BANK]),
    ("发到 zhang.san@example.com", ["zhang.san"], [Sort.EMAIL]),
    ("微信号：zhangsan_88", ["zhangsan_88"], [Sort.ACCOUNT]),
    ("车牌晋A12345", ["A12345"], [Sort.ACCOUNT]),
    ("编号 NX14-0012345-7", ["0012345"], [Sort.ACCOUNT]),
    ("信用代码91140100MA0K1ABC2X", ["MA0K1"], [Sort.ACCOUNT]),
    ("工号20260371", ["20260371"], [Sort.NUMBER]),
    ("2026年3月5日停工", ["3月5日"], [Sort.DATE]),
    ("2026-03-05停工", ["03-05"], [Sort.DATE]),
    ("包工头李强不给钱", ["李强"], [Sort.NAME]),
    ("老板叫王二狗，跑了", ["王二狗"], [Sort.NAME]),
    ("王总说下月给", ["王总"], [Sort.NAME]),
    ("在太原市小店区宏达建筑有限公司干活", ["宏达", "太原", "小店"], [Sort.FIRM]),
    ("在高平市干活", ["高平"], [Sort.PLACE]),
    ("my name is Li Wei", ["Li Wei"], [Sort.NAME]),
    ("I worked for Honda Building Co., Ltd", ["Honda"], [Sort.FIRM]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gone", "found"), STRUCK)
def test_what_points_to_somebody_is_struck(text: str, gone: list[str], found: list[Sort]) -> None:
    said = strike(text)
    assert [word for word in gone if word in said.text] == []
    assert set(found) <= set(sorts(said.found))


KEPT = [
    "包工头不给钱，没有签合同，公司说没钱",
    "建筑公司和劳务公司都说不是自己的责任",
    "根据《保障农民工工资支付条例》第三十条，分包单位拖欠的，由施工总承包单位先行清偿。",
    "可以打12348或12333，也可以到用人单位所在地的劳动仲裁委申请仲裁。",
    "欠我31200元，干了26天，时效一年。",
    "共计123456元，2026年1月该发。",
    "劳动合同法第八十二条规定每月支付二倍的工资。",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_the_answer_needs_stays_as_it_is(text: str) -> None:
    assert strike(text).text == text


def test_what_the_case_holds_is_found_however_it_is_spaced() -> None:
    known = Known(("欧阳娜娜",), ("太原市宏达建筑有限公司",), ("13912345678", "140581198001011234"))
    text = "欧 阳娜娜在宏达干活，打 139-1234 5678，证件1405811980 01011234"
    said = strike(text, known)
    assert [word for word in ("欧", "宏达", "5678", "1234") if word in said.text] == []
    assert {one.sort for one in remains(text, known)} == {Sort.KNOWN}


@pytest.mark.parametrize(
    ("firm", "own"),
    [
        ("太原市宏达建筑有限公司", {"宏达"}),
        ("山西宏达劳务有限公司", {"宏达"}),
        ("华泰集团", {"华泰"}),
        ("劳务公司", set()),
    ],
)
def test_the_part_of_a_firms_name_that_is_its_own(firm: str, own: set[str]) -> None:
    assert cores(firm) == own


def test_a_clean_text_may_go_out_and_soft_finds_do_not_hold_it_up() -> None:
    assert (
        remains("公司没有签合同，可以要二倍工资。", Known(("张三",), ("甲乙公司",), ("13900001111",))) == ()
    )
    assert remains("在高平市干活") == ()  # a place is shown to the second person, who decides
    assert Sort.PLACE not in HARD


PIECES = st.sampled_from([
    "我在", "高平市", "宏达公司", "王总", "干活", "，", "。", "13800138000", "2026年3月5日", "工资", "31200元", "我叫李四",
    "包工头", "北京路", "微信abc12345", " ", "第三十条", "140581198001011234", "a@b.cn", "１３８", "张", "县", "公司", "\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@example("包工头王总")
@example("某公司公司县")
def test_struck_twice_nothing_hard_is_left(text: str) -> None:
    once = strike(text)
    assert remains(once.text) == ()
    assert len(once.found) == 0 or once.text != text


DIGITS = st.text("0123456789", min_size=9, max_size=9)
GAPS = st.lists(st.sampled_from(["", " ", "-"]), min_size=11, max_size=11)


def test_a_name_that_gives_itself_away_in_one_text_is_struck_in_all() -> None:
    question, answer = strike_together(
        [
            "老板刘大发欠我三个月工资，在兴旺砖厂干的，怎么办？",
            "您好：刘大发欠的工资，可以找兴旺 砖厂要；欠薪满一年没有？",
        ]
    )
    assert question.text == "老板某某欠我三个月工资，在某公司干的，怎么办？"
    assert answer.text == "您好：某某欠的工资，可以找某公司要；欠薪满一年没有？"
    assert [one.text for one in answer.found] == ["兴旺 砖厂", "刘大发"]  # the longest first


def test_the_marks_of_a_sentence_stay_as_they_were_written() -> None:
    text = "工资没发，怎么办？（三个月）一、二；三：四！五。"
    assert strike(text).text == text


@given(DIGITS, GAPS, st.sampled_from(["电话", "打", "my phone ", "：", "是"]))
def test_no_mobile_number_survives_however_it_is_written(rest: str, gaps: list[str], before: str) -> None:
    number = "13" + rest
    written = "".join(digit + gap for digit, gap in zip(number, gaps, strict=True)).strip(" -")
    assert written not in strike(f"{before}{written}，谢谢").text


@given(
    st.text("赵钱孙李周吴郑王张刘伟芳娜敏静丽强磊军洋", min_size=2, max_size=4), st.lists(PIECES, max_size=6)
)
def test_a_known_name_never_survives(name: str, around: list[str]) -> None:
    text = "".join([*around, name, *around])
    assert name not in strike(text, Known(people=(name,))).text
