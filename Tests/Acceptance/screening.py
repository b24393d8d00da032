"""What a screening should find, computed again with shapely: every finding, and which of them are too close to call."""

import math
from dataclasses import dataclass, field

import numpy as np
import shapely

import ellipsoid
from ellipsoid import lines_of, points_of, polygons_of, stretched
from layers import metres, window

# An answer that hangs on less than this part of its threshold may fall either way.
DOUBT = 1e-3


@dataclass
class Expected:
    site: object
    layer: object
    zone: object
    # The relations that are right: one, save where the shapes lie on a threshold.
    relations: set
    reasons: set
    geometry: object
    area: float | None = None
    # Lengths may count what runs along a boundary or not: lowest and highest.
    length: tuple | None = None
    points: set | None = None
    distance: float | None = None
    site_share: float | None = None
    zone_share: float | None = None
    # How far, in square metres, another engine's rounding or densification may be off.
    slack: float = 0.0
    extra: dict = field(default_factory=dict)


def polygonal(geometry):
    """The polygons of a geometry as one multipolygon."""
    return shapely.MultiPolygon(polygons_of(geometry))


def depth(line, boundary, latitude):
    """How far, in metres, a line leaves a boundary at most."""
    coordinates = np.asarray(line.coords)[:, :2]
    t = np.linspace(0, 1, 9)[:, None, None]
    places = (coordinates[:-1] + (coordinates[1:] - coordinates[:-1]) * t).reshape(-1, 2)
    flat = stretched(boundary, latitude)
    return max(shapely.distance(shapely.points(places * ellipsoid.scale(latitude)), flat))


def beyond(lines, boundary, metres, latitude):
    """The length of lines that are farther than some metres from a boundary."""
    if lines.is_empty:
        return 0.0
    kx, ky = ellipsoid.scale(latitude)
    rest = lines_of(stretched(lines, latitude).difference(stretched(boundary, latitude).buffer(metres)))
    return ellipsoid.length([shapely.transform(line, lambda c: c / [kx, ky]) for line in rest])


class Screening:
    def __init__(self, catalog, sites, only=None, distance=None, tolerance=None):
        self.catalog = catalog
        self.sites = sites
        self.entries = catalog.zone_layers(only)
        self.near = metres(distance) if distance else 0.0
        self.tolerance = metres(tolerance) if tolerance else None
        self._areas = {}

    def tolerance_of(self, entry):
        if self.tolerance is not None:
            return self.tolerance
        return metres(entry.get("tolerance", "0.001"))

    def area(self, key, geometry):
        if key not in self._areas:
            self._areas[key] = ellipsoid.area(geometry)
        return self._areas[key]

    def narrowest(self, key, geometry, repaired):
        """The width of the narrowest polygon: an overlap as wide is no sliver."""
        key = ("width", key)
        if key not in self._areas:
            widths = [] if repaired else [ellipsoid.width(p) for p in polygons_of(geometry)]
            self._areas[key] = min((w for w in widths if w > 0), default=math.inf)
        return self._areas[key]

    def findings(self):
        """All expected findings by (site id, layer id, zone id or None)."""
        found = {}
        for site in self.sites:
            if site.problem:
                continue
            for entry in self.entries:
                layer = self.catalog.layer(entry["id"])
                meetings = self.meetings(site, layer)
                if entry.get("tiling") == "true":
                    self.mark_two_units(site, layer, meetings)
                for expected in meetings:
                    found[site.id, layer.id, expected.zone.id] = expected
                missing = self.not_assessable(site, layer)
                if missing:
                    found[site.id, layer.id, None] = missing
        return found

    # Meetings

    def meetings(self, site, layer):
        if not layer.zones:
            return []
        reach = max(self.near, self.tolerance_of(layer.entry))
        places = sorted(layer.tree.query(window(site.ground, reach + 0.01)))
        meetings = [self.meeting(site, layer, layer.zones[place], reach) for place in places]
        return [m for m in meetings if m is not None]

    def meeting(self, site, layer, zone, reach):
        if not site.ground.intersects(zone.ground):
            return self.apart(site, layer, zone, reach)
        latitude = shapely.get_coordinates(site.ground)[:, 1].mean()
        tolerance = self.tolerance_of(layer.entry)
        zone_polygons = polygonal(zone.ground)
        boundary = zone_polygons.boundary
        # Shapely's overlay refuses mixed collections: each dimension for itself.
        polygons = polygonal(polygonal(site.ground).intersection(zone_polygons))
        overlaps = self.by_width(site, zone, polygons, tolerance, layer.slack)
        shared = [polygons]
        length = None
        site_lines, zone_lines = lines_of(site.ground), lines_of(zone.ground)
        if site_lines or zone_lines:
            closed, low = self.lines_inside(site, zone, boundary, latitude, tolerance, overlaps)
            length = (low, ellipsoid.length(closed))
            shared.append(shapely.MultiLineString(closed))
        points = None
        if points_of(site.ground) or points_of(zone.ground):
            inside, points = self.points_inside(site, zone, boundary, latitude, tolerance, overlaps)
            shared.append(shapely.MultiPoint(inside))
        relations = {"overlaps"} if "yes" in overlaps else {"touches"}
        if "maybe" in overlaps and "yes" not in overlaps:
            relations = {"overlaps", "touches"}
        kept = [g for g in shared if not g.is_empty]
        geometry = kept[0] if len(kept) == 1 else shapely.GeometryCollection(kept)
        expected = Expected(
            site, layer, zone, relations, {None, "rules-not-loaded"}, geometry, length=length, points=points,
            distance=0.0)
        self.measure(expected, polygons)
        return expected

    def by_width(self, site, zone, polygons, tolerance, slack):
        """Whether a connected piece is wider than the tolerance: yes, maybe, no."""
        room = DOUBT * tolerance + 2 * slack
        answers = set()
        own = min(
            self.narrowest(("site", site.id), site.ground, site.repaired),
            self.narrowest(("zone", id(zone)), zone.ground, zone.repaired))
        for piece in polygons.geoms:
            width = ellipsoid.width(piece)
            if width > tolerance + room or width >= own * (1 - 1e-9) and not slack:
                return {"yes"}
            answers.add("maybe" if width > tolerance - room or width >= own * (1 - DOUBT) else "no")
        return answers

    @staticmethod
    def lines_inside(site, zone, boundary, latitude, tolerance, overlaps):
        """The lines that both share; the least length that counts as inside, without what runs along a boundary."""
        site_lines, zone_lines = lines_of(site.ground), lines_of(zone.ground)
        shared, low = [], 0.0
        if site_lines:
            here = shapely.MultiLineString(site_lines)
            shared += lines_of(here.intersection(polygonal(zone.ground)))
            if zone_lines:
                shared += lines_of(here.intersection(shapely.MultiLineString(zone_lines)))
        if zone_lines and polygons_of(site.ground):
            shared += lines_of(shapely.MultiLineString(zone_lines).intersection(polygonal(site.ground)))
        off = 0.0
        if boundary.is_empty:
            low = ellipsoid.length(shared)
            off = math.inf if shared else 0.0
        elif shared:
            # What leaves the boundary by more than the tolerance; half as much again is beyond doubt.
            low = beyond(shapely.MultiLineString(shared), boundary, 1.5 * tolerance, latitude)
            off = max(depth(line, boundary, latitude) for line in shared)
        overlaps.add("yes" if off > tolerance * 1.5 else "maybe" if off > tolerance * 0.99 else "no")
        return shared, low

    @staticmethod
    def points_inside(site, zone, boundary, latitude, tolerance, overlaps):
        shared = []
        if points_of(site.ground):
            shared += points_of(shapely.MultiPoint(points_of(site.ground)).intersection(zone.ground))
        if points_of(zone.ground):
            shared += points_of(shapely.MultiPoint(points_of(zone.ground)).intersection(site.ground))
        inside, sure = [], 0
        for point in set(shared):
            off = math.inf
            if not boundary.is_empty:
                off = stretched(point, latitude).distance(stretched(boundary, latitude))
            if off > tolerance * 0.99:
                inside.append(point)
                sure += off > tolerance * 1.01
                overlaps.add("yes" if off > tolerance * 1.01 else "maybe")
        return shared, set(range(sure, len(inside) + 1))

    def apart(self, site, layer, zone, reach):
        distance = ellipsoid.distance(site.ground, zone.ground, reach + 0.02)
        tolerance = self.tolerance_of(layer.entry)
        relations = set()
        if distance <= tolerance + 1e-5:
            relations.add("touches")
        if distance > tolerance - 1e-5 and self.near:
            relations.add("near" if distance <= self.near - 0.01 else "none")
            if abs(distance - self.near) < 0.01:
                relations.add("near")
        if distance > tolerance - 1e-5 and not self.near:
            relations.add("none")
        if relations == {"none"}:
            return None
        expected = Expected(
            site, layer, zone, relations, {None, "rules-not-loaded"}, site.ground, distance=distance,
            length=(0.0, 0.0) if lines_of(site.ground) else None,
            points={0} if points_of(site.ground) else None)
        self.measure(expected, shapely.MultiPolygon())
        return expected

    def measure(self, expected, polygons):
        site, zone = expected.site, expected.zone
        zone_area = self.area(("zone", id(zone)), zone.ground) if polygons_of(zone.ground) else None
        if polygons_of(site.ground):
            whole = self.area(("site", site.id), site.ground)
            expected.area = ellipsoid.area(polygons)
            expected.site_share = expected.area / whole
            if zone_area:
                expected.zone_share = expected.area / zone_area
        elif expected.length is not None and lines_of(site.ground):
            whole = ellipsoid.length(lines_of(site.ground))
            expected.extra["site_share"] = tuple(part / whole for part in expected.length)
        around = math.fsum(ellipsoid.perimeter(p) for p in polygons_of(polygons))
        expected.slack = around * expected.layer.slack

    # Ground that cannot be judged

    def mark_two_units(self, site, layer, meetings):
        tolerance = self.tolerance_of(layer.entry)
        latitude = shapely.get_coordinates(site.ground)[:, 1].mean()
        overlapping = [m for m in meetings if "overlaps" in m.relations]
        for place, first in enumerate(overlapping):
            for second in overlapping[place + 1:]:
                common = polygonal(polygonal(first.zone.ground).intersection(polygonal(second.zone.ground)))
                both = polygonal(polygonal(site.ground).intersection(common))
                widest = max((ellipsoid.width(p) for p in both.geoms), default=0.0)
                low, high = self.length_within(site, common, tolerance, latitude)
                if widest > tolerance * (1 + DOUBT) or low > tolerance * (1 + DOUBT):
                    first.reasons = second.reasons = {"two-units"}
                elif widest > tolerance * (1 - DOUBT) or high > tolerance * (1 - DOUBT):
                    first.reasons = first.reasons | {"two-units"}
                    second.reasons = second.reasons | {"two-units"}

    @staticmethod
    def length_within(site, common, tolerance, latitude):
        """The length of a site's lines inside a shape, without what runs along its boundary and with it."""
        if not lines_of(site.ground) or common.is_empty:
            return 0.0, 0.0
        closed = shapely.MultiLineString(lines_of(shapely.MultiLineString(lines_of(site.ground)).intersection(common)))
        return beyond(closed, common.boundary, 1.5 * tolerance, latitude), ellipsoid.length(closed.geoms)

    def extent(self, entry):
        """The declared territory as a shape; None where there is none."""
        extent = self.catalog.extent_of(entry)
        if extent is None:
            return None
        if isinstance(extent, str):
            layer = self.catalog.layer(extent)
            return layer
        return shapely.box(*(float(v) for v in extent["bbox"]))

    @staticmethod
    def ground_near(site, cover):
        """The polygons of a layer near a site, united; a shape as it is."""
        if isinstance(cover, shapely.Geometry):
            return cover
        places = cover.tree.query(window(site.ground, 1.0)) if cover.zones else []
        return shapely.unary_union([polygonal(cover.geometries[p]) for p in places])

    def uncovered(self, site, cover, tolerance, within=None):
        """Pieces of the site outside `cover` (a layer or a shape) and within another: those certainly wider than the
        tolerance, those that may be, lines and points."""
        cover = self.ground_near(site, cover)
        def cut(geometry):
            rest = geometry.difference(cover)
            return rest if within is None else rest.intersection(within)

        polygons = polygons_of(cut(polygonal(site.ground)))
        # As with overlaps: what is as wide as the site itself is no sliver.
        enough = min(tolerance * (1 + DOUBT), self.narrowest(("site", site.id), site.ground, site.repaired) * (1 - 1e-9))
        if not polygonal(site.ground).intersection(cover).area:
            enough = 0.0
        wide = [p for p in polygons if ellipsoid.width(p) >= enough]
        maybe = [p for p in polygons if p not in wide and ellipsoid.width(p) > tolerance * (1 - DOUBT)]
        latitude = shapely.get_coordinates(site.ground)[:, 1].mean()
        lines = []
        if lines_of(site.ground):
            for line in lines_of(cut(shapely.MultiLineString(lines_of(site.ground)))):
                off = ellipsoid.length([line])
                if off <= tolerance * (1 - DOUBT):
                    continue
                # A line that is long outside, and nowhere far: wider than the tolerance or not.
                if not cover.is_empty:
                    off = depth(line, cover, latitude)
                (lines if off > tolerance * (1 + DOUBT) else maybe).append(line)
        points = [
            p for p in points_of(site.ground)
            if cover.is_empty or stretched(p, latitude).distance(stretched(cover, latitude)) > tolerance
        ]
        return wide, maybe, lines, points

    def not_assessable(self, site, layer):
        entry = layer.entry
        tolerance = self.tolerance_of(entry)
        if layer.features is None:
            return self.missing(site, layer, {"layer-missing"}, site.ground)
        extent = self.extent(entry)
        reasons, parts, doubtful = set(), [], []
        if extent is not None:
            wide, maybe, lines, points = self.uncovered(site, extent, tolerance)
            if wide or lines or points:
                reasons.add("outside-extent")
            parts += wide + lines + points
            doubtful += maybe
        if entry.get("tiling") == "true":
            # Ground that is outside the extent as well is not the data's fault.
            within = extent if isinstance(extent, shapely.Geometry) else None
            if extent is not None and within is None:
                within = shapely.unary_union([polygonal(g) for g in extent.geometries])
            wide, maybe, lines, points = self.uncovered(site, layer, tolerance, within)
            kept = wide
            points = [p for p in points if p not in parts]
            if (kept or lines or points) and not reasons:
                reasons.add("no-unit")
            parts += kept + lines + points
            doubtful += maybe
        if not parts and not doubtful:
            return None
        expected = self.missing(site, layer, reasons, shapely.GeometryCollection(parts))
        if doubtful:
            expected.relations = {"not-assessable"} if parts else {"not-assessable", "none"}
            expected.reasons = reasons | {"outside-extent", "no-unit"}
            self.widen(expected, doubtful)
        return expected

    @staticmethod
    def widen(expected, doubtful):
        """Lets an expectation hold with and without what is on the threshold."""
        expected.slack += math.fsum(ellipsoid.area(p) for p in doubtful)
        if "site_share" in expected.extra:
            low, high = expected.extra["site_share"]
            whole = ellipsoid.length(lines_of(expected.site.ground))
            more = math.fsum(ellipsoid.length(lines_of(p)) for p in doubtful) / whole
            expected.extra["site_share"] = (low, high + more)

    def missing(self, site, layer, reasons, geometry):
        expected = Expected(site, layer, None, {"not-assessable"}, reasons, geometry)
        if polygons_of(site.ground):
            expected.site_share = ellipsoid.area(geometry) / self.area(("site", site.id), site.ground)
        elif lines_of(site.ground):
            whole, part = ellipsoid.length(lines_of(site.ground)), lines_of(geometry)
            high = low = ellipsoid.length(part)
            covers = [c for c in (self.extent(layer.entry), layer if layer.entry.get("tiling") == "true" else None) if c]
            covers = [self.ground_near(site, cover) for cover in covers]
            if part and layer.features is not None and covers:
                # What runs along the edge of what is covered, within the tolerance, may count or not.
                latitude = shapely.get_coordinates(site.ground)[:, 1].mean()
                band = 1.5 * self.tolerance_of(layer.entry)
                edges = shapely.unary_union([cover.boundary for cover in covers])
                low = beyond(shapely.MultiLineString(part), edges, band, latitude)
            expected.extra["site_share"] = (low / whole, high / whole)
        expected.slack = 0.01 * layer.slack
        return expected
