"""One way to compile a kernel, typed so that callers keep their signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop over arrays to machine code at its first call, and keep the code on disk for the next process.

    Kernels release the interpreter lock, so that several request threads search at once. With
    ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python: slow, for following one with a debugger.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True, boundscheck=False)(function))
