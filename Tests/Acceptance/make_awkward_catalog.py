"""Writes a catalog with everything that real layers do wrong: the same bytes each time.

    make_awkward_catalog.py FOLDER

Units with gaps and overlaps, invalid zones, parts that overlap, codes that repeat or are missing, zones of lines and
points, a layer in a projected plane, a box as extent, editions.
"""

import json
import math
import pathlib
import random
import sys

import numpy as np
import pyogrio
import pyproj
import shapely

CATALOG = """\
schema: 1
name: {zh: 不规整, en: Awkward}
regions: counties
extent: {bbox: [95.02, 37.02, 95.98, 37.93]}
layers:
  - id: counties
    family: region
    source: counties.geojson
    fields: {code: code, name: name}
  - id: redline
    family: ecological-redline
    source: redline.geojson
    fields: {code: HXDM, name: HXMC, class: HXLX}
    classes: {水源涵养: water-conservation, 防风固沙: sand-fixation}
  - id: units
    family: control-unit
    tiling: true
    tolerance: 1 cm
    source: units.geojson
    fields: {code: code, class: class}
  - id: plane
    family: wetland
    source: plane.shp
    extent: counties
  - id: rivers
    family: river
    source: rivers.geojson
    fields: {code: code}
  - id: schools
    family: school
    fields: {code: code}
    editions:
      - {edition: 2020-01-01, source: schools-2020.geojson}
      - {edition: 2016-01-01, source: schools-2016.geojson}
"""


def feature(geometry, identifier=None, **properties):
    """A GeoJSON feature; coordinates keep their doubles."""
    whole = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)}
    return whole if identifier is None else {"id": identifier, **whole}


def write(path, features):
    document = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def blob(dice, x, y, radius, corners=60):
    """A star-shaped polygon, in degrees."""
    angles = [2 * math.pi * (n + 0.7 * dice.random()) / corners for n in range(corners)]
    ring = [(x + radius * dice.uniform(0.4, 1) * math.cos(a), y + radius * dice.uniform(0.4, 1) * math.sin(a)) for a in angles]
    return shapely.Polygon(ring)


def counties():
    left = shapely.Polygon([(95.0, 37.0), (95.41, 37.0), (95.44, 37.5), (95.38, 37.95), (95.0, 37.95)])
    right = shapely.Polygon([(95.41, 37.0), (95.9, 37.0), (95.9, 37.95), (95.38, 37.95), (95.44, 37.5)])
    island = shapely.box(95.93, 37.5, 96.0, 37.6)
    return [
        feature(left, code="630001", name="甲县"),
        feature(shapely.MultiPolygon([right, island]), code="630002", name="乙县"),
    ]


def redline(dice):
    zones = []
    for number in range(40):
        x, y = dice.uniform(95.0, 96.0), dice.uniform(37.0, 37.95)
        shape = blob(dice, x, y, dice.uniform(0.005, 0.08))
        if number % 5 == 0:  # Parts that share ground.
            shape = shapely.MultiPolygon([shape, blob(dice, x + 0.02, y, 0.03), blob(dice, x + 0.3, y, 0.01)])
        if number % 7 == 0:  # Invalid: it crosses itself.
            shape = shapely.Polygon([(x, y), (x + 0.04, y + 0.03), (x + 0.04, y), (x, y + 0.03), (x - 0.01, y + 0.01)])
        # Codes repeat, and some are missing; rows keep identifiers of their own.
        code = None if number % 11 == 0 else f"HX{number // 3:03d}"
        kind = ("水源涵养", "防风固沙", "别的", None)[number % 4]
        zones.append(feature(shape, 1000 - number, HXDM=code, HXMC=f"红线 “{number}”", HXLX=kind))
    holed = shapely.box(95.3, 37.3, 95.5, 37.45).difference(shapely.box(95.35, 37.33, 95.4, 37.4))
    return zones + [feature(holed, 7, HXDM="HOLE", HXMC="Hole, with a comma", HXLX="水源涵养")]


def units():
    """A tiling of 6 by 5 with a gap, an overlap, and a sliver of each below the tolerance of 1 cm."""
    xs = [95.0, 95.15, 95.31, 95.5, 95.68, 95.86, 96.0]
    ys = [37.0, 37.2, 37.41, 37.6, 37.77, 37.95]
    shapes = [
        shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1]) for j in range(len(ys) - 1) for i in range(len(xs) - 1)
    ]
    shapes[3] = shapely.box(95.502, 37.0, 95.68, 37.2)  # A gap of 180 m.
    shapes[8] = shapely.box(95.31, 37.2, 95.503, 37.41)  # An overlap of 270 m.
    shapes[14] = shapely.box(95.31 + 3e-8, 37.41, 95.5, 37.6)  # A gap of 3 mm.
    shapes[20] = shapely.box(95.31 - 3e-8, 37.6, 95.5, 37.77)  # An overlap of 3 mm.
    return [feature(shape, code=f"ZH{n:03d}", **{"class": "一般"}) for n, shape in enumerate(shapes)]


def write_plane(path, dice):
    """Zones in EPSG:4520 with long edges, as a shapefile."""
    transformer = pyproj.Transformer.from_crs("EPSG:4490", "EPSG:4520", always_xy=True)
    shapes = []
    for number in range(12):
        shape = blob(dice, dice.uniform(95.1, 95.9), dice.uniform(37.1, 37.9), dice.uniform(0.02, 0.09), 7)
        shape = shapely.transform(shape, lambda c: np.column_stack(transformer.transform(c[:, 0], c[:, 1])))
        shapes.append(shapely.normalize(shape))
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes)), field_data=[
            np.array([f"P{n}" for n in range(12)], dtype=object), np.array([f"湿地{n}" for n in range(12)], dtype=object),
        ], fields=["code", "name"], geometry_type="Polygon", crs="EPSG:4520", driver="ESRI Shapefile", encoding="UTF-8")


def rivers(dice):
    lines = []
    for number in range(12):
        x, y = dice.uniform(95.0, 95.8), dice.uniform(37.0, 37.9)
        path = [(x, y)]
        for _ in range(25):
            path.append((path[-1][0] + dice.uniform(0, 0.02), path[-1][1] + dice.uniform(-0.01, 0.012)))
        lines.append(feature(shapely.LineString(path), code=f"V{number}"))
    return lines


def schools(dice, count):
    return [
        feature(shapely.Point(dice.uniform(95.0, 96.0), dice.uniform(37.0, 37.95)), code=f"S{number}")
        for number in range(count)
    ]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(7)
    (folder / "catalog.yaml").write_text(CATALOG, encoding="utf-8")
    write(folder / "counties.geojson", counties())
    write(folder / "redline.geojson", redline(dice))
    write(folder / "units.geojson", units())
    write_plane(folder / "plane.shp", dice)
    write(folder / "rivers.geojson", rivers(dice))
    write(folder / "schools-2016.geojson", schools(dice, 20))
    write(folder / "schools-2020.geojson", schools(dice, 60))
    print(f"a catalog of 6 layers in {folder}")


if __name__ == "__main__":
    main()
