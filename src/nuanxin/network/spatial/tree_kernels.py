"""The loops of the point tree: building it, and walking it with filters. See ``tree`` for what they serve."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nuanxin.network.spatial.compiled import kernel
from nuanxin.network.spatial.filters import fits, is_open
from nuanxin.network.spatial.sphere import EARTH_RADIUS

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Masks = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

# patterns of the points, open groups, what is open by pattern, points with a day of their own and whether it is open
Hours = tuple[Ints, np.uint64, Bytes, Ints, Bytes] | None

Needs = Masks | None

NOWHERE = 9.0  # a squared chord that no two places have
DEEPEST = 64  # entries of the walk's stack: one for each level and a few to spare


@kernel
def _split(points: Floats, order: Ints, low: int, high: int, middle: int, axis: int) -> None:
    """Quickselect: order[low:middle] lies below order[middle:high] along an axis."""
    left, right = low, high - 1
    while right > left:
        a, b, c = (
            points[order[left], axis],
            points[order[(left + right) // 2], axis],
            points[order[right], axis],
        )
        pivot = max(min(a, b), min(max(a, b), c))
        i, j = left, right
        while i <= j:
            while points[order[i], axis] < pivot:
                i += 1
            while points[order[j], axis] > pivot:
                j -= 1
            if i <= j:
                order[i], order[j] = order[j], order[i]
                i += 1
                j -= 1
        if middle <= j:
            right = j
        elif middle >= i:
            left = i
        else:
            return


@kernel
def plant(points: Floats, levels: int) -> Ints:
    """The order of points in which node ``n`` of the heap holds one run of them, halved at each level."""
    count = points.shape[0]
    order = np.arange(count).astype(np.int32)
    lows, highs = np.zeros(1 << levels, np.int64), np.zeros(1 << levels, np.int64)
    highs[1 if levels else 0] = count
    for node in range(1, 1 << levels):
        if node > 1:
            above = node >> 1
            middle = (lows[above] + highs[above]) >> 1
            lows[node] = middle if node & 1 else lows[above]
            highs[node] = highs[above] if node & 1 else middle
        low, high = lows[node], highs[node]
        if high - low < 2:
            continue
        widest, axis = -1.0, 0
        for candidate in range(3):
            least, most = 2.0, -2.0
            for at in range(low, high):
                value = points[order[at], candidate]
                least, most = min(least, value), max(most, value)
            if most - least > widest:
                widest, axis = most - least, candidate
        _split(points, order, low, high, (low + high) >> 1, axis)
    return order


@kernel
def enclose(points: Floats, masks: Masks, groups: Masks, levels: int) -> tuple[Floats, Masks]:
    """Box and joined masks of every node, the leaves first. Empty leaves have a box that nothing is near."""
    count, leaves = points.shape[0], 1 << levels
    boxes = np.empty((2 * leaves, 6))
    joined = np.zeros((2 * leaves, 2), np.uint64)
    boxes[:, :3], boxes[:, 3:] = 9.0, -9.0
    for leaf in range(leaves):
        low, high = run_of(leaf + leaves, levels, count)
        for at in range(low, high):
            for axis in range(3):
                boxes[leaf + leaves, axis] = min(boxes[leaf + leaves, axis], points[at, axis])
                boxes[leaf + leaves, axis + 3] = max(boxes[leaf + leaves, axis + 3], points[at, axis])
            joined[leaf + leaves, 0] |= masks[at]
            joined[leaf + leaves, 1] |= groups[at]
    for node in range(leaves - 1, 0, -1):
        for axis in range(3):
            boxes[node, axis] = min(boxes[2 * node, axis], boxes[2 * node + 1, axis])
            boxes[node, axis + 3] = max(boxes[2 * node, axis + 3], boxes[2 * node + 1, axis + 3])
        joined[node, 0] = joined[2 * node, 0] | joined[2 * node + 1, 0]
        joined[node, 1] = joined[2 * node, 1] | joined[2 * node + 1, 1]
    return boxes, joined


@kernel
def run_of(node: int, levels: int, count: int) -> tuple[int, int]:
    """The run of points under a node: the halvings of ``plant`` repeated along its path."""
    depth = 0
    while (node >> depth) > 1:
        depth += 1
    low, high = 0, count
    for step in range(depth - 1, -1, -1):
        middle = (low + high) >> 1
        if (node >> step) & 1:
            low = middle
        else:
            high = middle
    return low, high


@kernel
def _direction(lon: float, lat: float) -> tuple[float, float, float]:
    """``sphere.unit_vectors`` for one place, inside a kernel."""
    east, north = math.radians(lon), math.radians(lat)
    flat = math.cos(north)
    return flat * math.cos(east), flat * math.sin(east), math.sin(north)


@kernel
def _to_metres(squared: Floats) -> Floats:
    """``sphere.metres_of_chord`` inside a kernel, in place."""
    for at in range(squared.shape[0]):
        squared[at] = 2.0 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(squared[at]) / 2.0))
    return squared


@kernel
def _gap(boxes: Floats, node: int, x: float, y: float, z: float) -> float:
    """Squared chord from a place to a node's box, 0 inside."""
    total = 0.0
    below, above = boxes[node, 0] - x, x - boxes[node, 3]
    off = max(below, above)
    if off > 0.0:
        total += off * off
    below, above = boxes[node, 1] - y, y - boxes[node, 4]
    off = max(below, above)
    if off > 0.0:
        total += off * off
    below, above = boxes[node, 2] - z, z - boxes[node, 5]
    off = max(below, above)
    if off > 0.0:
        total += off * off
    return total


@kernel
def _place_in(found: Floats, slots: Ints, filled: int, gap: float, at: int) -> int:
    """Put one point into the sorted best; equal distances stand in the order of the points' numbers."""
    size = found.shape[0]
    if filled < size:
        spot = filled
        filled += 1
    elif gap < found[size - 1] or (gap == found[size - 1] and at < slots[size - 1]):
        spot = size - 1
    else:
        return filled
    while spot > 0 and (found[spot - 1] > gap or (found[spot - 1] == gap and slots[spot - 1] > at)):
        found[spot], slots[spot] = found[spot - 1], slots[spot - 1]
        spot -= 1
    found[spot], slots[spot] = gap, at
    return filled


@kernel
def _may_hold(joined: Masks, node: int, needs: Needs, hours: Hours) -> bool:
    """Whether some point under a node may fit: every need is met by one of them, and one may be open."""
    if needs is not None and not fits(joined[node, 0], needs):
        return False
    if hours is None:
        return True
    return bool(joined[node, 1] & hours[1]) or bool(joined[node, 0] >> np.uint64(63))


@kernel
def nearest(points: Floats, ids: Ints, boxes: Floats, joined: Masks, masks: Masks, levels: int,
                    lon: float, lat: float, k: int, needs: Needs, hours: Hours) -> tuple[Floats, Ints]:  # fmt: skip
    """The k nearest points that fit: metres and numbers, sorted. Nodes without a fitting point are passed.

    Compiled once for each way of asking, with needs or None, with hours or None: what is not asked costs nothing.
    """
    x, y, z = _direction(lon, lat)
    found, slots = np.empty(k), np.empty(k, np.int32)
    nodes, gaps = np.empty(DEEPEST, np.int64), np.empty(DEEPEST)
    lows, highs = np.empty(DEEPEST, np.int64), np.empty(DEEPEST, np.int64)
    leaves, top, filled = 1 << levels, 1, 0
    nodes[0], gaps[0], lows[0], highs[0] = 1, 0.0, 0, points.shape[0]
    while top:
        top -= 1
        if filled == k and gaps[top] > found[k - 1]:
            continue
        node, low, high = nodes[top], lows[top], highs[top]
        while node < leaves:
            middle = (low + high) >> 1
            near, far = 2 * node, 2 * node + 1
            near_gap = _gap(boxes, near, x, y, z) if _may_hold(joined, near, needs, hours) else NOWHERE
            far_gap = _gap(boxes, far, x, y, z) if _may_hold(joined, far, needs, hours) else NOWHERE
            swap = far_gap < near_gap
            if swap:
                near, far, near_gap, far_gap = far, near, far_gap, near_gap
            if far_gap < NOWHERE and (filled < k or far_gap <= found[k - 1]):
                nodes[top], gaps[top] = far, far_gap
                lows[top], highs[top] = (low if swap else middle), (middle if swap else high)
                top += 1
            if near_gap >= NOWHERE or (filled == k and near_gap > found[k - 1]):
                break
            node = near
            if swap:
                low = middle
            else:
                high = middle
        else:
            for at in range(low, high):
                if needs is not None and not fits(masks[at], needs):
                    continue
                dx, dy, dz = points[at, 0] - x, points[at, 1] - y, points[at, 2] - z
                gap = dx * dx + dy * dy + dz * dz
                if filled == k and gap > found[k - 1]:
                    continue
                if hours is not None and not is_open(
                    ids[at], hours[0][at], masks[at], hours[2], hours[3], hours[4]
                ):
                    continue
                filled = _place_in(found, slots, filled, gap, ids[at])
    return _to_metres(found[:filled]), slots[:filled]


@kernel
def nearest_each(points: Floats, ids: Ints, boxes: Floats, joined: Masks, masks: Masks, levels: int,
                         lons: Floats, lats: Floats, needs: Needs, hours: Hours) -> tuple[Floats, Ints]:  # fmt: skip
    """The nearest fitting point for each of many places; infinite metres and -1 where none fits."""
    count = lons.shape[0]
    metres, slots = np.full(count, np.inf), np.full(count, -1, np.int32)
    for at in range(count):
        gap, slot = nearest(points, ids, boxes, joined, masks, levels, lons[at], lats[at], 1, needs, hours)
        if slot.shape[0]:
            metres[at], slots[at] = gap[0], slot[0]
    return metres, slots


@kernel
def within(
    points: Floats, ids: Ints, boxes: Floats, levels: int, lon: float, lat: float, squared: float
) -> Ints:
    """Numbers of all points within a squared chord of a place, in tree order."""
    x, y, z = _direction(lon, lat)
    leaves, top, filled = 1 << levels, 1, 0
    nodes, lows, highs = np.empty(DEEPEST, np.int64), np.empty(DEEPEST, np.int64), np.empty(DEEPEST, np.int64)
    nodes[0], lows[0], highs[0] = 1, 0, points.shape[0]
    found = np.empty(64, np.int32)
    while top:
        top -= 1
        node, low, high = nodes[top], lows[top], highs[top]
        if _gap(boxes, node, x, y, z) > squared:
            continue
        if node < leaves:
            middle = (low + high) >> 1
            nodes[top], lows[top], highs[top] = 2 * node + 1, middle, high
            nodes[top + 1], lows[top + 1], highs[top + 1] = 2 * node, low, middle
            top += 2
            continue
        for at in range(low, high):
            dx, dy, dz = points[at, 0] - x, points[at, 1] - y, points[at, 2] - z
            if dx * dx + dy * dy + dz * dz <= squared:
                if filled == found.shape[0]:
                    larger = np.empty(2 * filled, np.int32)
                    larger[:filled] = found
                    found = larger
                found[filled] = ids[at]
                filled += 1
    return found[:filled].copy()
