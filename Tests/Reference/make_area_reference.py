#!/usr/bin/env python3
"""Writes area-reference.csv and geodesic-reference.csv: what the area tests compare with.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 geographiclib==2.1
    venv/bin/python make_area_reference.py

Shapes are given in degrees as doubles, so that both sides measure exactly the same vertices. `ellipsoidal` and
`notice32` are computed in 50 decimal digits straight from their definitions, on CGCS2000; `geodesic` and `perimeter`
by GeographicLib's own Python implementation.
"""
import math
from pathlib import Path

from geographiclib.geodesic import Geodesic
from mpmath import mp, mpf, cos, log, pi, quad, sin, sqrt

mp.dps = 50

A = mpf(6378137)
F = 1 / mpf("298.257222101")
B = A * (1 - F)
E2 = F * (2 - F)
E = sqrt(E2)


def q(latitude):
    """The area from the equator to a latitude in radians, per radian of longitude."""
    s = sin(latitude)
    return B**2 / 2 * (s / (1 - E2 * s**2) + log((1 + E * s) / (1 - E * s)) / (2 * E))


def ellipsoidal(ring):
    """Minus the integral of q over longitude: edges straight in longitude-latitude."""
    total = mpf(0)
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        width = (mpf(x2) - mpf(x1)) * pi / 180
        if width == 0:
            continue
        low, high = mpf(y1) * pi / 180, mpf(y2) * pi / 180
        mean = q(low) if low == high else quad(lambda t: q(low + t * (high - low)), [0, 1])
        total -= width * mean
    return total


SERIES = [
    1 + mpf(3) / 6 * E2 + mpf(30) / 80 * E2**2 + mpf(35) / 112 * E2**3 + mpf(630) / 2304 * E2**4,
    -(mpf(1) / 6 * E2 + mpf(15) / 80 * E2**2 + mpf(21) / 112 * E2**3 + mpf(420) / 2304 * E2**4),
    mpf(3) / 80 * E2**2 + mpf(7) / 112 * E2**3 + mpf(180) / 2304 * E2**4,
    -(mpf(1) / 112 * E2**3 + mpf(45) / 2304 * E2**4),
    mpf(5) / 2304 * E2**4,
]


def notice32(ring):
    """One trapezoid per edge, at its mean longitude, by the series of the notice."""
    total = mpf(0)
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        longitude = (mpf(x1) + mpf(x2)) / 2 * pi / 180
        middle, height = (mpf(y1) + mpf(y2)) / 2 * pi / 180, (mpf(y2) - mpf(y1)) * pi / 180
        bracket = sum(
            c * sin((2 * k + 1) * height / 2) * cos((2 * k + 1) * middle) for k, c in enumerate(SERIES)
        )
        total += 2 * B**2 * longitude * bracket
    return total


def shapes():
    """Triangles, turned squares and stars of 10 m to 100 km between 15 and 55 degrees north."""
    offsets = {
        "triangle": [(0, 0), (1, 0), (0, 1)],
        "square": [
            (math.cos(math.radians(30 + 90 * k)) / math.sqrt(2), math.sin(math.radians(30 + 90 * k)) / math.sqrt(2))
            for k in range(4)
        ],
        "star": [
            (
                (0.5 if k % 2 == 0 else 0.21) * math.cos(2 * math.pi * k / 14 + 0.1),
                (0.5 if k % 2 == 0 else 0.21) * math.sin(2 * math.pi * k / 14 + 0.1),
            )
            for k in range(14)
        ],
    }
    for latitude, longitude in [(15.3, 109.7), (26.1, 117.25), (37.05, 95.05), (45.6, 82.3), (54.9, 123.4)]:
        for size in [10, 100, 1_000, 10_000, 100_000]:
            dy = size / 111_132.0
            dx = size / (111_320.0 * math.cos(math.radians(latitude)))
            for name, points in offsets.items():
                ring = [(longitude + x * dx, latitude + y * dy) for x, y in points]
                yield f"{name}-{size}m-{latitude}N", ring


def extremes():
    """Whole degrees and poles: where an edge takes more than one set of Gauss points."""
    yield "cell", [(95.0, 37.0), (95.1, 37.0), (95.1, 37.1), (95.0, 37.1)]
    yield "triangle-0.9deg", [(95.0, 37.0), (95.9, 37.0), (95.0, 37.9)]
    yield "triangle-3deg", [(95.0, 37.0), (98.0, 37.5), (95.5, 40.0)]
    yield "triangle-20deg", [(80.0, 20.0), (120.0, 25.0), (100.0, 45.0)]
    yield "triangle-to-pole", [(0.0, 0.0), (1.0, 0.0), (1.0, 90.0)]
    yield "across-equator", [(100.0, -7.5), (103.0, -6.0), (101.0, 8.25)]


def main():
    folder = Path(__file__).parent
    with open(folder / "area-reference.csv", "w", encoding="ascii", newline="\n") as out:
        out.write("name,ellipsoidal_m2,notice32_m2,longitude latitude;...\n")
        for name, ring in [*shapes(), *extremes()]:
            vertices = ";".join(f"{x!r} {y!r}" for x, y in ring)
            out.write(f"{name},{mp.nstr(ellipsoidal(ring), 25)},{mp.nstr(notice32(ring), 25)},{vertices}\n")
    geodesic = Geodesic(6378137, 1 / 298.257222101)
    with open(folder / "geodesic-reference.csv", "w", encoding="ascii", newline="\n") as out:
        out.write("name,area_m2,perimeter_m,longitude latitude;...\n")
        for name, ring in [*shapes(), *extremes()]:
            polygon = geodesic.Polygon()
            for x, y in ring:
                polygon.AddPoint(y, x)
            _, perimeter, area = polygon.Compute()
            vertices = ";".join(f"{x!r} {y!r}" for x, y in ring)
            out.write(f"{name},{area!r},{perimeter!r},{vertices}\n")


if __name__ == "__main__":
    main()
