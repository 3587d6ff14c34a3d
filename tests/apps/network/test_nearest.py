"""``GET /points/nearest`` and ``nuanxin network nearest``: the contract, filters, every fault named."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories.points import LAT, LON, point

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in China
URL = "/api/v1/points/nearest"
KEYS = {"id", "name", "kind", "minutes", "estimate", "distance_m", "open_until", "phone", "lon", "lat"}


@pytest.fixture(autouse=True)
def wednesday() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(autouse=True)
def four(db: None) -> dict[str, int]:
    """Names and ids: 400 m, 800 m, 1,200 m and 2,000 m east."""
    made = {
        "a": point(400, name_zh="甲", name_en="First", services="consultation", hours="Mo-Fr 14:00-18:00"),
        "b": point(800, name_zh="乙", kind="platform", step_free=True, languages="zh ii"),
        "c": point(1_200, name_zh="丙", kind="contact_point", hours="24/7"),
        "d": point(2_000, name_zh="丁", kind="mobile", services="wage_claims legal_aid", hours=""),
    }
    return {name: row.pk for name, row in made.items()}


def ask(**asked: Any) -> Any:
    return Client().get(URL, {"lon": LON, "lat": LAT, **asked})


def names(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return "".join(one["name"] for one in answer.json()["points"])


def test_the_answer_has_the_members_of_the_contract(four: dict[str, int]) -> None:
    found = ask(k=2).json()
    assert set(found) == {"points"}
    first, second = found["points"]
    assert set(first) == set(second) == KEYS
    # 800 m at 4.8 km/h over 1.3 is 13 minutes; closed at noon
    assert second | {"lon": 0, "lat": 0} == {
        "id": four["b"], "name": "乙", "kind": "platform", "minutes": 13, "estimate": "straight_line",
        "distance_m": 800, "open_until": "2026-11-25T12:00:00+08:00", "phone": "0356-0000000", "lon": 0, "lat": 0,
    }  # fmt: skip
    assert first["open_until"] is None
    assert second["lat"] == pytest.approx(LAT)


FILTERS = [
    ({}, "甲乙丙丁"), ({"k": 1}, "甲"), ({"k": 50}, "甲乙丙丁"),
    ({"service": "wage_claims"}, "乙丙丁"), ({"service": ["wage_claims", "legal_aid"]}, "丁"),
    ({"language": "ii"}, "乙"), ({"step_free": "true"}, "乙"), ({"kind": ["platform", "mobile"]}, "乙丁"),
    ({"open": "true"}, "乙丙"), ({"open": "false"}, "甲乙丙丁"),
    # 3 in the morning; 15:00 with and without an offset; a plus sign that became a blank
    ({"at": "2026-11-25T03:00:00+08:00"}, "丙"), ({"at": "2026-11-25T15:00:00"}, "甲乙丙"),
    ({"at": "2026-11-25T15:00:00 08:00"}, "甲乙丙"), ({"at": "2026-11-25T07:00:00Z"}, "甲乙丙"),
    ({"at": "2026-11-25T03:00:00+08:00", "open": "false"}, "甲乙丙丁"),
    ({"mode": "car", "k": 2}, "甲乙"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), FILTERS)
def test_filters(asked: dict[str, Any], found: str) -> None:
    assert names(ask(**asked)) == found


def test_a_car_is_faster() -> None:
    assert ask(mode="car").json()["points"][3]["minutes"] < ask().json()["points"][3]["minutes"]


def test_names_follow_the_language_of_the_reader() -> None:
    answer = Client(headers={"accept-language": "en"}).get(URL, {"lon": LON, "lat": LAT, "k": 2})
    assert [one["name"] for one in answer.json()["points"]] == ["First", "乙"]


BAD = [
    ({"lon": 35.8, "lat": 112.9}, "/query/lat", "swapped"),
    ({"lon": 2.35, "lat": 48.85}, "/query/lat", "outside"),
    ({"lon": 130.0, "lat": 20.0}, "/query/lat", "sea_or_abroad"),
    ({"lon": "nan"}, "/query/lon", "not_on_earth"),
    ({"lon": "east"}, "/query/lon", "not_a_number"),
    ({"lat": 1e300}, "/query/lat", "not_on_earth"),
    ({"lon": [112.9, 113.9]}, "/query/lon", "given_twice"), ({"mode": ["walk", "car"]}, "/query/mode", "given_twice"),
    ({"kind": ["platform", "moon"]}, "/query/kind/1", "unknown_value"),
    ({"k": 0}, "/query/k", "too_small"), ({"k": 51}, "/query/k", "too_large"), ({"k": "many"}, "/query/k", "not_a_number"),
    ({"service": "gold"}, "/query/service", "unknown_value"), ({"language": "xx"}, "/query/language", "unknown_value"),
    ({"mode": "rocket"}, "/query/mode", "unknown_value"), ({"at": "noon"}, "/query/at", "invalid_date"),
    ({"at": "0001-01-01T00:00:00+14:00"}, "/query/at", "invalid_moment"),
    ({"step_free": "perhaps"}, "/query/step_free", "not_a_boolean"), ({"services": "x"}, "/query/services", "unknown_key"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "path", "code"), BAD)
def test_bad_input_is_named(asked: dict[str, Any], path: str, code: str) -> None:
    answer = ask(**asked)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    told = {fault["path"]: fault for fault in answer.json()["errors"]}
    assert told[path]["code"] == code, answer.json()
    assert told[path]["message"]["zh"]
    assert told[path]["message"]["en"]


def test_every_fault_is_told_at_once() -> None:
    answer = ask(lon=35.8, lat=112.9, k=0, service="gold", language="xx", mode="rocket")
    assert {fault["path"] for fault in answer.json()["errors"]} == {
        "/query/lat", "/query/k", "/query/service", "/query/language", "/query/mode",
    }  # fmt: skip


def test_a_missing_coordinate_is_told() -> None:
    answer = Client().get(URL, {"lat": LAT})
    assert [(f["path"], f["code"]) for f in answer.json()["errors"]] == [("/query/lon", "missing")]


def test_too_many_questions_from_one_address_wait(settings: Any) -> None:
    settings.RATE_LIMIT = True
    from nuanxin.network import api

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "PER_ADDRESS", 2)
        codes = [ask().status_code for _ in range(3)]
        refused = ask()
    assert codes == [200, 200, 429]
    assert int(refused["Retry-After"]) > 0


def test_the_position_reaches_no_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ask(lon=112.987654, lat=35.823456)
    ask(lon=35.823456, lat=112.987654)
    written = "".join(capfd.readouterr()) + caplog.text
    assert "points/nearest" in written
    assert "987654" not in written
    assert "823456" not in written


def run(*words: str) -> Any:
    out = io.StringIO()
    call_command("network", "nearest", *words, stdout=out)
    return out.getvalue()


def test_the_command_gives_what_the_api_gives(four: dict[str, int]) -> None:
    told = json.loads(run("--lon", str(LON), "--lat", str(LAT), "--k", "3", "--json"))
    assert told == ask(k=3).json()
    assert "straight_line" in run("--lon", str(LON), "--lat", str(LAT), "--service", "legal_aid")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lon", "35.8", "--lat", "112.9"), "swapped"), (("--lon", "x", "--lat", "35"), "--lon"),
        (("--lon", "112.9", "--lat", "35.8", "--k", "51"), "--k"),
        (("--lon", "112.9", "--lat", "35.8", "--service", "gold"), "--service"),
    ],
)  # fmt: skip
def test_bad_arguments_end_the_command_with_2(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told) as refused:
        run(*words)
    assert refused.value.returncode == 2


def test_nothing_found_ends_the_command_with_1() -> None:
    with pytest.raises(SystemExit) as ended:
        run("--lon", str(LON), "--lat", str(LAT), "--language", "bo", "--json")
    assert ended.value.code == 1
