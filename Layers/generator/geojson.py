"""GeoJSON (RFC 7946), one feature on each line, coordinates in the fewest decimals."""

import json
from dataclasses import dataclass, field
from typing import Any

from .ellipsoid import TICKS, Point, Polygon

STATEMENT = (
    "合成示例数据，由程序生成，不反映任何真实界线，不得用于决策。"
    "Synthetic sample data, made by a program; it shows nothing real and must not be used for decisions."
)


@dataclass
class Feature:
    """Properties and a geometry: a list of polygons, a line or a point."""

    properties: dict[str, Any]
    polygons: list[Polygon] = field(default_factory=list)
    line: list[Point] = field(default_factory=list)
    point: Point | None = None

    @property
    def vertices(self) -> int:
        """Written positions, the closing ones included."""
        rings = sum(len(ring) for polygon in self.polygons for ring in polygon)
        return rings + len(self.line) + (self.point is not None)


def _number(ticks: int) -> str:
    whole, part = divmod(ticks, TICKS)
    return f"{whole}.{part:08d}".rstrip("0").rstrip(".")


def _point(point: Point) -> str:
    return f"[{_number(point[0])},{_number(point[1])}]"


def _line(points: list[Point]) -> str:
    return "[" + ",".join(map(_point, points)) + "]"


def _polygon(polygon: Polygon) -> str:
    return "[" + ",".join(map(_line, polygon)) + "]"


def _geometry(feature: Feature) -> str:
    if feature.point is not None:
        kind, text = "Point", _point(feature.point)
    elif feature.line:
        kind, text = "LineString", _line(feature.line)
    elif len(feature.polygons) == 1:
        kind, text = "Polygon", _polygon(feature.polygons[0])
    else:
        kind, text = "MultiPolygon", "[" + ",".join(map(_polygon, feature.polygons)) + "]"
    return f'{{"type":"{kind}","coordinates":{text}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode(name: str, features: list[Feature]) -> bytes:
    """A feature collection whose name, statement and licence say what it is."""
    lines = [
        f'{{"type":"Feature","properties":{_json(feature.properties)},"geometry":{_geometry(feature)}}}'
        for feature in features
    ]
    head = f'{{"type":"FeatureCollection","name":{_json(name)},"statement":{_json(STATEMENT)},"license":"Apache-2.0"'
    return (head + ',"features":[\n' + ",\n".join(lines) + "\n]}\n").encode()
