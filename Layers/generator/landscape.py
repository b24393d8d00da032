"""Builds the layers of one prefecture from its plan: masks, names, seeds and the shares to be met."""

from dataclasses import dataclass, field
from math import ceil
from random import Random

from .ellipsoid import TICKS, Point, Polygon, Ring, multipolygon_area, polygon_area, ring_area
from .fractal import RaggedRing, ValueNoise, Vector
from .geojson import Feature
from .topology import Cell, Mesh, grow

REMARK = "合成示例"
"""Value of BZ (remark) in every feature."""


@dataclass(frozen=True)
class Oval:
    """A rounded patch in degrees. Power 2 is an ellipse; 4 is nearer to a box."""

    x: float
    y: float
    rx: float
    ry: float
    power: int = 2

    def depth(self, longitude: float, latitude: float) -> float:
        """1 at the centre, 0 on the edge, negative outside."""
        return 1 - abs((longitude - self.x) / self.rx) ** self.power - abs((latitude - self.y) / self.ry) ** self.power


@dataclass(frozen=True)
class County:
    code: str
    name: str
    seat: Vector
    short: str
    """Name inside the names of units."""
    weight: float = 1.0
    """Above 1 it spreads less."""


@dataclass(frozen=True)
class Belt:
    """Where redline gathers, and of what class it is there."""

    oval: Oval
    kind: str
    name: str


@dataclass(frozen=True)
class Reserve:
    name: str
    category: str
    level: str
    centre: Vector
    radii: Vector
    turn: float = 0.0
    core: float = 0.5
    """Size of the core protection zone against the whole; 0 has none."""


@dataclass(frozen=True)
class Source:
    name: str
    centre: Vector
    county: str


@dataclass(frozen=True)
class Park:
    name: str
    centre: Vector
    half_sides: Vector
    turn: float
    county: str


@dataclass(frozen=True)
class Town:
    """A key unit: so many cells around a place."""

    name: str
    centre: Vector
    cells: int


@dataclass(frozen=True)
class Plan:
    id: str
    seed: str
    code: str
    """GB/T 2260 code of the prefecture."""
    parts: list[list[Oval]]
    """One list of ovals for each separate part of the territory."""
    part_county: list[str | None]
    """The county that owns a whole part (an exclave), or None where the counties grow."""
    cell: Vector
    redline_cell: Vector
    counties: list[County]
    belts: list[Belt]
    redline_polygons: int
    redline_share: float
    forest_share: float
    forest: list[Oval]
    grass: list[Oval]
    cropland: float
    """Reach of cropland around towns, in cells."""
    reserves: list[Reserve]
    sources: list[Source]
    parks: list[Park]
    towns: list[Town]
    unit_cells: dict[str, int] = field(default_factory=lambda: {"priority": 30, "general": 60})


UNIT_CLASSES = {"priority": ("1", "优先保护单元"), "key": ("2", "重点管控单元"), "general": ("3", "一般管控单元")}
LAND_COVER = {
    "00": "湿地", "01": "耕地", "03": "林地", "04": "草地", "06": "工矿用地", "07": "住宅用地", "11": "水域", "12": "其他土地",
}  # fmt: skip


def _point(place: Vector) -> Point:
    return round(place[0] * 1e6) * 100, round(place[1] * 1e6) * 100


def tuned_ring(shape: RaggedRing, centre: Point, area: float) -> Ring:
    """The shape in the size whose area, after rounding to ticks, is as near as bisection gets to a given one."""
    low, high = 0, 1 << 40
    while high - low > 1:
        middle = (low + high) // 2
        if ring_area(shape.at(centre, middle / (1 << 38), grid=1)) < area:
            low = middle
        else:
            high = middle
    return min(
        (shape.at(centre, size / (1 << 38), grid=1) for size in (low, high)),
        key=lambda ring: abs(ring_area(ring) - area),
    )


class Landscape:
    """All layers of one plan, as features, and the figures they were built to meet."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.mesh = Mesh(f"{plan.seed}/ground", self._origin(), *plan.cell, levels=2)
        self.redline_mesh = Mesh(f"{plan.seed}/redline", self._origin(), *plan.redline_cell, levels=3)
        self.county_of = self._share_out_counties()
        self.county_names = {county.code: county.name for county in plan.counties}
        self.deep = {
            cell for cell in self.county_of if all(other in self.county_of for other in self.mesh.neighbours(cell))
        }
        self.counties = self._make_counties()
        self.area = multipolygon_area(self.outline)
        self.redline = self._make_redline()
        self.protected = self._make_protected()
        self.water_sources = self._make_water_sources()
        self.parks = self._make_parks()
        self.units = self._make_units()
        self.land_cover = self._make_land_cover()

    def _origin(self) -> Vector:
        ovals = [oval for part in self.plan.parts for oval in part]
        return min(oval.x - 1.3 * oval.rx for oval in ovals), min(oval.y - 1.3 * oval.ry for oval in ovals)

    # Territory and counties

    def _share_out_counties(self) -> dict[Cell, str]:
        """The county of each cell."""
        ragged = ValueNoise(f"{self.plan.seed}/edge", size=self.plan.cell[0] * 9)
        labels: dict[Cell, str] = {}
        for part, owner in zip(self.plan.parts, self.plan.part_county):
            cells = self._mask(part, ragged)
            if owner:
                labels |= dict.fromkeys(cells, owner)
                continue
            rough = ValueNoise(f"{self.plan.seed}/county", size=self.plan.cell[0] * 6)
            seeds = {self.mesh.nearest(*county.seat): i for i, county in enumerate(self.plan.counties)}
            grown = grow(self.mesh, seeds, cells, lambda cell: 0.25 + 1.5 * rough(*self.mesh.centre(cell)) ** 2)
            labels |= {cell: self.plan.counties[label].code for cell, label in grown.items()}
        return labels

    def _mask(self, ovals: list[Oval], ragged: ValueNoise) -> set[Cell]:
        box = self.mesh.box(
            min(o.x - 1.25 * o.rx for o in ovals), min(o.y - 1.25 * o.ry for o in ovals),
            max(o.x + 1.25 * o.rx for o in ovals), max(o.y + 1.25 * o.ry for o in ovals),
        )  # fmt: skip
        inside = [
            cell
            for cell in box
            if max(oval.depth(*self.mesh.centre(cell)) for oval in ovals)
            + 1.3 * (ragged(*self.mesh.centre(cell)) - 0.5)
            > 0
        ]
        return self.mesh.without_holes(max(self.mesh.components(inside), key=len))

    def _make_counties(self) -> list[Feature]:
        self.outline = self.mesh.outlines(self.county_of)
        features = []
        for county in self.plan.counties:
            cells = [cell for cell, code in self.county_of.items() if code == county.code]
            polygons = sorted(self.mesh.outlines(cells), key=polygon_area, reverse=True)
            features.append(Feature({"XZQDM": county.code, "XZQMC": county.name, "BZ": REMARK}, polygons))
        return features

    def county_at(self, place: Vector) -> str | None:
        return self.county_of.get(self.mesh.nearest(*place))

    # Redline

    def _make_redline(self) -> list[Feature]:
        mesh, plan = self.redline_mesh, self.plan
        noise = ValueNoise(f"{plan.seed}/redline", size=plan.redline_cell[0] * 8)
        score: dict[Cell, float] = {}
        for cell in mesh.box(*self._box()):
            places = [tuple(v / TICKS for v in mesh.node(node)) for node in mesh.corners(cell)]
            if all(self.mesh.nearest(*place) in self.deep for place in places):
                centre = mesh.centre(cell)
                score[cell] = noise(*centre) + 0.6 * max(belt.oval.depth(*centre) for belt in plan.belts)
        target = plan.redline_share * self.area
        clusters, total = self._grow_redline(score, target)
        self.redline_cells = {cell: number for number, cells in enumerate(clusters) for cell in cells}
        features = []
        counts: dict[str, int] = {}
        for cells in clusters:
            features.append(self._redline_zone(mesh.centre(cells[0]), [mesh.outline(cells)], cells, counts))
        # One more zone, away from the others, is scaled until the whole has the share that is wanted.
        free = [
            cell
            for cell in sorted(score, key=score.__getitem__, reverse=True)
            if all(other in score and other not in self.redline_cells for other in mesh.within(cell, 2))
        ]
        self.redline_spare = free[0]
        centre = mesh.centre(free[0])
        shape = RaggedRing(f"{plan.seed}/redline/tuned", (plan.redline_cell[0] / 2, plan.redline_cell[1] / 2))
        rest = target - multipolygon_area([polygon for feature in features for polygon in feature.polygons])
        ring = tuned_ring(shape, mesh.centre_point(free[0]), rest)
        features.append(self._redline_zone(centre, [[ring]], [free[0]], counts))
        self.redline_cells[free[0]] = len(clusters)
        return features

    def _box(self) -> tuple[float, float, float, float]:
        points = [point for polygon in self.outline for point in polygon[0]]
        xs, ys = [x / TICKS for x, _ in points], [y / TICKS for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _grow_redline(self, score: dict[Cell, float], target: float) -> tuple[list[list[Cell]], float]:
        """Clusters of cells, grown in turn until less than about one cell is missing from the target."""
        mesh, plan = self.redline_mesh, self.plan
        random = Random(f"{plan.seed}/redline/clusters")
        areas = {cell: mesh.area(cell) for cell in score}
        clusters: list[list[Cell]] = []
        weights: list[float] = []
        used: set[Cell] = set()
        taken: set[Cell] = set()
        for cell in sorted(score, key=lambda c: score[c] + 0.5 * random.random(), reverse=True):
            if len(clusters) == plan.redline_polygons - 1:
                break
            if cell not in used:
                clusters.append([cell])
                weights.append(0.3 + 2.2 * random.random() ** 2)
                used |= mesh.within(cell, 3)
                taken.add(cell)
        total = sum(areas[cells[0]] for cells in clusters)
        step = max(areas.values())
        stuck: set[int] = set()
        while target - total > 1.2 * step:
            number = min(
                (n for n in range(len(clusters)) if n not in stuck), key=lambda n: (len(clusters[n]) / weights[n], n)
            )
            edge = {o for cell in clusters[number] for o in mesh.neighbours(cell) if o in score and o not in taken}
            if not edge:
                stuck.add(number)
                continue
            held = set(clusters[number])
            best = max(sorted(edge), key=lambda c: score[c] + 0.06 * sum(o in held for o in mesh.neighbours(c)))
            clusters[number].append(best)
            taken.add(best)
            total += areas[best]
        return clusters, total

    def _redline_zone(
        self, centre: Vector, polygons: list[Polygon], cells: list[Cell], counts: dict[str, int]
    ) -> Feature:
        belt = max(self.plan.belts, key=lambda belt: belt.oval.depth(*centre))
        votes = [self.county_at(self.redline_mesh.centre(cell)) for cell in cells]
        county = max(sorted(set(votes)), key=votes.count)
        counts[county] = counts.get(county, 0) + 1
        return Feature(
            {
                "HXDM": f"HX{county}{counts[county]:04d}",
                "HXMC": f"{belt.name}{belt.kind}生态保护红线",
                "HXLX": belt.kind,
                "XZQDM": county,
                "BZ": REMARK,
            },
            polygons,
        )

    # Protected areas, water sources, parks

    def _make_protected(self) -> list[Feature]:
        features = []
        for number, reserve in enumerate(self.plan.reserves, 1):
            centre = _point(reserve.centre)
            seed = f"{self.plan.seed}/reserve/{number}"
            shell = RaggedRing(seed, reserve.radii, reserve.turn, levels=7).at(centre)
            county = self.county_at(reserve.centre)
            base = {"BHDLX": reserve.category, "BHDJB": reserve.level, "XZQDM": county, "BZ": REMARK}
            code = f"BHD{self.plan.code}{number:02d}"
            rings = [shell]
            if reserve.core:
                # Half of a ring that varies by a fifth stays inside one that varies by a quarter: 0.60 < 0.75.
                size = (reserve.radii[0] * reserve.core, reserve.radii[1] * reserve.core)
                core = RaggedRing(f"{seed}/core", size, reserve.turn, roughness=0.2).at(centre)
                rings.append(core[::-1])
                name = {"BHDBM": f"{code}HX", "BHDMC": reserve.name, "GNFQ": "核心保护区"}
                features.append(Feature(name | base, [[core]]))
            name = {"BHDBM": f"{code}YB", "BHDMC": reserve.name, "GNFQ": "一般控制区"}
            features.append(Feature(name | base, [rings]))
        return features

    def _make_water_sources(self) -> list[Feature]:
        features = []
        for number, source in enumerate(self.plan.sources, 1):
            seed = f"{self.plan.seed}/water/{number}"
            inner = RaggedRing(seed, (0.008, 0.006), 20.0 * number, levels=5).at(_point(source.centre))
            outer = RaggedRing(f"{seed}/outer", (0.03, 0.02), 20.0 * number, levels=5).at(_point(source.centre))
            for grade, polygon in (("一级", [inner]), ("二级", [outer, inner[::-1]])):
                features.append(
                    Feature(
                        {
                            "SYDBM": f"SYD{source.county}{number:02d}{'1' if grade == '一级' else '2'}",
                            "SYDMC": source.name,
                            "BHQJB": f"{grade}保护区",
                            "XZQDM": source.county,
                            "BZ": REMARK,
                        },
                        [polygon],
                    )
                )
        return features

    def _make_parks(self) -> list[Feature]:
        """Rectangles with a cut corner and a step, turned by a slope."""
        features = []
        for number, park in enumerate(self.plan.parks, 1):
            a, b = park.half_sides
            corners = [(-a, -b), (a * 0.7, -b), (a, -b * 0.5), (a, b), (-a * 0.4, b), (-a * 0.4, b * 0.6), (-a, b * 0.6)]
            ring = [_point((park.centre[0] + x - park.turn * y, park.centre[1] + y + park.turn * x)) for x, y in corners]
            features.append(
                Feature(
                    {
                        "YQDM": f"YQ{park.county}{number:02d}",
                        "YQMC": park.name,
                        "YQLX": "园区",
                        "XZQDM": park.county,
                        "BZ": REMARK,
                    },
                    [[ring + ring[:1]]],
                )
            )
        return features

    # Control units

    def _make_units(self) -> list[Feature]:
        features = []
        self.unit_of: dict[Cell, tuple[str, int]] = {}
        for county in self.plan.counties:
            cells = {cell for cell, code in self.county_of.items() if code == county.code}
            units = self._key_units(cells)
            rest = cells - {cell for _, unit in units for cell in unit}
            for kind, part in self._priority_or_general(rest):
                units += [(f"{county.short}{UNIT_CLASSES[kind][1][:2]}", unit) for unit in self._split(part, kind)]
            for kind, (digit, class_name) in UNIT_CLASSES.items():
                serial = 0
                for name, unit in units:
                    if self._kind(name) != kind:
                        continue
                    serial += 1
                    label = class_name if kind == "key" else f"{class_name[2:]}{serial:02d}"
                    self.unit_of |= dict.fromkeys(unit, (kind, len(features)))
                    features.append(
                        Feature(
                            {
                                "HJGKDYBM": f"ZH{county.code}{digit}{serial:04d}",
                                "HJGKDYMC": name + label,
                                "GKDYFL": class_name,
                                "XZQDM": county.code,
                                "BZ": REMARK,
                            },
                            [self.mesh.outline(unit)],
                        )
                    )
        return features

    @staticmethod
    def _kind(name: str) -> str:
        return {"优先": "priority", "一般": "general"}.get(name[-2:], "key")

    def _key_units(self, cells: set[Cell]) -> list[tuple[str, list[Cell]]]:
        units: list[tuple[str, list[Cell]]] = []
        free = set(cells)
        for town in self.plan.towns:
            seed = self.mesh.nearest(*town.centre)
            if seed not in free:
                continue
            unit = [seed]
            while len(unit) < town.cells:
                edge = {other for cell in unit for other in self.mesh.neighbours(cell) if other in free} - set(unit)
                if not edge:
                    break
                x, y = self.mesh.centre(seed)
                unit.append(
                    min(
                        sorted(edge),
                        key=lambda c: (self.mesh.centre(c)[0] - x) ** 2 + (self.mesh.centre(c)[1] - y) ** 2,
                    )
                )
            free -= set(unit)
            units.append((town.name, unit))
        return units

    def _priority_or_general(self, cells: set[Cell]) -> list[tuple[str, list[Cell]]]:
        """Connected parts: priority where redline lies, smoothed, without specks."""
        red = {
            cell for cell in cells if self.redline_mesh.nearest(*self.mesh.centre(cell)) in self.redline_cells
        }
        for _ in range(2):
            red = {
                cell
                for cell in cells
                if 2 * sum(other in red for other in [cell, *self.mesh.neighbours(cell)])
                > sum(other in cells for other in [cell, *self.mesh.neighbours(cell)])
            }
        for _ in range(3):
            for part in self.mesh.components(red):
                if len(part) < 6:
                    red -= set(part)
            for part in self.mesh.components(cells - red):
                if len(part) < 6:
                    red |= set(part)
        parts = [("priority", part) for part in self.mesh.components(red)]
        return parts + [("general", part) for part in self.mesh.components(cells - red)]

    def _split(self, part: list[Cell], kind: str) -> list[list[Cell]]:
        """Cut a part into connected units of about the wanted number of cells."""
        count = ceil(len(part) / (1.4 * self.plan.unit_cells[kind]))
        seeds = [part[0]]
        while len(seeds) < count:
            reach = [self.mesh.centre(seed) for seed in seeds]
            seeds.append(
                max(
                    part,
                    key=lambda c: min(
                        (self.mesh.centre(c)[0] - x) ** 2 + (self.mesh.centre(c)[1] - y) ** 2 for x, y in reach
                    ),
                )
            )
        noise = ValueNoise(f"{self.plan.seed}/units", size=self.plan.cell[0] * 3)
        labels = grow(
            self.mesh, {s: i for i, s in enumerate(seeds)}, set(part), lambda c: 0.3 + noise(*self.mesh.centre(c))
        )
        return [sorted(cell for cell in part if labels[cell] == number) for number in range(count)]

    # Land cover

    def _make_land_cover(self) -> list[Feature]:
        classes = self._cover_classes()
        target = self.plan.forest_share * self.area
        wood = ValueNoise(f"{self.plan.seed}/forest", size=self.plan.cell[0] * 3)
        ranked = sorted(
            (cell for cell in classes if classes[cell] in ("04", "12")),
            key=lambda c: wood(*self.mesh.centre(c))
            + 0.4 * max(oval.depth(*self.mesh.centre(c)) for oval in self.plan.forest),
            reverse=True,
        )
        total = 0.0
        for cell in ranked:
            area = self.mesh.area(cell)
            if total + 1.3 * area > target:
                break
            classes[cell] = "03"
            total += area
        patches = []
        for county in self.plan.counties:
            for code in LAND_COVER:
                same = [c for c in classes if classes[c] == code and self.county_of[c] == county.code]
                patches += [(county.code, code, part) for part in self.mesh.components(same)]
        forest = [self.mesh.outline(part) for _, code, part in patches if code == "03"]
        host, ring = self._forest_island(patches, target - multipolygon_area(forest))
        features = []
        for number, (county, code, part) in enumerate(patches):
            polygon = self.mesh.outline(part)
            if number == host:
                polygon.append(ring[::-1])
            features.append(self._patch(len(features) + 1, county, code, polygon))
        features.append(self._patch(len(features) + 1, patches[host][0], "03", [ring]))
        return features

    def _forest_island(self, patches: list[tuple[str, str, list[Cell]]], area: float) -> tuple[int, Ring]:
        """A wood of exactly the missing area inside grassland, and the patch it is cut out of."""
        for number, (_, code, part) in enumerate(patches):
            cells = set(part)
            for cell in part if code == "04" else []:
                if self.mesh.within(cell, 1) <= cells:
                    size = (self.plan.cell[0] / 2, self.plan.cell[1] / 2)
                    shape = RaggedRing(f"{self.plan.seed}/forest/tuned", size)
                    return number, tuned_ring(shape, self.mesh.centre_point(cell), area)
        raise AssertionError("no grassland is wide enough for the tuned wood")

    def _patch(self, number: int, county: str, code: str, polygon: Polygon) -> Feature:
        return Feature(
            {
                "TBBH": f"{number:05d}",
                "DLBM": code,
                "DLMC": LAND_COVER[code],
                "ZLDWDM": county,
                "TBMJ": round(polygon_area(polygon), 2),
                "BZ": REMARK,
            },
            [polygon],
        )

    def _cover_classes(self) -> dict[Cell, str]:
        """Land-cover class of each cell, before forest is laid over it."""
        plan = self.plan
        green = ValueNoise(f"{plan.seed}/grass", size=plan.cell[0] * 5, octaves=4)
        wet = ValueNoise(f"{plan.seed}/wet", size=plan.cell[0] * 2, octaves=2)
        parks = {self.mesh.nearest(*park.centre) for park in plan.parks}
        towns = {self.mesh.nearest(*town.centre) for town in plan.towns} - parks
        classes: dict[Cell, str] = {}
        for cell in sorted(self.county_of):
            centre = self.mesh.centre(cell)
            away = min(
                ((centre[0] - town.centre[0]) / plan.cell[0]) ** 2 + ((centre[1] - town.centre[1]) / plan.cell[1]) ** 2
                for town in plan.towns
            )
            if cell in parks:
                classes[cell] = "06"
            elif cell in towns:
                classes[cell] = "07"
            elif away < plan.cropland**2 * (0.4 + green(*centre)):
                classes[cell] = "01"
            elif wet(*centre) > 0.83:
                classes[cell] = "11"
            elif wet(*centre) > 0.75:
                classes[cell] = "00"
            elif green(*centre) + 0.22 * max(oval.depth(*centre) for oval in plan.grass) > 0.57:
                classes[cell] = "04"
            else:
                classes[cell] = "12"
        return classes
