"""Control units: they tile each county; priority where redline lies, key around towns and parks."""

from math import ceil

from .fractal import ValueNoise
from .geojson import Feature
from .landscape import REMARK, Landscape
from .topology import Cell, grow

UNIT_CLASSES = {"priority": ("1", "优先保护单元"), "key": ("2", "重点管控单元"), "general": ("3", "一般管控单元")}


def make_units(land: Landscape) -> list[Feature]:
    """Also tells the landscape which unit each cell belongs to."""
    features = []
    for county in land.plan.counties:
        cells = {cell for cell, code in land.county_of.items() if code == county.code}
        units = _key_units(land, cells)
        rest = cells - {cell for _, unit in units for cell in unit}
        for kind, part in _priority_or_general(land, rest):
            units += [(f"{county.short}{UNIT_CLASSES[kind][1][:2]}", unit) for unit in _split(land, part, kind)]
        for kind, (digit, class_name) in UNIT_CLASSES.items():
            serial = 0
            for name, unit in units:
                if _kind(name) != kind:
                    continue
                serial += 1
                label = class_name if kind == "key" else f"{class_name[2:]}{serial:02d}"
                land.unit_of |= dict.fromkeys(unit, (kind, len(features)))
                features.append(
                    Feature(
                        {
                            "HJGKDYBM": f"ZH{county.code}{digit}{serial:04d}",
                            "HJGKDYMC": name + label,
                            "GKDYFL": class_name,
                            "XZQDM": county.code,
                            "BZ": REMARK,
                        },
                        [land.mesh.outline(unit)],
                    )
                )
    return features


def _kind(name: str) -> str:
    return {"优先": "priority", "一般": "general"}.get(name[-2:], "key")


def _key_units(land: Landscape, cells: set[Cell]) -> list[tuple[str, list[Cell]]]:
    units: list[tuple[str, list[Cell]]] = []
    free = set(cells)
    for town in land.plan.towns:
        seed = land.mesh.nearest(*town.centre)
        if seed not in free:
            continue
        unit = [seed]
        while len(unit) < town.cells:
            edge = {other for cell in unit for other in land.mesh.neighbours(cell) if other in free} - set(unit)
            if not edge:
                break
            x, y = land.mesh.centre(seed)
            unit.append(
                min(
                    sorted(edge),
                    key=lambda c: (land.mesh.centre(c)[0] - x) ** 2 + (land.mesh.centre(c)[1] - y) ** 2,
                )
            )
        free -= set(unit)
        units.append((town.name, unit))
    return units


def _priority_or_general(land: Landscape, cells: set[Cell]) -> list[tuple[str, list[Cell]]]:
    """Connected parts: priority where redline lies, smoothed, without specks."""
    red = {cell for cell in cells if land.redline_mesh.nearest(*land.mesh.centre(cell)) in land.redline_cells}
    around = {cell: [other for other in [cell, *land.mesh.neighbours(cell)] if other in cells] for cell in cells}
    red = {cell for cell in cells if 2 * sum(other in red for other in around[cell]) > len(around[cell])}
    for _ in range(3):
        for part in land.mesh.components(red):
            if len(part) < 6:
                red -= set(part)
        for part in land.mesh.components(cells - red):
            if len(part) < 6:
                red |= set(part)
    parts = [("priority", part) for part in land.mesh.components(red)]
    return parts + [("general", part) for part in land.mesh.components(cells - red)]


def _split(land: Landscape, part: list[Cell], kind: str) -> list[list[Cell]]:
    """Cut a part into connected units of about the wanted number of cells."""
    count = ceil(len(part) / (1.4 * land.plan.unit_cells[kind]))
    seeds = [part[0]]
    while len(seeds) < count:
        reach = [land.mesh.centre(seed) for seed in seeds]
        seeds.append(
            max(
                part,
                key=lambda c: min(
                    (land.mesh.centre(c)[0] - x) ** 2 + (land.mesh.centre(c)[1] - y) ** 2 for x, y in reach
                ),
            )
        )
    noise = ValueNoise(f"{land.plan.seed}/units", size=land.plan.cell[0] * 3)
    labels = grow(
        land.mesh, {s: i for i, s in enumerate(seeds)}, set(part), lambda c: 0.3 + noise(*land.mesh.centre(c))
    )
    return [sorted(cell for cell in part if labels[cell] == number) for number in range(count)]
