"""Many questions, one a line: answered in order, in one process or several, in memory that does not grow with them.

Lines go out in parcels. Several processes answer parcels side by side; only a few parcels are under way at a time,
and their answers are written in the order of the questions.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TextIO

from nuanxin.config.own_law import use_own
from nuanxin.law import answer
from nuanxin.law.strict_json import KeyTwice, NotJson, read
from nuanxin.law.written import written

KEYS = ("topic", "question")
MOST = 16 * 2**20  # characters of one question
_LINES, _CHARACTERS = 256, 2**20  # of one parcel
_UNDER_WAY = 3  # parcels for each process
_TWICE = "这一项写了两次，不知道以哪个为准 / this key stands twice, and nobody can tell which is meant"

Body = dict[str, Any]
Parcel = Sequence[str]


def batch(lines: TextIO, out: TextIO, processes: int = 1) -> int:
    """One answer a line, in order; 2 when any question was bad, else 0. Empty lines are passed over."""
    parcels_answered = map(answer_all, parcels(lines)) if processes == 1 else _side_by_side(lines, processes)
    raw = getattr(out, "buffer", None)
    worst = 0
    for answers, bad in parcels_answered:
        if raw is None:
            out.write(answers.decode())
        else:
            raw.write(answers)
        worst = 2 if bad else worst
    out.flush()
    return worst


def parcels(lines: TextIO) -> Iterator[Parcel]:
    """The lines that hold something, so many at a time; one too long is cut after what shows that it is."""
    parcel: list[str] = []
    size = 0
    while line := lines.readline(MOST + 1):
        if len(line) > MOST and not line.endswith("\n"):
            _pass_over(lines)
        if line.isspace():
            continue
        parcel.append(line)
        size += len(line)
        if len(parcel) == _LINES or size >= _CHARACTERS:
            yield parcel
            parcel, size = [], 0
    if parcel:
        yield parcel


def answer_all(parcel: Parcel) -> tuple[bytes, bool]:
    """The answers to a parcel as lines of UTF-8, and whether any question was bad."""
    lines, bad = [], False
    for line in parcel:  # each body is let go once it is written
        body = answered(line, _one, "/question")
        lines.append(as_line(body))
        bad = bad or "errors" in body
    return b"".join(lines), bad


def answered(text: str, ask: Callable[[Body], Body], question: str = "") -> Body:
    """The answer to one JSON text, or what is wrong with it; ``question``: the pointer of the question in it."""
    if len(text) > MOST:
        return _errors(
            [_fault("", "too_long", f"一个问题最多 {MOST} 个字符 / a question has at most {MOST} characters")]
        )
    try:
        text.encode()  # bytes that are no UTF-8 came in as halves of characters
        value = read(text)
    except UnicodeEncodeError:
        return _errors([_fault("", "not_json", "问题不是 UTF-8 编码 / the question is not UTF-8")])
    except NotJson as fault:
        return _errors(
            [_fault("", "not_json", f"问题不是 JSON：{fault} / the question is not JSON: {fault}")]
        )
    except KeyTwice as fault:
        return _told_twice(fault, ask, question)
    if not isinstance(value, dict):
        return _errors([_fault("", "not_an_object", "问题要是一个对象 / the question must be a JSON object")])
    return ask(value)


def _told_twice(fault: KeyTwice, ask: Callable[[Body], Body], question: str) -> Body:
    """Every key that stands twice, and whatever else is wrong."""
    faults = [_fault(path.removeprefix(question), "duplicate_key", _TWICE) for path in fault.paths]
    others: Body = ask(fault.value) if isinstance(fault.value, dict) else {}
    return _errors(faults + others.get("errors", []))


def as_line(body: Body) -> bytes:
    """One answer as one line of UTF-8, whatever its question held."""
    try:
        return written(body) + b"\n"
    except UnicodeEncodeError:  # half a character, echoed from the question
        return json.dumps(body, separators=(",", ":")).encode() + b"\n"


def _side_by_side(lines: TextIO, processes: int) -> Iterator[tuple[bytes, bool]]:
    under_way: deque[Future[tuple[bytes, bool]]] = deque()
    with ProcessPoolExecutor(processes, initializer=use_own) as pool:
        for parcel in parcels(lines):
            under_way.append(pool.submit(answer_all, parcel))
            if len(under_way) == _UNDER_WAY * processes:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _pass_over(lines: TextIO) -> None:
    """Read to the end of a line that is too long, a piece at a time."""
    while (rest := lines.readline(MOST)) and not rest.endswith("\n"):
        pass


def _one(given: Body) -> Body:
    faults = [
        _fault(f"/{key}", "unknown_key", "没有这一项 / no such key") for key in given if key not in KEYS
    ]
    faults += [
        _fault(f"/{key}", "required", "这一项要填 / this is needed") for key in KEYS if key not in given
    ]
    if not faults and not isinstance(given["topic"], str):
        faults = [_fault("/topic", "invalid_type", "这里要填文字 / this must be text")]
    return _errors(faults) if faults else answer(given["topic"], given["question"])


def _errors(faults: list[dict[str, str]]) -> Body:
    return {"errors": faults}


def _fault(path: str, code: str, message: str) -> dict[str, str]:
    return {"path": path, "code": code, "message": message}
