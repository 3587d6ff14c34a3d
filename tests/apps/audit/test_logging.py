"""Logs: data, one line each, and nobody in them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings

from nuanxin.audit.logging import PersonalDataLogged, RefusePersonal, StandardError, configure, scrub


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Logging as in production, into a string."""
    kept = logging.root.handlers[:]
    configure({"as_json": True, "level": "INFO"})
    [handler] = [each for each in logging.root.handlers if type(each) is StandardError]
    text = io.StringIO()
    handler.setStream(text)
    yield text
    configure(settings.LOGGING)
    logging.root.handlers[:] = kept


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_personal_keys_are_refused_and_numbers_masked_everywhere(out: io.StringIO) -> None:
    structlog.get_logger("nuanxin.test").info(
        "case.opened",
        case=3096224743817217,
        phone="13812345678",
        helper_phone="13812345678",
        said="ring 138 1234 5678",
        number=13812345678,
        rows=[{"name": "张三", "id": "110105194912310021"}],
        url="/follow?code=ABCD&x=1",
        ok=True,
    )
    [line] = lines(out)
    assert line["event"] == "case.opened"
    assert line["case"] == 3096224743817217
    assert line["phone"] == line["helper_phone"] == "[personal]"
    assert line["said"] == "ring 138****5678"
    assert line["number"] == "138****5678"
    assert line["rows"] == [{"name": "[personal]", "id": "11************0021"}]
    assert line["url"] == "/follow?code=…&x=1"
    assert line["ok"] is True
    assert line["logger"] == "nuanxin.test"
    assert line["level"] == "info"
    assert line["at"].endswith("Z")


def test_an_exception_keeps_its_place_and_loses_what_it_quotes(out: io.StringIO) -> None:
    row, name = "Failing row contains (7, 李四, 13812345678).", "李 四"
    try:
        try:
            raise ValueError(f'null value in column "name" DETAIL:  {row}')
        except ValueError as fault:
            raise KeyError(name) from fault
    except KeyError:
        structlog.get_logger("nuanxin.test").exception("job.failed", job="sweep")
    [line] = lines(out)
    assert "ValueError" in line["exception"]
    assert "test_logging.py" in line["exception"]
    assert "KeyError: '…'" in line["exception"]
    for secret in ("李", "1381234", "7,"):
        assert secret not in line["exception"]


def test_lines_of_libraries_are_scrubbed_and_their_extras_dropped(out: io.StringIO) -> None:
    logging.getLogger("somewhere").warning("no %s for %s", "李四", "13812345678", extra={"request": object()})
    logging.getLogger("django.request").warning("Not Found: /张三")
    logging.getLogger("httpx").info("GET https://gateway/?token=abc")
    [line] = lines(out)
    assert line["event"] == "no … for 138****5678"
    assert set(line) == {"event", "logger", "level", "at"}


def test_a_test_that_logs_a_person_fails() -> None:
    strict = RefusePersonal(strict=True)
    with pytest.raises(PersonalDataLogged, match="phone"):
        strict(None, "info", {"event": "x", "phone": "13812345678"})
    assert strict(None, "info", {"event": "x", "phone": ""}) == {"event": "x", "phone": ""}
    assert settings.LOGGING["strict"] is True


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ('duplicate key "phone_index"', 'duplicate key "phone_index"'),
        ("Key (name)=(李四) exists", "Key (name)=(…) exists"),
        ("could not parse 'zhang san'", "could not parse '…'"),
        ("x DETAIL:  (1, Zhang San)\nmore", "x DETAIL left out"),
        ("UNIQUE constraint failed: cases_case.number", "UNIQUE constraint failed: cases_case.number"),
    ],
)
def test_scrub(text: str, scrubbed: str) -> None:
    assert scrub(text) == scrubbed


def test_the_console_shows_exceptions_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure({"as_json": False, "level": "INFO"})
    try:
        raise ValueError("李四")
    except ValueError:
        structlog.get_logger("nuanxin.test").exception("job.failed")
    finally:
        configure(settings.LOGGING)
    assert "ValueError: …" in capsys.readouterr().err


def test_a_stream_that_was_closed_is_left_for_standard_error(
    out: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    [handler] = [each for each in logging.root.handlers if type(each) is StandardError]
    file = io.TextIOWrapper(
        io.BytesIO(), encoding="utf-8"
    )  # unlike a StringIO, it cannot be flushed once closed
    handler.setStream(file)
    file.close()
    structlog.get_logger("nuanxin.test").info("case.opened")
    assert "case.opened" in capsys.readouterr().err


def test_a_line_that_cannot_be_written_is_not_quoted(
    out: io.StringIO, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(out, "write", None)
    logging.getLogger("nuanxin.test").info("李四 13812345678")
    assert capsys.readouterr().err == ""
