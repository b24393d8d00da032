"""Areas and short distances on the CGCS2000 ellipsoid, for edges straight in longitude and latitude.

Coordinates are whole numbers of ticks, longitude first; a tick is 1e-8 degree (about 1 mm).
Whole numbers keep neighbours bitwise equal and make every comparison exact.
"""

from math import cos, fsum, hypot, radians, sin, sqrt

TICKS = 100_000_000
"""Ticks in one degree."""

SEMI_MAJOR = 6_378_137.0
FLATTENING = 1 / 298.257222101
E2 = FLATTENING * (2 - FLATTENING)

Point = tuple[int, int]
Ring = list[Point]
"""Closed: the last point repeats the first."""
Polygon = list[Ring]
"""The shell counter-clockwise, then its holes clockwise."""

# Gauss-Legendre with 4 points on 0...1: exact to 2e-16 for edges of up to 5 degrees.
_INNER = sqrt(3 / 7 - 2 / 7 * sqrt(6 / 5))
_OUTER = sqrt(3 / 7 + 2 / 7 * sqrt(6 / 5))
_NODES = [
    ((1 + side * node) / 2, weight / 2)
    for node, weight in ((_INNER, (18 + sqrt(30)) / 36), (_OUTER, (18 - sqrt(30)) / 36))
    for side in (-1, 1)
]


def _zone_density(latitude: float) -> float:
    """Area per radian of longitude and radian of latitude: M N cos B, in square metres."""
    return SEMI_MAJOR**2 * (1 - E2) * cos(latitude) / (1 - E2 * sin(latitude) ** 2) ** 2


def ring_area(ring: Ring) -> float:
    """Signed area in square metres, positive counter-clockwise: the integral of longitude over dq(B)."""
    origin = ring[0][0]
    terms = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if y1 == y2:
            continue
        height = radians((y2 - y1) / TICKS)
        west, east, south = x1 - origin, x2 - x1, radians(y1 / TICKS)
        for t, weight in _NODES:
            longitude = radians((west + t * east) / TICKS)
            terms.append(weight * height * longitude * _zone_density(south + t * height))
    return fsum(terms)


def polygon_area(polygon: Polygon) -> float:
    """Area in square metres; holes run clockwise and so count negative."""
    return fsum(ring_area(ring) for ring in polygon)


def multipolygon_area(polygons: list[Polygon]) -> float:
    """Area in square metres of polygons that do not overlap."""
    return fsum(polygon_area(polygon) for polygon in polygons)


def metres_per_tick(latitude_ticks: int) -> tuple[float, float]:
    """Metres that one tick spans eastward and northward at a latitude."""
    latitude = radians(latitude_ticks / TICKS)
    w2 = 1 - E2 * sin(latitude) ** 2
    east = SEMI_MAJOR / sqrt(w2) * cos(latitude)
    north = SEMI_MAJOR * (1 - E2) / w2**1.5
    return radians(east / TICKS), radians(north / TICKS)


def shifted(point: Point, east: float, north: float) -> Point:
    """The point some metres (at most a few kilometres) further east and north, rounded to a tick."""
    per_x, per_y = metres_per_tick(point[1])
    return round(point[0] + east / per_x), round(point[1] + north / per_y)


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """Metres from a point to a segment, in the plane that touches the ellipsoid at the point."""
    per_x, per_y = metres_per_tick(point[1])
    ax, ay = (start[0] - point[0]) * per_x, (start[1] - point[1]) * per_y
    bx, by = (end[0] - point[0]) * per_x, (end[1] - point[1]) * per_y
    dx, dy = bx - ax, by - ay
    length2 = dx * dx + dy * dy
    t = 0.0 if length2 == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length2))
    return hypot(ax + t * dx, ay + t * dy)


def contains(polygon: Polygon, point: Point) -> bool:
    """Even-odd test with whole numbers; what lies on an edge may go either way."""
    x, y = point
    inside = False
    for ring in polygon:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > y) != (y2 > y):
                side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
                if (side > 0) == (y2 > y1):
                    inside = not inside
    return inside


def envelope(polygon: Polygon) -> tuple[int, int, int, int]:
    """West, south, east, north of the shell."""
    xs = [x for x, _ in polygon[0]]
    ys = [y for _, y in polygon[0]]
    return min(xs), min(ys), max(xs), max(ys)
