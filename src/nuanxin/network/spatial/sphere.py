"""Distances on the earth taken as a sphere: within 0.5 % of the ellipsoid, the same everywhere in the code."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS = 6_371_008.8  # metres, mean radius of WGS-84 (IUGG)

Floats = NDArray[np.float64]


def unit_vectors(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Points of the unit sphere, shape (n, 3), for degrees of WGS-84.

    The straight chord between two of them grows with the distance over ground, so a search by chord is a search
    by distance, without the errors that degrees as plane coordinates bring far from the equator.
    """
    east, north = np.radians(np.asarray(lon, np.float64)), np.radians(np.asarray(lat, np.float64))
    flat = np.cos(north)
    return np.stack((flat * np.cos(east), flat * np.sin(east), np.sin(north)), axis=-1)


def metres_of_chord(squared: ArrayLike) -> Floats:
    """Metres over ground for squared chords on the unit sphere."""
    half = np.sqrt(np.maximum(np.asarray(squared, np.float64), 0.0)) / 2.0
    metres: Floats = 2.0 * EARTH_RADIUS * np.arcsin(np.minimum(half, 1.0))
    return metres


def chord_of_metres(metres: float) -> float:
    """The squared chord on the unit sphere that belongs to metres over ground."""
    return float((2.0 * math.sin(min(metres / EARTH_RADIUS, math.pi) / 2.0)) ** 2)


def distance(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two points in degrees (haversine)."""
    north, other = math.radians(lat), math.radians(other_lat)
    rise = math.sin((other - north) / 2.0) ** 2
    turn = math.sin(math.radians(other_lon - lon) / 2.0) ** 2
    return (
        2.0 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(rise + math.cos(north) * math.cos(other) * turn)))
    )
