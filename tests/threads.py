"""What an asynchronous test asks of the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


async def in_thread(what: Callable[..., T], *arguments: object, **named: object) -> T:
    """As ``asyncio.to_thread``; the thread gives its connection back, or it would stand open when the tests end and
    their database goes."""

    def act() -> T:
        try:
            return what(*arguments, **named)
        finally:
            connection.close()

    return await asyncio.to_thread(act)
