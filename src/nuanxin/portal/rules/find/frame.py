"""The square of country that a small map shows: degrees to pixels and back. Pure.

Local equirectangular projection around the middle: straight, north up, and true to scale near the middle; over
the whole country shapes are a little stretched, which is fine for choosing a region.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from nuanxin.network.rules.bearings import METRES_PER_DEGREE

SCALE_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Frame:
    """A map of ``size`` by ``size`` pixels, ``across_m`` metres wide, around a point in degrees WGS-84."""

    lon: float
    lat: float
    across_m: float
    size: int

    @property
    def metres_a_pixel(self) -> float:
        """Scale of the map."""
        return self.across_m / self.size

    def to_pixels(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies on the map, from its upper left corner; it may lie outside."""
        east = (lon - self.lon) * METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        north = (lat - self.lat) * METRES_PER_DEGREE
        half = self.size / 2
        return half + east / self.metres_a_pixel, half - north / self.metres_a_pixel

    def to_degrees(self, x: float, y: float) -> tuple[float, float]:
        """Which point (lon, lat) somebody means who presses there."""
        half = self.size / 2
        east, north = (x - half) * self.metres_a_pixel, (half - y) * self.metres_a_pixel
        lat = self.lat + north / METRES_PER_DEGREE
        return self.lon + east / (METRES_PER_DEGREE * math.cos(math.radians(self.lat))), lat

    def shows(self, lon: float, lat: float) -> bool:
        """Whether a point lies on the map."""
        x, y = self.to_pixels(lon, lat)
        return 0 <= x <= self.size and 0 <= y <= self.size

    def scale_bar(self) -> tuple[int, float]:
        """A round length in metres that fills a fifth to a third of the width, and that length in pixels."""
        longest = self.across_m / 3
        power = 10 ** math.floor(math.log10(longest))
        length = max(step * power for step in SCALE_STEPS if step * power <= longest)
        return int(length), length / self.metres_a_pixel
