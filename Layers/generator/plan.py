"""What a prefecture of the samples is to look like: the data that `haixi.py` and `wuwei.py` fill in."""

from dataclasses import dataclass, field

from .fractal import Vector


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
    slope: float
    """Of its long side, degrees northward for a degree eastward."""
    county: str
    kind: str = "重点园区"


@dataclass(frozen=True)
class Space:
    """General ecological space: the tier below the redline."""

    name: str
    centre: Vector
    radii: Vector
    county: str


@dataclass(frozen=True)
class School:
    name: str
    centre: Vector
    county: str


@dataclass(frozen=True)
class Town:
    """A key unit: so many cells around a place."""

    name: str
    centre: Vector
    cells: int
    county: str


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
    spaces: list[Space] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    unit_cells: dict[str, int] = field(default_factory=lambda: {"priority": 30, "general": 60})
