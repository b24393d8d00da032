"""All files of both catalogs, and the figures for the README."""

from . import geojson, haixi, raster, readme, shapefile, targets, wuwei
from .editions import make_earlier_protected
from .geojson import Feature
from .land_cover import make_land_cover
from .landscape import Landscape
from .plan import Plan
from .redline import make_redline
from .units import make_units
from .zones import make_parks, make_protected, make_schools, make_spaces, make_water_sources

UNIT_FIELDS = {"HJGKDYBM": 13, "HJGKDYMC": 60, "GKDYFL": 12, "XZQDM": 6, "BZ": 20}
"""Bytes of the DBF columns."""

UNIT_DATE = (2023, 12, 31)


def make_landscape(plan: Plan) -> Landscape:
    """All layers of a plan; units look at the redline, so their order matters."""
    land = Landscape(plan)
    land.redline = make_redline(land)
    land.protected = make_protected(land)
    land.water_sources = make_water_sources(land)
    land.parks = make_parks(land)
    land.spaces = make_spaces(land)
    land.schools = make_schools(land)
    land.units = make_units(land)
    land.land_cover = make_land_cover(land)
    return land


def _layers(landscape: Landscape) -> dict[str, list[Feature]]:
    return {
        "counties": landscape.counties,
        "redline": landscape.redline,
        "protected": landscape.protected,
        "units": landscape.units,
        "water-sources": landscape.water_sources,
        "parks": landscape.parks,
        "eco-space": landscape.spaces,
        "schools": landscape.schools,
        "land-cover": landscape.land_cover,
    }


def build() -> tuple[dict[str, bytes], str]:
    """Contents by path below the folder, and the generated part of the README."""
    files: dict[str, bytes] = {}
    rows: list[readme.Row] = []
    figures = []
    for module in (haixi, wuwei):
        landscape = make_landscape(module.PLAN)
        folder = landscape.plan.id
        sites = module.make_sites(landscape)
        layers = _layers(landscape) | {"sites": sites, "site": sites[:1]}
        if folder == "haixi":
            layers["protected-2018"] = make_earlier_protected(landscape)
        for name, features in layers.items():
            path = f"{folder}/{name}.geojson"
            files[path] = geojson.encode(f"synthetic_{folder}_{name.replace('-', '_')}", features)
            rows.append(readme.Row(path, len(features), sum(one.vertices for one in features)))
        if folder == "haixi":
            files[f"{folder}/targets.csv"] = targets.encode()
            for ending, content in shapefile.encode(landscape.units, UNIT_FIELDS, UNIT_DATE).items():
                path = f"{folder}/units{ending}"
                files[path] = content
                rows.append(readme.Row(path, len(landscape.units), None))
            grid = raster.make_raster(landscape)
            path = f"{folder}/land-cover.tif"
            files[path] = raster.encode(grid)
            rows.append(readme.Row(path, grid.width * grid.height, None))
        figures.append(readme.figures(landscape))
    return files, readme.generated_part(rows, files, figures)
