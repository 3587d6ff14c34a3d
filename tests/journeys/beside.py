"""Commands beside a running server, without paying for the imports each time.

This file runs as a process of its own: it sets Django up once, and each command is a fork of it, with the arguments,
the output and the end that a process started for it would have. It ends when its standard input is closed, so it
never outlives the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from typing import IO


class Beside:
    """The process, started at the first command. ``environment``: what every command of it sees."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._process: subprocess.Popen[str] | None = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """As ``python ARGUMENTS`` would: ``-m nuanxin …`` or ``-c CODE …``."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__], env=self._environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(arguments), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the process beside the server ended with {self._process.wait()}")
        code, out, err = json.loads(answer)
        return subprocess.CompletedProcess(arguments, code, out, err)

    def stop(self) -> None:
        """Nothing more is asked for."""
        if self._process is not None:
            self._process.communicate(timeout=30)


def main() -> None:
    """Fork for each line of arguments, and answer with code, output and errors."""
    _warm_up()
    for line in sys.stdin:
        arguments = json.loads(line)
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = os.fork()
            if child == 0:
                _be(arguments, out, err)
            _, status = os.waitpid(child, 0)
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read())
        print(json.dumps([os.waitstatus_to_exitcode(status), *said]), flush=True)


def _warm_up() -> None:
    """Import what commands import: the system checks that come before each of them read every page's module."""
    import django
    from django.core.checks import run_checks

    django.setup()
    run_checks()


def _be(arguments: list[str], out: IO[str], err: IO[str]) -> None:
    """In the fork: do it, and end without what the first process would tidy up."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    code = 0
    try:
        _execute(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _execute(arguments: list[str]) -> None:
    how, what, *rest = arguments
    sys.argv = [how, *rest]
    if how == "-c":
        exec(what, {"__name__": "__main__"})
        return
    assert (how, what) == ("-m", "nuanxin"), arguments
    from nuanxin.__main__ import main as nuanxin

    nuanxin()


if __name__ == "__main__":
    main()
