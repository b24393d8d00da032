"""The ground of one prefecture: its meshes, territory and counties, and a place for its layers."""

from .ellipsoid import TICKS, Point, Ring, multipolygon_area, polygon_area, ring_area
from .fractal import RaggedRing, ValueNoise, Vector
from .geojson import Feature
from .plan import Oval, Plan
from .topology import Cell, Mesh, grow

REMARK = "合成示例"
"""Value of BZ (remark) in every feature."""


def rounded(place: Vector) -> Point:
    """A place in degrees, at 6 decimals."""
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
    """Territory and counties of one plan; the other layers are filled in by their own modules."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.mesh = Mesh(f"{plan.seed}/ground", self._origin(), *plan.cell, levels=2)
        self.redline_mesh = Mesh(f"{plan.seed}/redline", self._origin(), *plan.redline_cell, levels=3)
        self.county_of = self._share_out_counties()
        for place in (*plan.towns, *plan.sources, *plan.parks, *plan.spaces, *plan.schools):
            assert self.county_at(place.centre) == place.county, f"{place.name} does not lie in {place.county}"
        # Cells that do not lie on the edge of the territory.
        self.deep = {
            cell for cell in self.county_of if all(other in self.county_of for other in self.mesh.neighbours(cell))
        }
        self.outline = self.mesh.outlines(self.county_of)
        self.counties = self._make_counties()
        self.area = multipolygon_area(self.outline)
        self.redline: list[Feature] = []
        self.redline_cells: dict[Cell, int] = {}
        """The number of the redline zone on each cell of its mesh."""
        self.protected: list[Feature] = []
        self.water_sources: list[Feature] = []
        self.parks: list[Feature] = []
        self.spaces: list[Feature] = []
        self.schools: list[Feature] = []
        self.units: list[Feature] = []
        self.unit_of: dict[Cell, tuple[str, int]] = {}
        """Class and number of the unit on each cell."""
        self.land_cover: list[Feature] = []

    def _origin(self) -> Vector:
        ovals = [oval for part in self.plan.parts for oval in part]
        return min(oval.x - 1.3 * oval.rx for oval in ovals), min(oval.y - 1.3 * oval.ry for oval in ovals)

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
            + 1.5 * (ragged(*self.mesh.centre(cell)) - 0.5)
            > 0
        ]
        return self.mesh.without_holes(max(self.mesh.components(inside), key=len))

    def _make_counties(self) -> list[Feature]:
        features = []
        for county in self.plan.counties:
            cells = [cell for cell, code in self.county_of.items() if code == county.code]
            polygons = sorted(self.mesh.outlines(cells), key=polygon_area, reverse=True)
            features.append(Feature({"XZQDM": county.code, "XZQMC": county.name, "BZ": REMARK}, polygons))
        return features

    def county_at(self, place: Vector) -> str | None:
        """The code of the county near whose cell centre a place lies."""
        return self.county_of.get(self.mesh.nearest(*place))

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        points = [point for polygon in self.outline for point in polygon[0]]
        xs, ys = [x / TICKS for x, _ in points], [y / TICKS for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)
