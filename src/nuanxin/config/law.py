"""``nuanxin law TOPIC < question.json`` and ``nuanxin law --batch < questions.jsonl``. Loads no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from nuanxin.law import answer
from nuanxin.law.topics import TOPICS

BATCH_KEYS = ("topic", "question")


def main(arguments: Sequence[str]) -> int:
    """Answer on stdout as JSON. Returns 0, or 2 when a question was bad."""
    parser = argparse.ArgumentParser(
        prog="nuanxin law", description="Ask the law engine; the question comes on stdin."
    )
    parser.add_argument("topic", nargs="?", help="one of: " + ", ".join(sorted(TOPICS)))
    parser.add_argument(
        "--batch", action="store_true", help='lines of {"topic": …, "question": {…}} in, answers out'
    )
    options = parser.parse_args(arguments)
    if options.batch == (options.topic is not None):
        parser.error("give a topic, or --batch")
    if options.batch:
        return batch(sys.stdin, sys.stdout)
    body = _answered(sys.stdin.read(), lambda question: answer(options.topic, question))
    print(json.dumps(body, ensure_ascii=False, indent=2))
    return 2 if "errors" in body else 0


def batch(lines: TextIO, out: TextIO) -> int:
    """One answer a line, in order; 2 when any question was bad. Empty lines are passed over."""
    worst = 0
    for line in lines:
        if not line.strip():
            continue
        body = _answered(line, _one)
        out.write(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n")
        if "errors" in body:
            worst = 2
    out.flush()
    return worst


def _answered(text: str, ask: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        return {"errors": [{"path": "", "code": "not_json", "message": f"the question is not JSON: {fault}"}]}
    if not isinstance(value, dict):
        return {
            "errors": [{"path": "", "code": "not_an_object", "message": "the question must be a JSON object"}]
        }
    return ask(value)


def _one(given: dict[str, Any]) -> dict[str, Any]:
    faults = [_fault(key, "unknown_key", "there is no such key") for key in given if key not in BATCH_KEYS]
    faults += [_fault(key, "missing", "this is needed") for key in BATCH_KEYS if key not in given]
    if not faults and not isinstance(given["topic"], str):
        faults = [_fault("topic", "not_text", "the topic's name is needed")]
    return {"errors": faults} if faults else answer(given["topic"], given["question"])


def _fault(key: str, code: str, message: str) -> dict[str, str]:
    return {"path": f"/{key}", "code": code, "message": message}


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
