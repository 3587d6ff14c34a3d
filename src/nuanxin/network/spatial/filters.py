"""What a point must offer and whether it is open: the same test in the tree and on the roads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.spatial.compiled import kernel

Ints = NDArray[np.int32]
Masks = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

HAS_EXCEPTIONS = np.uint64(
    1 << 63
)  # bit of a mask: days on which the hours differ are on file for this point
NO_BYTES: Bytes = np.zeros(0, np.uint8)
NO_INTS: Ints = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is open at one instant. ``patterns``: 0 or 1 for each pattern of hours.

    ``special`` are the numbers of points, ascending, whose day differs from their pattern, with 0 or 1 each.
    """

    patterns: NDArray[np.uint8]
    special: NDArray[np.int32] = field(default_factory=lambda: NO_INTS)
    special_open: NDArray[np.uint8] = field(default_factory=lambda: NO_BYTES)

    @property
    def groups(self) -> np.uint64:
        """The 64 groups, pattern number modulo 64, that have an open pattern; all bits where exceptions may open."""
        numbers = np.flatnonzero(self.patterns) % 64
        bits = np.bitwise_or.reduce(
            np.left_shift(np.uint64(1), numbers.astype(np.uint64)), initial=np.uint64(0)
        )
        return np.uint64(bits) if bits else np.uint64(1)  # 0 would mean: do not ask


@kernel
def fits(mask: np.uint64, needs: Masks) -> bool:
    """Whether a mask shares a bit with every one of ``needs``."""
    for need in needs:  # noqa: SIM110 (a generator is no loop that can be compiled)
        if not mask & need:
            return False
    return True


@kernel
def is_open(
    at: int, pattern: int, mask: np.uint64, open_patterns: Bytes, special: Ints, special_open: Bytes
) -> bool:
    """Whether a point is open: by its pattern, unless the day has an exception for it."""
    if mask >> np.uint64(63):
        spot = np.searchsorted(special, at)
        if spot < special.shape[0] and special[spot] == at:
            return bool(special_open[spot] != 0)
    return bool(open_patterns[pattern] != 0)
