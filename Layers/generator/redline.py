"""Redline zones: clusters of cells, and one zone scaled so that the share comes out as planned."""

from math import fsum
from random import Random

from .ellipsoid import TICKS, Polygon, multipolygon_area
from .fractal import RaggedRing, ValueNoise, Vector
from .geojson import Feature
from .landscape import REMARK, Landscape, tuned_ring
from .topology import Cell


def make_redline(land: Landscape) -> list[Feature]:
    """Also tells the landscape which cells hold redline."""
    mesh, plan = land.redline_mesh, land.plan
    noise = ValueNoise(f"{plan.seed}/redline", size=plan.redline_cell[0] * 8)
    score: dict[Cell, float] = {}
    for cell in mesh.box(*land.box()):
        places = [tuple(v / TICKS for v in mesh.node(node)) for node in mesh.corners(cell)]
        if all(land.mesh.nearest(*place) in land.deep for place in places):
            centre = mesh.centre(cell)
            score[cell] = noise(*centre) + 0.4 * min(0.5, max(belt.oval.depth(*centre) for belt in plan.belts))
    target = plan.redline_share * land.area
    clusters = _grow_redline(land, score, target)
    land.redline_cells = {cell: number for number, cells in enumerate(clusters) for cell in cells}
    features = []
    counts: dict[str, int] = {}
    for cells in clusters:
        features.append(_redline_zone(land, mesh.centre(cells[0]), [mesh.outline(cells)], cells, counts))
    # One more zone, away from the others, is scaled until the whole has the share that is wanted.
    free = [
        cell
        for cell in sorted(score, key=score.__getitem__, reverse=True)
        if all(other in score and other not in land.redline_cells for other in mesh.within(cell, 2))
    ]
    centre = mesh.centre(free[0])
    shape = RaggedRing(f"{plan.seed}/redline/tuned", (plan.redline_cell[0] / 2, plan.redline_cell[1] / 2))
    rest = target - multipolygon_area([polygon for feature in features for polygon in feature.polygons])
    ring = tuned_ring(shape, mesh.centre_point(free[0]), rest)
    features.append(_redline_zone(land, centre, [[ring]], [free[0]], counts))
    land.redline_cells[free[0]] = len(clusters)
    return features


def _grow_redline(land: Landscape, score: dict[Cell, float], target: float) -> list[list[Cell]]:
    """Clusters of cells, grown in turn until less than about one cell is missing from the target."""
    mesh, plan = land.redline_mesh, land.plan
    random = Random(f"{plan.seed}/redline/clusters")
    areas = {cell: mesh.area(cell) for cell in score}
    clusters: list[list[Cell]] = []
    weights: list[float] = []
    used: set[Cell] = set()
    taken: dict[Cell, int] = {}
    for cell in sorted(score, key=lambda c: score[c] + 0.5 * random.random(), reverse=True):
        if len(clusters) == plan.redline_polygons - 1:
            break
        if cell not in used:
            clusters.append([cell])
            weights.append(0.25 + 3 * random.random() ** 3)
            used |= mesh.within(cell, 3)
            taken[cell] = len(clusters) - 1
    total = fsum(areas[cells[0]] for cells in clusters)
    step = max(areas.values())
    stuck: set[int] = set()
    while target - total > 1.2 * step:
        number = min(
            (n for n in range(len(clusters)) if n not in stuck), key=lambda n: (len(clusters[n]) / weights[n], n)
        )
        edge = {o for cell in clusters[number] for o in mesh.neighbours(cell) if o in score and o not in taken}
        if number % 5:
            # Most zones stay apart; every fifth may adjoin others, as zones of different function do.
            edge = {o for o in edge if all(taken.get(n, number) == number for n in mesh.neighbours(o))}
        if not edge:
            stuck.add(number)
            continue
        held = set(clusters[number])
        best = max(sorted(edge), key=lambda c: score[c] + 0.06 * sum(o in held for o in mesh.neighbours(c)))
        clusters[number].append(best)
        taken[best] = number
        total += areas[best]
    return clusters


def _redline_zone(
    land: Landscape, centre: Vector, polygons: list[Polygon], cells: list[Cell], counts: dict[str, int]
) -> Feature:
    belt = max(land.plan.belts, key=lambda belt: belt.oval.depth(*centre))
    votes = [land.county_at(land.redline_mesh.centre(cell)) for cell in cells]
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
