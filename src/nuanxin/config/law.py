"""``nuanxin law TOPIC < question.json`` and ``nuanxin law --batch < questions.jsonl``. Loads no Django."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence

from nuanxin.config.law_batch import MOST, answered, batch
from nuanxin.config.own_law import use_own
from nuanxin.law import answer
from nuanxin.law.topics import TOPICS

_MOST_PROCESSES = 64


def main(arguments: Sequence[str]) -> int:
    """Answer on stdout as JSON. Returns 0, or 2 when a question was bad."""
    parser = argparse.ArgumentParser(
        prog="nuanxin law", description="Ask the law engine; the question comes on stdin."
    )
    parser.add_argument("topic", nargs="?", help="one of: " + ", ".join(sorted(TOPICS)))
    parser.add_argument(
        "--batch", action="store_true", help='lines of {"topic": …, "question": {…}} in, answers out'
    )
    parser.add_argument(
        "--processes", type=int, default=1, metavar="N", help="answer a batch in so many processes, in order"
    )
    options = parser.parse_args(arguments)
    if options.batch == (options.topic is not None):
        parser.error("give a topic, or --batch")
    if not 1 <= options.processes <= _MOST_PROCESSES or (options.processes > 1 and not options.batch):
        parser.error(f"--processes is for --batch, 1 to {_MOST_PROCESSES}")
    use_own()
    _read_anything(sys.stdin)
    if options.batch:
        return batch(sys.stdin, sys.stdout, options.processes)
    body = answered(sys.stdin.read(MOST + 1), lambda question: answer(options.topic, question))
    _print(json.dumps(body, ensure_ascii=False, indent=2), json.dumps(body, indent=2))
    return 2 if "errors" in body else 0


def _read_anything(stream: object) -> None:
    """Bytes that are no UTF-8 spoil the question they stand in, and not the others."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _print(text: str, plain: str) -> None:
    """``plain`` stands in where the question held half a character, which no UTF-8 can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = plain
    print(text)
