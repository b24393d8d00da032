"""Seeded noise: smooth fields, ragged lines between two points, ragged closed rings."""

from functools import cache, lru_cache
from math import cos, floor, pi, sin
from random import Random

from .ellipsoid import TICKS, Point, Ring

Vector = tuple[float, float]


class ValueNoise:
    """A smooth random field over longitude and latitude, about 0...1, the same for the same seed."""

    def __init__(self, seed: str, size: float, octaves: int = 3) -> None:
        self.size = size
        self.octaves = octaves

        @cache
        def lattice(octave: int, column: int, row: int) -> float:
            return Random(f"{seed}/{octave}/{column}/{row}").random()

        self._lattice = lattice

    def __call__(self, longitude: float, latitude: float) -> float:
        total = weight = 0.0
        amplitude, size = 1.0, self.size
        for octave in range(self.octaves):
            total += amplitude * self._smooth(octave, longitude / size, latitude / size)
            weight += amplitude
            amplitude, size = amplitude / 2, size / 2
        return total / weight

    def _smooth(self, octave: int, x: float, y: float) -> float:
        column, row = floor(x), floor(y)
        u, v = x - column, y - row
        u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
        south = self._lattice(octave, column, row) * (1 - u) + self._lattice(octave, column + 1, row) * u
        north = self._lattice(octave, column, row + 1) * (1 - u) + self._lattice(octave, column + 1, row + 1) * u
        return south * (1 - v) + north * v


def _between(a: Vector, b: Vector, t: float) -> Vector:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def ragged_line(start: Vector, end: Vector, left: Vector, right: Vector, levels: int, random: Random) -> list[Vector]:
    """A line of 2^levels segments that never leaves the convex quadrilateral start, right, end, left.

    Each step cuts the quadrilateral at a random point into four by straight lines and goes on in the two that
    the line passes. Lines in quadrilaterals that do not overlap therefore never cross.
    """
    if levels == 0:
        return [start, end]
    p = 0.5 + (random.random() - 0.5) * 0.4
    q = 0.5 + (random.random() - 0.5) * 0.4
    near_left, far_right = _between(start, left, p), _between(right, end, p)
    near_right, far_left = _between(start, right, q), _between(left, end, q)
    middle = _between(near_left, far_right, q)
    first = ragged_line(start, middle, near_left, near_right, levels - 1, random)
    return first + ragged_line(middle, end, far_left, far_right, levels - 1, random)[1:]


class RaggedRing:
    """A closed line around a centre, simple at every size because each ray from the centre meets it once."""

    def __init__(self, seed: str, radii: Vector, turn: float = 0.0, roughness: float = 0.25, levels: int = 6) -> None:
        """Radii in degrees eastward and northward; turn in degrees; distances vary by ± roughness."""
        random = Random(seed)
        count = 1 << levels
        offsets = [0.0] * count
        step, amplitude = count // 4, 1.0
        for index in range(0, count, step):
            offsets[index] = random.random() * 2 - 1
        while step > 1:
            half = step // 2
            amplitude *= 0.55
            for index in range(half, count, step):
                mean = (offsets[index - half] + offsets[(index + half) % count]) / 2
                offsets[index] = mean + (random.random() * 2 - 1) * amplitude
            step = half
        largest = max(abs(offset) for offset in offsets)
        self.vectors: list[Vector] = []
        for index, offset in enumerate(offsets):
            distance = 1 + roughness * offset / largest
            angle = 2 * pi * index / count
            x, y = radii[0] * distance * cos(angle), radii[1] * distance * sin(angle)
            c, s = cos(turn * pi / 180), sin(turn * pi / 180)
            self.vectors.append((x * c - y * s, x * s + y * c))

    def at(self, centre: Point, scale: float = 1.0, grid: int = 100) -> Ring:
        """The ring around a centre, counter-clockwise, rounded to a multiple of `grid` ticks."""
        ring = [
            (
                round((centre[0] + scale * x * TICKS) / grid) * grid,
                round((centre[1] + scale * y * TICKS) / grid) * grid,
            )
            for x, y in self.vectors
        ]
        return ring + ring[:1]
