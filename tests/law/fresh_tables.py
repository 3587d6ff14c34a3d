"""A pytest plugin of ``make test-mutation``: each test reads the calendar's tables for itself.

A table is read once in a process. Then only the first test that needs it would be known to run the code that reads
it, and the others, which would notice a change in that code, would not be asked.
"""

from __future__ import annotations

from nuanxin.law.calendar.store import year_table


def pytest_runtest_setup() -> None:
    """Forget what an earlier test has read."""
    year_table.cache_clear()
