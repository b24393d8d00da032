"""Sample project sites, each placed where it shows one situation."""

from math import hypot

from .ellipsoid import (
    TICKS,
    Point,
    Polygon,
    contains,
    distance_to_segment,
    envelope,
    metres_per_tick,
    shifted,
)
from .fractal import Vector
from .geojson import Feature
from .landscape import Landscape

Segment = tuple[Point, Point]


def _segments(polygons: list[Polygon]) -> list[Segment]:
    return [pair for polygon in polygons for ring in polygon for pair in zip(ring, ring[1:])]


def _rectangle(centre: Point, width: float, height: float, slope: float = 0.0) -> Polygon:
    """Sides in metres, turned by a slope (metres northward for a metre eastward along the long side)."""
    length = hypot(1, slope)
    c, s = 1 / length, slope / length
    corners = [(-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2)]
    ring = [shifted(centre, x * c - y * s, x * s + y * c) for x, y in corners]
    return [ring + ring[:1]]


class SitePlanner:
    """Places sites on a landscape and collects them in order."""

    def __init__(self, landscape: Landscape) -> None:
        self.land = landscape
        self.features: list[Feature] = []
        self._boxes = {
            id(polygon): envelope(polygon)
            for layer in (landscape.redline, landscape.protected, landscape.water_sources, landscape.parks)
            for feature in layer
            for polygon in feature.polygons
        }

    def _add(
        self,
        id: str,
        name: str,
        industry: str,
        activity: str,
        note: str,
        polygon: Polygon | None = None,
        line: list[Point] | None = None,
        point: Point | None = None,
        trigger: str = "new",
    ) -> None:
        properties = {
            "id": id,
            "name": name,
            "industry": industry,
            "activity": activity,
            "trigger": trigger,
            "note": note,
            "synthetic": True,
        }
        self.features.append(Feature(properties, [polygon] if polygon else [], line or [], point))

    # Questions about the landscape

    def _at(self, layer: list[Feature], point: Point) -> Feature | None:
        for feature in layer:
            for polygon in feature.polygons:
                west, south, east, north = self._boxes[id(polygon)]
                if west <= point[0] <= east and south <= point[1] <= north and contains(polygon, point):
                    return feature
        return None

    def _unit_kind(self, place: Vector) -> str | None:
        found = self.land.unit_of.get(self.land.mesh.nearest(*place))
        return found[0] if found else None

    def _far_from(self, layer: list[Feature], place: Vector, degrees: float) -> bool:
        x, y = place[0] * TICKS, place[1] * TICKS
        margin = degrees * TICKS
        for feature in layer:
            for polygon in feature.polygons:
                west, south, east, north = self._boxes[id(polygon)]
                if west - margin < x < east + margin and south - margin < y < north + margin:
                    return False
        return True

    def _clear_of_zones(self, place: Vector, degrees: float, rings: int) -> bool:
        """No zone but a unit within some degrees (redline: some cells), and one unit all around."""
        land = self.land
        cell = land.mesh.nearest(*place)
        if len({land.unit_of.get(other) for other in land.mesh.within(cell, 1)}) != 1:
            return False
        red = land.redline_mesh.within(land.redline_mesh.nearest(*place), rings)
        if any(other in land.redline_cells for other in red):
            return False
        return all(self._far_from(layer, place, degrees) for layer in (land.protected, land.water_sources, land.parks))

    # Sites

    def solar_park(self, id: str, name: str) -> None:
        """Across the edge of a redline, inside a general control zone and a priority unit."""
        reach = max(self.land.plan.redline_cell) / 3
        for feature in self.land.redline:
            for point in feature.polygons[0][0][::4]:
                place = (point[0] / TICKS, point[1] / TICKS)
                corners = [place] + [(place[0] + i * reach, place[1] + j * reach) for i in (-1, 1) for j in (-1, 1)]
                around = [(round(x * TICKS), round(y * TICKS)) for x, y in corners]
                zones = [self._at(self.land.protected, corner) for corner in around]
                if any(zone is None or zone.properties["GNFQ"] != "一般控制区" for zone in zones):
                    continue
                if all(self._at(self.land.redline, corner) for corner in around[1:]):
                    continue
                if len({self.land.unit_of.get(self.land.mesh.nearest(*corner)) for corner in corners}) != 1:
                    continue
                if self._unit_kind(place) == "priority":
                    note = "与红线、优先单元、一般控制区重叠 / overlaps redline, priority unit, general control zone"
                    self._add(id, name, "4416 太阳能发电", "land-take", note, _rectangle(point, 1800, 1100, 0.3))
                    return
        raise AssertionError("no place for the solar park")

    def clear(self, id: str, name: str, industry: str, activity: str) -> None:
        """In a general unit and far from everything else."""
        for cell in sorted(self.land.unit_of):
            place = self.land.mesh.centre(cell)
            if self._unit_kind(place) == "general" and self._clear_of_zones(place, 0.2, 4):
                note = "只在一般管控单元内 / meets a general unit only"
                site = _rectangle(self.land.mesh.centre_point(cell), 240, 160, 0.1)
                self._add(id, name, industry, activity, note, site)
                return
        raise AssertionError("no place that is clear")

    def power_line(self, id: str, name: str) -> int:
        """Starts and ends outside every redline and crosses one; returns the number of that zone."""
        land = self.land
        for number in range(len(land.redline)):
            cells = [cell for cell, owner in land.redline_cells.items() if owner == number]
            x, y = land.redline_mesh.centre(cells[0])
            reach = max(abs(land.redline_mesh.centre(cell)[0] - x) for cell in cells)
            half = reach + land.plan.redline_cell[0] * 3
            route = [(x - half, y - 0.2 * half), (x - 0.4 * half, y - 0.05 * half), (x, y), (x + half, y + 0.25 * half)]
            ends = (route[0], route[-1])
            steps = [(a[0] + (b[0] - a[0]) * t / 20, a[1] + (b[1] - a[1]) * t / 20)
                     for a, b in zip(route, route[1:]) for t in range(21)]  # fmt: skip
            red = {land.redline_cells.get(land.redline_mesh.nearest(*step)) for step in steps}
            if red != {None, number} or any(land.mesh.nearest(*step) not in land.deep for step in steps):
                continue
            if all(
                other not in land.redline_cells
                for end in ends
                for other in land.redline_mesh.within(land.redline_mesh.nearest(*end), 1)
            ):
                note = "线路穿越红线 / the line crosses a redline"
                points = [(round(px * 1e6) * 100, round(py * 1e6) * 100) for px, py in route]
                self._add(id, name, "4420 电力供应", "land-take", note, line=points)
                return number
        raise AssertionError("no redline for the power line")

    def tower_inside(self, id: str, name: str, number: int) -> None:
        cell = next(cell for cell, owner in self.land.redline_cells.items() if owner == number)
        note = "塔基在红线内 / the tower stands inside a redline"
        self._add(id, name, "4420 电力供应", "building", note, point=self.land.redline_mesh.centre_point(cell))

    def tower_outside(self, id: str, name: str, number: int, metres: float) -> None:
        """So many metres outside the redline, measured from the middle of an edge."""
        shell = self.land.redline[number].polygons[0][0]
        near = _segments([polygon for feature in self.land.redline for polygon in feature.polygons])
        for (x1, y1), (x2, y2) in zip(shell, shell[1:]):
            middle = ((x1 + x2) // 2, (y1 + y2) // 2)
            per_x, per_y = metres_per_tick(middle[1])
            along = ((x2 - x1) * per_x, (y2 - y1) * per_y)
            length = hypot(*along)
            point = shifted(middle, metres * along[1] / length, -metres * along[0] / length)
            close = [
                (start, end) for start, end in near
                if abs(start[0] - point[0]) * per_x < 3000 and abs(start[1] - point[1]) * per_y < 3000
            ]  # fmt: skip
            found = min(distance_to_segment(point, *pair) for pair in close)
            if length > 200 and abs(found - metres) < 0.001 and not self._at(self.land.redline, point):
                note = f"塔基在红线外{metres:g}米 / the tower stands {metres:g} m outside a redline"
                self._add(id, name, "4420 电力供应", "building", note, point=point)
                return
        raise AssertionError("no edge for the tower")

    def half_outside(self, id: str, name: str, industry: str, activity: str) -> None:
        """Centred on an edge of the territory and aligned with it, so that half of it lies outside."""
        shell = max((polygon[0] for polygon in self.land.outline), key=len)
        for (x1, y1), (x2, y2) in zip(shell, shell[1:]):
            middle = ((x1 + x2) // 2, (y1 + y2) // 2)
            per_x, per_y = metres_per_tick(middle[1])
            along = ((x2 - x1) * per_x, (y2 - y1) * per_y)
            if hypot(*along) < 700 or abs(along[0]) < 300:
                continue
            others = [
                point for point in shell
                if abs(point[0] - middle[0]) * per_x < 600 and abs(point[1] - middle[1]) * per_y < 600
            ]  # fmt: skip
            if set(others) <= {(x1, y1), (x2, y2)}:
                note = "一半在海西州外 / half of it lies outside the territory"
                if self.land.plan.id != "haixi":
                    note = note.replace("海西州", "武威市")
                site = _rectangle(middle, 300, 200, along[1] / along[0])
                self._add(id, name, industry, activity, note, site)
                return
        raise AssertionError("no edge of the territory is long enough")

    def touching(self, id: str, name: str, industry: str, activity: str) -> None:
        """Shares one edge with a redline, vertex for vertex, and lies outside it."""
        for feature in self.land.redline[::-1]:
            shell = feature.polygons[0][0][:-1]
            for index in range(len(shell)):
                before, a, b, after = (shell[(index + k) % len(shell)] for k in range(4))
                per_x, per_y = metres_per_tick(a[1])
                dx, dy = (b[0] - a[0]) * per_x, (b[1] - a[1]) * per_y
                length = hypot(dx, dy)
                bends = [(p[1] - a[1]) * per_y * dx - (p[0] - a[0]) * per_x * dy for p in (before, after)]
                if length < 150 or min(bends) <= 0:
                    continue
                out = (dy / length * 120, -dx / length * 120)
                inset = (dx * 0.1, dy * 0.1)
                far_a = shifted(a, out[0] + inset[0], out[1] + inset[1])
                far_b = shifted(b, out[0] - inset[0], out[1] - inset[1])
                west, south, east, north = envelope([[a, b, far_b, far_a]])
                others = [
                    point
                    for zone in self.land.redline for polygon in zone.polygons for ring in polygon for point in ring
                    if west - 200000 < point[0] < east + 200000 and south - 200000 < point[1] < north + 200000
                ]  # fmt: skip
                if set(others) <= {a, b} and self._clear_of_other_zones(a):
                    note = "与红线共边，不重叠 / shares an edge with a redline and does not overlap it"
                    self._add(id, name, industry, activity, note, [[b, a, far_a, far_b, b]])
                    return
        raise AssertionError("no edge of a redline is free")

    def _clear_of_other_zones(self, point: Point) -> bool:
        place = (point[0] / TICKS, point[1] / TICKS)
        land = self.land
        return all(self._far_from(layer, place, 0.05) for layer in (land.protected, land.water_sources, land.parks))

    def inside_park(self, id: str, name: str, park: str) -> None:
        centre = next(one.centre for one in self.land.plan.parks if one.name == park)
        note = f"在{park}内 / inside an industrial park"
        point = (round(centre[0] * TICKS), round(centre[1] * TICKS))
        self._add(id, name, "2613 无机盐制造", "chemical", note, _rectangle(point, 420, 260, 0.2))

    def outside_parks(self, id: str, name: str, near: Vector) -> None:
        cells = sorted(
            self.land.unit_of,
            key=lambda c: hypot(self.land.mesh.centre(c)[0] - near[0], self.land.mesh.centre(c)[1] - near[1]),
        )
        for cell in cells:
            if self._clear_of_zones(self.land.mesh.centre(cell), 0.05, 3):
                note = "不在任何园区内 / outside every industrial park"
                site = _rectangle(self.land.mesh.centre_point(cell), 420, 260, 0.2)
                self._add(id, name, "2613 无机盐制造", "chemical", note, site)
                return
        raise AssertionError("no place outside the parks")

    def mine_in_core(self, id: str, name: str, reserve: str) -> None:
        centre = next(one.centre for one in self.land.plan.reserves if one.name == reserve)
        note = "在自然保护区核心保护区内 / inside the core protection zone of a nature reserve"
        point = (round(centre[0] * TICKS), round(centre[1] * TICKS))
        site = _rectangle(point, 900, 600, -0.4)
        industry = "0912 铅锌矿采选" if "铅锌" in name else "1011 石灰石、石膏开采"
        self._add(id, name, industry, "mining", note, site, trigger="existing")

    def near_water_source(self, id: str, name: str, source: str, metres: float) -> None:
        """A site east of the outer zone of a water source."""
        zone = next(
            one for one in self.land.water_sources
            if one.properties["SYDMC"] == source and one.properties["BHQJB"] == "二级保护区"
        )  # fmt: skip
        east = max(zone.polygons[0][0])
        note = f"距饮用水水源保护区约{metres:g}米 / about {metres:g} m from a water-source zone"
        site = _rectangle(shifted(east, metres + 40, 0), 80, 60)
        self._add(id, name, "5265 机动车燃油零售", "building", note, site)

    def inside_exclave(self, id: str, name: str, place: Vector) -> None:
        note = "在飞地内 / inside the exclave"
        point = (round(place[0] * TICKS), round(place[1] * TICKS))
        self._add(id, name, "7461 环境保护监测", "building", note, _rectangle(point, 120, 90))

    def in_space(self, id: str, name: str, space: str) -> None:
        centre = next(one.centre for one in self.land.plan.spaces if one.name == space)
        note = "在一般生态空间内 / inside general ecological space"
        point = (round(centre[0] * TICKS), round(centre[1] * TICKS))
        self._add(id, name, "7861 名胜风景区管理", "tourism", note, _rectangle(point, 300, 200, 0.1))

    def beside_school(self, id: str, name: str, school: str, metres: float) -> None:
        """A plant east of the yard of a school."""
        centre = next(one.centre for one in self.land.plan.schools if one.name == school)
        point = (round(centre[0] * TICKS), round(centre[1] * TICKS))
        note = f"距学校{metres:g}米 / {metres:g} m from a school"
        industry, activity = "3843 铅蓄电池制造", "industry listed-industry soil-polluting-project"
        site = _rectangle(shifted(point, 80 + metres + 150, 0), 300, 200)
        self._add(id, name, industry, activity, note, site)
