"""A planar mesh of ragged cells: every arc is made once and used by both neighbours.

The cells are jittered hexagons. Three cells meet at every node, so a union of cells never touches itself in a
point, and its outline is a valid polygon. Layers that tile are unions of cells of one mesh.
"""

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from math import floor
from random import Random

from .ellipsoid import TICKS, Point, Polygon, Ring, polygon_area, ring_area
from .fractal import Vector, ragged_line

Cell = tuple[int, int]
"""Column and row."""
Node = tuple[int, int]
"""Place in the lattice: half cells eastward, thirds of a row northward."""

_CORNERS = [(0, -2), (1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1)]
"""Counter-clockwise from the southern corner."""


class Mesh:
    """Hexagons over a box, with nodes moved and sides made ragged by a seed."""

    def __init__(self, seed: str, origin: Vector, width: float, height: float, levels: int) -> None:
        """Origin in degrees; width of a cell and distance of two rows in degrees; 2^levels segments for a side."""
        self.seed = seed
        self.origin = origin
        self.width = width
        self.height = height
        self.levels = levels
        self._nodes: dict[Node, Point] = {}
        self._centres: dict[Cell, Vector] = {}
        self._arcs: dict[tuple[Node, Node], list[Point]] = {}

    def corners(self, cell: Cell) -> list[Node]:
        column, row = cell
        x, y = 2 * column + (row & 1), 3 * row
        return [(x + dx, y + dy) for dx, dy in _CORNERS]

    def neighbours(self, cell: Cell) -> list[Cell]:
        """In the order of the sides, so that side i lies between corners i and i + 1."""
        column, row = cell
        east = column + (row & 1)
        return [
            (east, row - 1), (column + 1, row), (east, row + 1),
            (east - 1, row + 1), (column - 1, row), (east - 1, row - 1),
        ]  # fmt: skip

    def node(self, node: Node) -> Point:
        found = self._nodes.get(node)
        if found is None:
            random = Random(f"{self.seed}/node/{node[0]}/{node[1]}")
            x = self.origin[0] + self.width * (node[0] / 2 + (random.random() - 0.5) * 0.34)
            y = self.origin[1] + self.height * (node[1] / 3 + (random.random() - 0.5) * 0.34)
            found = self._nodes[node] = (round(x * 1e6) * 100, round(y * 1e6) * 100)
        return found

    def centre(self, cell: Cell) -> Vector:
        """Mean of the corners in degrees."""
        found = self._centres.get(cell)
        if found is None:
            points = [self.node(node) for node in self.corners(cell)]
            found = (sum(x for x, _ in points) / 6 / TICKS, sum(y for _, y in points) / 6 / TICKS)
            self._centres[cell] = found
        return found

    def centre_point(self, cell: Cell) -> Point:
        x, y = self.centre(cell)
        return round(x * 1e6) * 100, round(y * 1e6) * 100

    def nearest(self, longitude: float, latitude: float) -> Cell:
        """The cell whose centre lies nearest: nearly always the one that holds the place."""
        row = floor((latitude - self.origin[1]) / self.height + 0.5)
        best = None
        for r in (row - 1, row, row + 1):
            column = floor((longitude - self.origin[0]) / self.width - (r & 1) / 2 + 0.5)
            for c in (column - 1, column, column + 1):
                x, y = self.centre((c, r))
                distance = ((x - longitude) / self.width) ** 2 + ((y - latitude) / self.height) ** 2
                if best is None or distance < best[0]:
                    best = (distance, (c, r))
        return best[1]

    def box(self, west: float, south: float, east: float, north: float) -> list[Cell]:
        columns = range(floor((west - self.origin[0]) / self.width), floor((east - self.origin[0]) / self.width) + 2)
        rows = range(floor((south - self.origin[1]) / self.height), floor((north - self.origin[1]) / self.height) + 2)
        return [(column, row) for row in rows for column in columns]

    def arc(self, start: Node, end: Node, left: Cell, right: Cell) -> list[Point]:
        """The ragged side from start to end; made once, in one direction, and handed out in both."""
        if end < start:
            return self.arc(end, start, right, left)[::-1]
        found = self._arcs.get((start, end))
        if found is None:
            a, c = ((x / TICKS, y / TICKS) for x, y in (self.node(start), self.node(end)))
            b, d = self.centre(left), self.centre(right)
            for p, q, r in ((a, d, c), (d, c, b), (c, b, a), (b, a, d)):
                turn = (q[0] - p[0]) * (r[1] - q[1]) - (q[1] - p[1]) * (r[0] - q[0])
                assert turn > 0, f"side {start}-{end}: its quadrilateral is not convex; lower the jitter"
            random = Random(f"{self.seed}/arc/{start[0]}/{start[1]}/{end[0]}/{end[1]}")
            line = ragged_line(a, c, b, d, self.levels, random)
            found = [(round(x * 1e6) * 100, round(y * 1e6) * 100) for x, y in line]
            self._arcs[start, end] = found
        return found

    def components(self, cells: Iterable[Cell]) -> list[list[Cell]]:
        """Connected parts in a fixed order, each sorted."""
        left = set(cells)
        parts = []
        for first in sorted(left):
            if first not in left:
                continue
            left.remove(first)
            part, stack = [], [first]
            while stack:
                cell = stack.pop()
                part.append(cell)
                for other in self.neighbours(cell):
                    if other in left:
                        left.remove(other)
                        stack.append(other)
            parts.append(sorted(part))
        return parts

    def outline(self, cells: Iterable[Cell]) -> Polygon:
        """The outline of connected cells: the shell counter-clockwise, then the holes clockwise."""
        inside = set(cells)
        sides: dict[Node, tuple[Node, Cell, Cell]] = {}
        for cell in inside:
            corners = self.corners(cell)
            for index, other in enumerate(self.neighbours(cell)):
                if other not in inside:
                    sides[corners[index]] = (corners[(index + 1) % 6], cell, other)
        rings: list[Ring] = []
        while sides:
            first = node = min(sides)
            ring = [self.node(first)]
            while True:
                end, left, right = sides.pop(node)
                ring += self.arc(node, end, left, right)[1:]
                node = end
                if node == first:
                    break
            rings.append(ring)
        shells = [ring for ring in rings if ring_area(ring) > 0]
        assert len(shells) == 1, "the cells are not connected"
        return shells + [ring for ring in rings if ring is not shells[0]]

    def outlines(self, cells: Iterable[Cell]) -> list[Polygon]:
        return [self.outline(part) for part in self.components(cells)]

    def area(self, cell: Cell) -> float:
        """Area of one cell in square metres."""
        return polygon_area(self.outline([cell]))

    def within(self, cell: Cell, rings: int) -> set[Cell]:
        """The cell and those at most some steps away."""
        found = {cell}
        edge = [cell]
        for _ in range(rings):
            edge = [other for one in edge for other in self.neighbours(one) if other not in found]
            found.update(edge)
        return found

    def without_holes(self, cells: Iterable[Cell]) -> set[Cell]:
        """The cells and every gap that they enclose."""
        inside = set(cells)
        columns, rows = [c for c, _ in inside], [r for _, r in inside]
        frame = {(c, r) for r in range(min(rows) - 1, max(rows) + 2) for c in range(min(columns) - 1, max(columns) + 2)}
        parts = self.components(frame - inside)
        corner = (min(columns) - 1, min(rows) - 1)
        return inside.union(*(part for part in parts if corner not in part))


def grow(mesh: Mesh, seeds: dict[Cell, int], allowed: set[Cell], cost: Callable[[Cell], float]) -> dict[Cell, int]:
    """Share cells out among seeds by cheapest way; what each seed gets is connected."""
    labels: dict[Cell, int] = {}
    heap = [(0.0, cell, label) for cell, label in sorted(seeds.items())]
    while heap:
        spent, cell, label = heappop(heap)
        if cell in labels:
            continue
        labels[cell] = label
        for other in mesh.neighbours(cell):
            if other in allowed and other not in labels:
                heappush(heap, (spent + cost(other), other, label))
    return labels
