"""Writes random sites for a catalog: where its zones are, on their boundaries, and across the edge of its extent.

    make_random_sites.py CATALOG.yaml SITES.geojson [--seed 1] [--count 300]

The same seed gives the same file. Coordinates keep all digits of a double, except where vertices of zones are taken.
"""

import argparse
import json
import math
import random

import shapely

from ellipsoid import lines_of, points_of, polygons_of, scale
from layers import Catalog


class Maker:
    def __init__(self, catalog, seed):
        self.random = random.Random(seed)
        layers = [catalog.layer(entry["id"]) for entry in catalog.zone_layers()]
        self.layers = [layer for layer in layers if layer.zones]
        self.zones = [zone for layer in self.layers for zone in layer.zones]
        extents = [catalog.extent_of(entry) for entry in catalog.zone_layers()]
        self.territory = []
        for extent in extents:
            if isinstance(extent, str):
                self.territory += [zone.ground for zone in catalog.layer(extent).zones]
            elif extent:
                self.territory.append(shapely.box(*(float(v) for v in extent["bbox"])))
        self.territory = shapely.unary_union(self.territory) if self.territory else None

    # Places

    def zone_ring(self):
        """A ring of a zone, every layer as likely as the others."""
        while True:
            zone = self.random.choice(self.random.choice(self.layers).zones)
            polygons = polygons_of(zone.ground)
            if polygons:
                polygon = self.random.choice(polygons)
                return self.random.choice([polygon.exterior, *polygon.interiors]).coords
            path = [p for line in lines_of(zone.ground) for p in line.coords]
            path += [p.coords[0] for p in points_of(zone.ground)]
            if len(path) > 1:
                return path

    def edge(self):
        ring = self.zone_ring()
        place = self.random.randrange(len(ring) - 1)
        return ring[place][:2], ring[place + 1][:2]

    def place(self):
        """A place: on an edge of a zone, within kilometres of one, or on the edge of the territory."""
        kind = self.random.random()
        if kind < 0.12 and self.territory is not None:
            edge = self.random.choice(polygons_of(self.territory)).exterior
            return edge.interpolate(self.random.random(), normalized=True).coords[0]
        a, b = self.edge()
        part = self.random.random()
        x, y = a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        if kind < 0.5:
            return x, y
        away = 10 ** self.random.uniform(1, 4)
        angle = self.random.uniform(0, 2 * math.pi)
        return self.step((x, y), away, angle)

    def step(self, origin, metres, angle):
        kx, ky = scale(origin[1])
        return origin[0] + metres * math.cos(angle) / kx, origin[1] + metres * math.sin(angle) / ky

    # Shapes

    def star(self, center, radius, corners=None):
        """A star-shaped ring: always valid."""
        corners = corners or self.random.randint(3, 40)
        angles = sorted(self.random.uniform(0, 2 * math.pi) for _ in range(corners))
        # Gaps below half a turn keep the center inside.
        angles = [2 * math.pi * (n + 0.8 * self.random.random()) / corners for n in range(corners)]
        ring = [self.step(center, radius * self.random.uniform(0.3, 1), angle) for angle in angles]
        return ring + ring[:1]

    def radius(self):
        return 10 ** self.random.uniform(0.5, 4.2)

    def polygon(self):
        return {"type": "Polygon", "coordinates": [self.star(self.place(), self.radius())]}

    def donut(self):
        center, radius = self.place(), self.radius()
        hole = self.star(center, radius * 0.15)
        return {"type": "Polygon", "coordinates": [self.star(center, radius, 24), hole[::-1]]}

    def heap(self):
        """Polygons that overlap one another: common ground counts once."""
        center, radius = self.place(), self.radius()
        parts = []
        for _ in range(self.random.randint(2, 6)):
            beside = self.step(center, radius * self.random.random(), self.random.uniform(0, 2 * math.pi))
            parts.append([self.star(beside, radius * self.random.uniform(0.2, 1))])
        return {"type": "MultiPolygon", "coordinates": parts}

    def line(self, count=None):
        place, radius = self.place(), self.radius()
        path = [place]
        angle = self.random.uniform(0, 2 * math.pi)
        for _ in range(count or self.random.randint(1, 12)):
            angle += self.random.uniform(-1, 1)
            path.append(self.step(path[-1], radius * self.random.uniform(0.1, 1), angle))
        return {"type": "LineString", "coordinates": path}

    def lines(self):
        return {"type": "MultiLineString", "coordinates": [self.line()["coordinates"] for _ in range(2)]}

    def point(self):
        return {"type": "Point", "coordinates": self.place()}

    def points(self):
        near = self.place()
        places = [self.step(near, self.radius() / 10, self.random.uniform(0, 6)) for _ in range(5)]
        return {"type": "MultiPoint", "coordinates": places + places[:1]}

    def vertex(self):
        """A point that is a vertex of a zone: on the boundary, not inside."""
        return {"type": "Point", "coordinates": self.random.choice(list(self.zone_ring()))[:2]}

    def beside_edge(self):
        """A triangle on an edge of a zone, sharing both vertices."""
        a, b = self.edge()
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        apex = self.step(middle, 10 ** self.random.uniform(1, 3), self.random.uniform(0, 2 * math.pi))
        return {"type": "Polygon", "coordinates": [[a, b, apex, a]]}

    def along_edge(self):
        """A line that runs along a boundary, and maybe on from there."""
        ring = list(self.zone_ring())
        start = self.random.randrange(len(ring) - 1)
        path = [p[:2] for p in ring[start:start + self.random.randint(2, 6)]]
        if self.random.random() < 0.5:
            path.append(self.step(path[-1], self.radius(), self.random.uniform(0, 2 * math.pi)))
        return {"type": "LineString", "coordinates": path}

    def sliver(self):
        """A rectangle whose side lies some millimetres or centimetres inside or outside an edge of a zone."""
        a, b = self.edge()
        kx, ky = scale(a[1])
        along = math.atan2((b[1] - a[1]) * ky, (b[0] - a[0]) * kx)
        off = self.random.choice([-1, 1]) * 10 ** self.random.uniform(-4, 0)
        side = self.random.choice([-1, 1]) * math.pi / 2
        base = [self.step(p, off, along + side) for p in (a, b)]
        top = [self.step(p, 50, along + side) for p in base]
        return {"type": "Polygon", "coordinates": [[base[0], base[1], top[1], top[0], base[0]]]}

    def whole_zone(self):
        while True:
            zone = self.random.choice(self.zones)
            if polygons_of(zone.ground):
                return json.loads(shapely.to_geojson(zone.ground))

    def collection(self):
        return {"type": "GeometryCollection", "geometries": [self.polygon(), self.line(), self.points()]}

    def bow_tie(self):
        center = self.place()
        corners = [self.step(center, 100, angle) for angle in (0.2, 2.5, 0.9, 4.0)]
        return {"type": "Polygon", "coordinates": [corners + corners[:1]]}

    def broad(self):
        """A polygon of tens of kilometres, with height."""
        ring = [[*p, 3000.0] for p in self.star(self.place(), self.random.uniform(1e4, 8e4), 60)]
        return {"type": "Polygon", "coordinates": [ring]}

    def features(self, count):
        kinds = [
            (self.polygon, 10), (self.donut, 3), (self.heap, 5), (self.line, 6), (self.lines, 2), (self.point, 4),
            (self.points, 2), (self.vertex, 2), (self.beside_edge, 4), (self.along_edge, 3), (self.sliver, 5),
            (self.whole_zone, 1), (self.collection, 2), (self.bow_tie, 1), (self.broad, 1),
        ]
        names = [kind.__name__ for kind, _ in kinds]
        features = []
        for number in range(count):
            name = self.random.choices(names, [weight for _, weight in kinds])[0]
            site = f"R-{number:04d}"
            rows = [getattr(self, name)()]
            if self.random.random() < 0.1:  # Several rows under one id, of several kinds.
                rows += [getattr(self, self.random.choice(["polygon", "line", "point"]))() for _ in range(2)]
            for geometry in rows:
                properties = {"id": site, "name": f"{name} {number}" if number % 3 else None, "kind": name}
                features.append({"type": "Feature", "properties": properties, "geometry": geometry})
        features.append({"type": "Feature", "properties": {"id": "R-none", "kind": "nothing"}, "geometry": None})
        return features


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog")
    parser.add_argument("sites")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    arguments = parser.parse_args()
    features = Maker(Catalog(arguments.catalog), arguments.seed).features(arguments.count)
    with open(arguments.sites, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file, ensure_ascii=False)
    print(f"{len(features)} rows in {arguments.sites}")


if __name__ == "__main__":
    main()
