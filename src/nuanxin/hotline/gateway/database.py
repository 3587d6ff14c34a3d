"""The one thread that does the gateway's database work, so that a slow disk never holds up a voice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, close_old_connections, connection

from nuanxin.hotline.gateway.platform import AWAY, Away

T = TypeVar("T")


class Database:
    """Runs functions one after the other in a thread with a connection of its own."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gateway-database")

    async def run(self, act: Callable[[], T]) -> T:
        """Run and give back. Raises Away where the database cannot be reached, and what ``act`` raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, act)

    def _run(self, act: Callable[[], T]) -> T:
        close_old_connections()
        try:
            return act()
        except AWAY as fault:
            connection.close()
            raise Away from fault
        except DatabaseError:
            connection.close()
            raise

    async def close(self) -> None:
        """Give the connection back."""
        await asyncio.get_running_loop().run_in_executor(self._thread, lambda: connection.close())
        self._thread.shutdown()
