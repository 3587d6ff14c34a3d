"""How many statements something costs, whatever the clock says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# A process asks every two seconds whether offices or points have changed, whoever comes by then: on a busy machine
# that falls into one of two measured pages and not into the other.
BY_THE_CLOCK = ("network_edition", "network_pointchange")


def counted(queries: Iterable[Mapping[str, str]], *, besides: tuple[str, ...] = ()) -> int:
    """How many of the captured ``queries`` there are without those by the clock and those with a word of ``besides``."""
    passing = (*BY_THE_CLOCK, *besides)
    return sum(not any(word in query["sql"] for word in passing) for query in queries)
