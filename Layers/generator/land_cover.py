"""Land cover: patches that tile the territory, and one wood scaled so that the share comes out as planned."""

from random import Random

from .ellipsoid import Polygon, Ring, multipolygon_area, polygon_area
from .fractal import RaggedRing, ValueNoise
from .geojson import Feature
from .landscape import REMARK, Landscape, tuned_ring
from .topology import Cell

LAND_COVER = {
    "00": "湿地", "01": "耕地", "03": "林地", "04": "草地",
    "06": "工矿用地", "07": "住宅用地", "11": "水域", "12": "其他土地",
}  # fmt: skip


def make_land_cover(land: Landscape) -> list[Feature]:
    classes = _cover_classes(land)
    target = land.plan.forest_share * land.area
    wood = ValueNoise(f"{land.plan.seed}/forest", size=land.plan.cell[0] * 3)
    speck = Random(f"{land.plan.seed}/trees")
    grain = {cell: 0.45 * (speck.random() - 0.5) for cell in sorted(classes)}
    ranked = sorted(
        (cell for cell in classes if classes[cell] in ("04", "12")),
        key=lambda c: (
            wood(*land.mesh.centre(c))
            + grain[c]
            + 0.4 * max(-0.8, *(oval.depth(*land.mesh.centre(c)) for oval in land.plan.forest))
        ),
        reverse=True,
    )
    total = 0.0
    for cell in ranked:
        area = land.mesh.area(cell)
        if total + 1.3 * area > target:
            break
        classes[cell] = "03"
        total += area
    patches = []
    for county in land.plan.counties:
        for code in LAND_COVER:
            same = [c for c in classes if classes[c] == code and land.county_of[c] == county.code]
            patches += [(county.code, code, part) for part in land.mesh.components(same)]
    forest = [land.mesh.outline(part) for _, code, part in patches if code == "03"]
    host, ring = _forest_island(land, patches, target - multipolygon_area(forest))
    features = []
    for number, (county, code, part) in enumerate(patches):
        polygon = land.mesh.outline(part)
        if number == host:
            polygon.append(ring[::-1])
        features.append(_patch(land, len(features) + 1, county, code, polygon))
    features.append(_patch(land, len(features) + 1, patches[host][0], "03", [ring]))
    return features


def _forest_island(land: Landscape, patches: list[tuple[str, str, list[Cell]]], area: float) -> tuple[int, Ring]:
    """A wood of exactly the missing area inside grassland, and the patch it is cut out of."""
    for number, (_, code, part) in enumerate(patches):
        cells = set(part)
        for cell in part if code == "04" else []:
            if land.mesh.within(cell, 1) <= cells:
                size = (land.plan.cell[0] / 2, land.plan.cell[1] / 2)
                shape = RaggedRing(f"{land.plan.seed}/forest/tuned", size)
                return number, tuned_ring(shape, land.mesh.centre_point(cell), area)
    raise AssertionError("no grassland is wide enough for the tuned wood")


def _patch(land: Landscape, number: int, county: str, code: str, polygon: Polygon) -> Feature:
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


def _cover_classes(land: Landscape) -> dict[Cell, str]:
    """Land-cover class of each cell, before forest is laid over it."""
    plan = land.plan
    green = ValueNoise(f"{plan.seed}/grass", size=plan.cell[0] * 5, octaves=4)
    wet = ValueNoise(f"{plan.seed}/wet", size=plan.cell[0] * 2, octaves=2)
    speck = Random(f"{plan.seed}/specks")
    parks = {land.mesh.nearest(*park.centre) for park in plan.parks}
    towns = {land.mesh.nearest(*town.centre) for town in plan.towns} - parks
    classes: dict[Cell, str] = {}
    for cell in sorted(land.county_of):
        centre = land.mesh.centre(cell)
        grain = 0.45 * (speck.random() - 0.5)
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
        elif wet(*centre) + grain > 0.93:
            classes[cell] = "11"
        elif wet(*centre) + grain > 0.87:
            classes[cell] = "00"
        elif green(*centre) + grain + 0.25 * max(-0.7, *(oval.depth(*centre) for oval in plan.grass)) > 0.53:
            classes[cell] = "04"
        else:
            classes[cell] = "12"
    return classes
