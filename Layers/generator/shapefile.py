"""A minimal polygon shapefile as an agency hands it over: DBF text in GBK, no code page byte, no .cpg."""

from struct import pack

from .ellipsoid import TICKS, Ring
from .geojson import Feature

PROJECTION = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)

_POLYGON = 5


def _points(rings: list[Ring]) -> list[tuple[float, float]]:
    return [(x / TICKS, y / TICKS) for ring in rings for x, y in ring]


def _box(points: list[tuple[float, float]]) -> bytes:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return pack("<4d", min(xs), min(ys), max(xs), max(ys))


def _record(rings: list[Ring]) -> bytes:
    points = _points(rings)
    starts, count = [], 0
    for ring in rings:
        starts.append(count)
        count += len(ring)
    head = pack("<i", _POLYGON) + _box(points) + pack("<2i", len(rings), count)
    return head + pack(f"<{len(starts)}i", *starts) + b"".join(pack("<2d", *point) for point in points)


def _header(length: int, box: bytes) -> bytes:
    """Length in bytes of the whole file, which the format counts in 16-bit words."""
    return pack(">7i", 9994, 0, 0, 0, 0, 0, length // 2) + pack("<2i", 1000, _POLYGON) + box + bytes(32)


def _table(features: list[Feature], fields: dict[str, int], date: tuple[int, int, int]) -> bytes:
    """dBASE III; every field is text of a fixed number of bytes."""
    size = 1 + sum(fields.values())
    head = pack("<4BIHH20x", 3, date[0] - 1900, date[1], date[2], len(features), 33 + 32 * len(fields), size)
    for name, width in fields.items():
        head += pack("<11sc4xBB14x", name.encode("ascii"), b"C", width, 0)
    rows = []
    for feature in features:
        row = b" "
        for name, width in fields.items():
            text = str(feature.properties[name]).encode("gbk")
            assert len(text) <= width, f"{name}: {len(text)} bytes do not fit into {width}"
            row += text.ljust(width)
        rows.append(row)
    return head + b"\r" + b"".join(rows) + b"\x1a"


def encode(features: list[Feature], fields: dict[str, int], date: tuple[int, int, int]) -> dict[str, bytes]:
    """The files of a shapefile by ending. Rings run the other way round than in GeoJSON: shells clockwise."""
    records = [_record([ring[::-1] for polygon in feature.polygons for ring in polygon]) for feature in features]
    box = _box(_points([ring for feature in features for polygon in feature.polygons for ring in polygon]))
    shapes, index, offset = b"", b"", 100
    for number, record in enumerate(records, 1):
        shapes += pack(">2i", number, len(record) // 2) + record
        index += pack(">2i", offset // 2, len(record) // 2)
        offset += 8 + len(record)
    return {
        ".shp": _header(100 + len(shapes), box) + shapes,
        ".shx": _header(100 + len(index), box) + index,
        ".dbf": _table(features, fields, date),
        ".prj": PROJECTION.encode("ascii"),
    }
