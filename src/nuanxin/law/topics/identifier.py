"""``identifier``: is this number right, and how is it written in one form. A wrong one is an answer."""

from __future__ import annotations

from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.identity import (
    Checked,
    check_mobile,
    check_region,
    check_resident_id,
    check_uscc,
    successor,
)
from nuanxin.law.question import Faults, Shape, Values, choice
from nuanxin.law.topic import Body, Topic, reply

_KINDS = {
    "resident_id": (
        check_resident_id,
        cite("居民身份证号", "4"),
        Bilingual("身份证号", "resident ID number"),
    ),
    "uscc": (
        check_uscc,
        cite("统一社会信用代码", "4"),
        Bilingual("统一社会信用代码", "unified social credit code"),
    ),
    "mobile": (check_mobile, cite("电信网编号计划", "mobile"), Bilingual("手机号", "mobile number")),
    "region": (check_region, cite("行政区划代码", "3"), Bilingual("行政区划代码", "region code")),
}
BASIS: tuple[Basis, ...] = tuple(basis for _, basis, _ in _KINDS.values())


def _typed(value: Any, path: str, faults: Faults) -> Any:
    """Whatever was typed, none or far too much included: a wrong identifier is an answer, not an error."""
    if type(value) is not str:
        return faults.add(path, "invalid_type", "这里要填文字", "this must be text")
    return value


SHAPE = Shape({"kind": choice(*_KINDS), "value": _typed})

_WARNINGS = {
    "wrong_length": Bilingual("位数不对", "wrong number of characters"),
    "wrong_characters": Bilingual("里面有不该有的字符", "characters that cannot stand there"),
    "wrong_prefix": Bilingual("开头不对", "wrong beginning"),
    "wrong_birth_date": Bilingual("里面的出生日期不存在", "the birth date in it does not exist"),
    "wrong_check_digit": Bilingual("校验位不对，可能抄错了一位", "the check character does not fit; a digit may be mistyped"),
    "unknown_region": Bilingual("里面的地区代码查不到", "its region code is not known"),
    "legacy_15_digits": Bilingual("这是15位旧号码", "an obsolete number of 15 digits"),
    "residence_permit": Bilingual("这是港澳台居民居住证", "a residence permit of Hong Kong, Macao or Taiwan"),
    "permanent_residence_card": Bilingual("这是外国人永久居留身份证", "a foreign permanent-residence card"),
    "organisation_code_check": Bilingual("其中的组织机构代码校验位不符", "the organisation code inside does not fit its check"),
    "landline": Bilingual("这是座机号码", "a landline number"),
    "abolished": Bilingual("这个代码已经撤销", "this code has been abolished"),
    "shortened": Bilingual("取了统计代码的前六位", "the first six digits of a statistics code"),
}  # fmt: skip


def respond(values: Values) -> Body:
    """Valid or not, its one form, and what a person should look at."""
    check, basis, name = _KINDS[values["kind"]]
    found = check(values["value"])
    body = {
        "valid": found.valid,
        "normalised": found.normalised if found.valid else None,
        "warnings": [_warning(code, found.normalised) for code in found.warnings],
    }
    return reply(body, (basis,), _words(found, name))


def _warning(code: str, normalised: str) -> dict[str, Any]:
    """One warning; for an abolished region also the code that took its place, where the table has it."""
    told: dict[str, Any] = {"code": code, "message": _WARNINGS[code].as_json()}
    if code == "abolished":
        told["successor"] = successor(normalised)
    return told


def _words(found: Checked, name: Bilingual) -> Bilingual:
    if found.valid:
        return Bilingual(f"这个{name.zh}格式正确。", f"This {name.en} is well formed.")
    why = [_WARNINGS[code] for code in found.warnings]
    zh, en = "；".join(one.zh for one in why), "; ".join(one.en for one in why)
    return Bilingual(f"这个{name.zh}不对：{zh}。", f"This {name.en} is wrong: {en}.")


TOPIC = Topic("identifier", SHAPE, respond, BASIS)
