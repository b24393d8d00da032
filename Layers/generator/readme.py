"""The generated part of the README: construction figures and checksums."""

from dataclasses import dataclass
from hashlib import sha256
from math import fsum

from .ellipsoid import multipolygon_area
from .geojson import Feature
from .landscape import Landscape

BEGIN = "<!-- generated: begin -->"
END = "<!-- generated: end -->"


@dataclass(frozen=True)
class Row:
    path: str
    features: int
    vertices: int | None


def with_figures(text: str, part: str) -> str:
    """The README with its generated part replaced."""
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    return f"{head}{BEGIN}\n{part}{END}{tail}"


def _area(features: list[Feature]) -> float:
    return multipolygon_area([polygon for feature in features for polygon in feature.polygons])


def _km2(square_metres: float) -> str:
    return f"{square_metres / 1e6:.6f}"


def figures(landscape: Landscape) -> str:
    """Areas and shares of one catalog."""
    plan, whole = landscape.plan, landscape.area
    forest = [feature for feature in landscape.land_cover if feature.properties["DLBM"] == "03"]
    kinds = [feature.properties["GKDYFL"] for feature in landscape.units]
    counts = ", ".join(f"{name} {kinds.count(name)}" for name in ("优先保护单元", "重点管控单元", "一般管控单元"))
    counties = [(feature, multipolygon_area(feature.polygons)) for feature in landscape.counties]
    lines = [
        f"### `{plan.id}` (seed `{plan.seed}`)",
        "",
        "| Figure | km² | Share of the territory |",
        "| --- | ---: | ---: |",
        f"| territory {plan.code} | {_km2(whole)} | 1 |",
    ]
    for name, wanted, features in (
        ("redline (no overlaps: union = sum)", plan.redline_share, landscape.redline),
        ("forest land cover (`DLBM` 03)", plan.forest_share, forest),
    ):
        area = _area(features)
        assert abs(area / whole - wanted) < 1e-10, f"{plan.id}: the share of {name} is {area / whole}"
        lines.append(f"| {name} | {_km2(area)} | {area / whole:.10f} |")
    for feature, area in counties:
        name = f"{feature.properties['XZQDM']} {feature.properties['XZQMC']}"
        lines.append(f"| {name} | {_km2(area)} | {area / whole:.10f} |")
    for name, features in (("control units", landscape.units), ("land cover", landscape.land_cover)):
        area = _area(features)
        assert abs(area - whole) < 1e-12 * whole, f"{plan.id}: {name} miss the territory by {area - whole} m²"
        lines.append(f"| {name}, all | {_km2(area)} | {area / whole:.10f} |")
    residual = fsum(area for _, area in counties) - whole
    assert abs(residual) < 1e-12 * whole, f"{plan.id}: the counties miss the territory by {residual} m²"
    return "\n".join([*lines, "", f"Units: {counts}."]) + "\n"


def generated_part(rows: list[Row], files: dict[str, bytes], figures: list[str]) -> str:
    lines = ["", *figures, "### Files", "", "| File | Features | Vertices | Bytes | SHA-256 |"]
    lines.append("| --- | ---: | ---: | ---: | --- |")
    for row in rows:
        content = files[row.path]
        vertices = "" if row.vertices is None else str(row.vertices)
        digest = sha256(content).hexdigest()
        lines.append(f"| `{row.path}` | {row.features} | {vertices} | {len(content)} | `{digest}` |")
    return "\n".join(lines) + "\n\n"
