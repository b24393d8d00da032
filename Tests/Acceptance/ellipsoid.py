"""Areas, lengths and distances on the CGCS2000 ellipsoid, by other formulas than the program's where there are any.

Coordinates are longitude and latitude in degrees. Edges run straight in longitude-latitude, except under "geodesic".
"""

import math

import numpy as np
import pyproj
import shapely

A = 6378137.0
F = 1 / 298.257222101
E2 = F * (2 - F)
B = A * (1 - F)
GEOD = pyproj.Geod(a=A, f=F)

# Sixteen nodes integrate the smooth integrands below to the last digit for edges up to several degrees.
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
NODES, WEIGHTS = (NODES + 1) / 2, WEIGHTS / 2


def polygons_of(geometry):
    """The polygons in a geometry, at any depth."""
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [p for g in getattr(geometry, "geoms", []) for p in polygons_of(g)]


def lines_of(geometry):
    """The lines in a geometry, at any depth."""
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type in ("LineString", "LinearRing"):
        return [geometry]
    return [p for g in getattr(geometry, "geoms", []) for p in lines_of(g)]


def points_of(geometry):
    """The points in a geometry, at any depth."""
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type == "Point":
        return [geometry]
    return [p for g in getattr(geometry, "geoms", []) for p in points_of(g)]


def _split(ring, longest=1.0):
    """The ring with edges of more than `longest` degrees cut into equal parts."""
    ring = np.asarray(ring, dtype=float)[:, :2]
    steps = np.maximum(1, np.ceil(np.abs(np.diff(ring, axis=0)).max(axis=1) / longest)).astype(int)
    if (steps == 1).all():
        return ring
    pieces = [np.linspace(a, b, n, endpoint=False) for a, b, n in zip(ring[:-1], ring[1:], steps)]
    return np.vstack(pieces + [ring[-1:]])


def _ring_ellipsoidal(ring):
    """|closed integral of (longitude - longitude of the first vertex) * M * N * cos B dB|, by Gauss-Legendre."""
    ring = _split(ring)
    lon = np.radians(ring[:, 0] - ring[0, 0])
    lat0 = ring[:-1, 1]
    dlat = np.radians(np.diff(ring[:, 1]))
    lat = np.radians(lat0)[:, None] + dlat[:, None] * NODES
    integrand = (lon[:-1, None] + np.diff(lon)[:, None] * NODES) * np.cos(lat) / (1 - E2 * np.sin(lat) ** 2) ** 2
    return abs(math.fsum((integrand @ WEIGHTS) * dlat)) * A * A * (1 - E2)


def _notice_constants():
    e2, e4, e6, e8 = E2, E2**2, E2**3, E2**4
    return (
        1 + 3 / 6 * e2 + 30 / 80 * e4 + 35 / 112 * e6 + 630 / 2304 * e8,
        1 / 6 * e2 + 15 / 80 * e4 + 21 / 112 * e6 + 420 / 2304 * e8,
        3 / 80 * e4 + 7 / 112 * e6 + 180 / 2304 * e8,
        1 / 112 * e6 + 45 / 2304 * e8,
        5 / 2304 * e8,
    )


def _ring_notice32(ring):
    """The series of the notice of 2008, one trapezoid for each edge at the edge's mean longitude."""
    ring = np.asarray(ring, dtype=float)[:, :2]
    lon = np.radians(ring[:, 0] - ring[0, 0])
    mean = (lon[:-1] + lon[1:]) / 2
    middle = np.radians((ring[:-1, 1] + ring[1:, 1]) / 2)
    dlat = np.radians(np.diff(ring[:, 1]))
    a, b, c, d, e = _notice_constants()
    strip = (
        a * np.sin(dlat / 2) * np.cos(middle)
        - b * np.sin(3 * dlat / 2) * np.cos(3 * middle)
        + c * np.sin(5 * dlat / 2) * np.cos(5 * middle)
        - d * np.sin(7 * dlat / 2) * np.cos(7 * middle)
        + e * np.sin(9 * dlat / 2) * np.cos(9 * middle)
    )
    return abs(math.fsum(mean * strip)) * 2 * B * B


def _ring_geodesic(ring):
    ring = np.asarray(ring, dtype=float)
    return abs(GEOD.polygon_area_perimeter(ring[:-1, 0], ring[:-1, 1])[0])


def _plane(code):
    transformer = pyproj.Transformer.from_crs("EPSG:4490", code, always_xy=True)

    def ring_area(ring):
        ring = np.asarray(ring, dtype=float)
        x, y = transformer.transform(ring[:, 0], ring[:, 1])
        x, y = np.asarray(x) - x[0], np.asarray(y) - y[0]
        return abs(math.fsum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2

    return ring_area


def area(geometry, method="ellipsoidal"):
    """Square metres of all polygons in a geometry; holes are subtracted."""
    rings = {"ellipsoidal": _ring_ellipsoidal, "notice32": _ring_notice32, "geodesic": _ring_geodesic}
    ring_area = rings[method] if method in rings else _plane(method)
    return math.fsum(
        ring_area(p.exterior.coords) - math.fsum(ring_area(h.coords) for h in p.interiors)
        for p in polygons_of(geometry)
    )


def path_length(coordinates):
    """Metres along edges straight in longitude-latitude: the integral of the line element."""
    path = _split(np.asarray(coordinates, dtype=float))
    if len(path) < 2:
        return 0.0
    dlon, dlat = np.radians(np.diff(path[:, 0])), np.radians(np.diff(path[:, 1]))
    lat = np.radians(path[:-1, 1])[:, None] + dlat[:, None] * NODES
    w2 = 1 - E2 * np.sin(lat) ** 2
    meridian = A * (1 - E2) / w2**1.5
    parallel = A / np.sqrt(w2) * np.cos(lat)
    element = np.sqrt((meridian * dlat[:, None]) ** 2 + (parallel * dlon[:, None]) ** 2)
    return math.fsum(element @ WEIGHTS)


def length(lines):
    """Metres of lines."""
    return math.fsum(path_length(line.coords) for line in lines)


def perimeter(polygon):
    """Metres of all rings of a polygon."""
    return path_length(polygon.exterior.coords) + math.fsum(path_length(h.coords) for h in polygon.interiors)


def width(polygon):
    """Mean width in metres of a connected piece: twice the area over the perimeter."""
    around = perimeter(polygon)
    return 2 * area(polygon) / around if around > 0 else 0.0


def scale(latitude):
    """Metres for a degree of longitude and of latitude."""
    lat = math.radians(latitude)
    w2 = 1 - E2 * math.sin(lat) ** 2
    return math.radians(A / math.sqrt(w2) * math.cos(lat)), math.radians(A * (1 - E2) / w2**1.5)


def stretched(geometry, latitude):
    """The geometry in metres of a plane that only stretches both axes: for comparing, not for results."""
    kx, ky = scale(latitude)
    return shapely.transform(geometry, lambda c: c * [kx, ky])


def _segments(geometry):
    """Starts and ends of all edges; a point is an edge without length."""
    runs = [np.asarray(r.coords)[:, :2] for p in polygons_of(geometry) for r in (p.exterior, *p.interiors)]
    runs += [np.asarray(line.coords)[:, :2] for line in lines_of(geometry)]
    starts = [run[:-1] for run in runs] + [np.asarray(p.coords)[:, :2] for p in points_of(geometry)]
    ends = [run[1:] for run in runs] + [np.asarray(p.coords)[:, :2] for p in points_of(geometry)]
    return np.vstack(starts), np.vstack(ends)


def _to_edges(places, starts, ends, kx, ky):
    """Distances in the stretched plane from every place to every edge."""
    k = np.array([kx, ky])
    p, a, d = (places * k)[:, None, :], (starts * k)[None], ((ends - starts) * k)[None]
    square = np.maximum((d**2).sum(axis=2), 1e-300)
    t = np.clip((((p - a) * d).sum(axis=2)) / square, 0, 1)
    return np.sqrt((((a + t[..., None] * d) - p) ** 2).sum(axis=2))


def _refined(place, start, end):
    """The geodesic distance from a place to an edge, by golden section."""
    ratio = (math.sqrt(5) - 1) / 2

    def far(t):
        return GEOD.inv(*place, *(start + (end - start) * t))[2]

    low, high = 0.0, 1.0
    for _ in range(60):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        if far(first) <= far(second):
            high = second
        else:
            low = first
    return min(far(0.0), far(1.0), far((low + high) / 2))


def distance(first, second, reach):
    """Geodesic metres between two shapes that do not meet; infinity where they are farther apart than `reach`.

    Of two straight edges that do not cross, an end of one is nearest. The stretched plane picks the candidates.
    """
    latitude = (first.bounds[1] + first.bounds[3]) / 2
    kx, ky = scale(latitude)
    dx, dy = 1.3 * reach / kx + 1e-9, 1.3 * reach / ky + 1e-9
    best = math.inf
    pairs = []
    for one, other in ((first, second), (second, first)):
        places = np.unique(np.vstack(_segments(one)), axis=0)
        starts, ends = _segments(other)
        box = other.bounds if one is second else None
        west, south, east, north = box or first.bounds
        if one is second:
            near = (
                (places[:, 0] >= west - dx) & (places[:, 0] <= east + dx)
                & (places[:, 1] >= south - dy) & (places[:, 1] <= north + dy)
            )
            places = places[near]
        else:
            low, high = np.minimum(starts, ends), np.maximum(starts, ends)
            near = (
                (low[:, 0] <= east + dx) & (high[:, 0] >= west - dx)
                & (low[:, 1] <= north + dy) & (high[:, 1] >= south - dy)
            )
            starts, ends = starts[near], ends[near]
        if not len(places) or not len(starts):
            continue
        for chunk in np.array_split(places, max(1, len(places) * len(starts) // 2_000_000)):
            gaps = _to_edges(chunk, starts, ends, kx, ky)
            best = min(best, gaps.min())
            pairs.append((chunk, starts, ends, gaps))
    if not math.isfinite(best) or best > 1.3 * reach + 0.01:
        return math.inf
    found = math.inf
    for places, starts, ends, gaps in pairs:
        # The plane is off by less than a hundredth over a few degrees; nothing farther can be the nearest.
        rows, columns = np.nonzero(gaps <= best * 1.02 + 0.001)
        order = np.argsort(gaps[rows, columns])[:400]
        for row, column in zip(rows[order], columns[order]):
            found = min(found, _refined(places[row], starts[column], ends[column]))
    return found
