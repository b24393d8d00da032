"""Land cover as a raster: cells by what lies at their centre, and so many of them forest that its share is as planned.

GeoTIFF (TIFF 6.0, OGC 19-008r4) in bytes, packed by runs (PackBits), because other compressors differ between versions.
"""

from bisect import bisect_left
from math import floor
from struct import pack

from .ellipsoid import TICKS, ring_area
from .geojson import Feature
from .landscape import Landscape

SIZE = TICKS // 50
"""Side of a cell: 0.02 degrees."""

NO_DATA = 255
FOREST, GRASS = 3, 4


class Raster:
    """Classes on a grid, the first row the northern one."""

    def __init__(self, west: int, north: int, width: int, height: int) -> None:
        self.west, self.north, self.width, self.height = west, north, width, height
        self.rows = [bytearray([NO_DATA]) * width for _ in range(height)]

    def area(self, row: int) -> float:
        """Area of a cell of a row in square metres."""
        north = self.north - row * SIZE
        south = north - SIZE
        return ring_area([(0, south), (SIZE, south), (SIZE, north), (0, north), (0, south)])


def make_raster(land: Landscape) -> Raster:
    box = [f(point[i] for polygon in land.outline for point in polygon[0]) for f in (min, max) for i in (0, 1)]
    west, south = (floor(value / SIZE) - 1 for value in box[:2])
    east, north = (floor(value / SIZE) + 2 for value in box[2:])
    raster = Raster(west * SIZE, north * SIZE, east - west, north - south)
    for patch in land.land_cover:
        _fill(raster, patch, int(patch.properties["DLBM"]))
    _tune(land, raster)
    return raster


def _fill(raster: Raster, patch: Feature, value: int) -> None:
    """Give the value to the cells whose centre lies in a patch: even-odd along each row of centres."""
    crossings: dict[int, list[float]] = {}
    for ring in (ring for polygon in patch.polygons for ring in polygon):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if y1 == y2:
                continue
            (top_x, top), (low_x, low) = ((x1, y1), (x2, y2)) if y1 > y2 else ((x2, y2), (x1, y1))
            # Centres at north - (row + 1/2) * SIZE, from the first below the top down to the last above the end.
            first = -((top - raster.north + SIZE // 2) // SIZE)
            last = (raster.north - SIZE // 2 - low - 1) // SIZE
            for row in range(max(first, 0), min(last, raster.height - 1) + 1):
                y = raster.north - row * SIZE - SIZE // 2
                crossings.setdefault(row, []).append(top_x + (low_x - top_x) * ((top - y) / (top - low)))
    for row, places in crossings.items():
        places.sort()
        for start, end in zip(places[::2], places[1::2]):
            columns = (-floor(-((place - raster.west) / SIZE - 0.5)) for place in (start, end))
            first, behind = (min(max(column, 0), raster.width) for column in columns)
            raster.rows[row][first:behind] = bytes([value]) * (behind - first)


def _tune(land: Landscape, raster: Raster) -> None:
    """Make the forest cells, all of them wholly inside the territory, weigh what the plan says.

    Grass beside forest becomes forest until less than a cell is missing; then one cell of forest and one of grass are
    exchanged between two rows, whose cells differ a little in area.
    """
    target = land.plan.forest_share * land.area
    inside = _inner_cells(land, raster)
    for row, column in [(r, c) for r in range(raster.height) for c in range(raster.width)]:
        if raster.rows[row][column] == FOREST and (row, column) not in inside:
            raster.rows[row][column] = GRASS
    areas = [raster.area(row) for row in range(raster.height)]
    forest = [(r, c) for r, c in sorted(inside) if raster.rows[r][c] == FOREST]
    grass = _grass_by_distance(raster, inside, forest)
    missing = target - sum(areas[r] for r, _ in forest)
    while missing >= areas[grass[-1][0]]:
        row, column = grass.pop()
        raster.rows[row][column] = FOREST
        missing -= areas[row]
        forest.append((row, column))
    while missing < 0:
        row, column = forest.pop()
        raster.rows[row][column] = GRASS
        missing += areas[row]
        grass.append((row, column))
    for _ in range(20):
        # The exchange that leaves least: forest of one row to grass, grass of another to forest.
        by_area = sorted({areas[r]: (r, c) for r, c in grass}.items())
        keys = [area for area, _ in by_area]
        best = (abs(missing), None, None)
        for row, column in {r: (r, c) for r, c in forest}.values():
            place = bisect_left(keys, areas[row] + missing)
            for area, other in by_area[max(place - 1, 0) : place + 1]:
                left = abs(missing - (area - areas[row]))
                if left < best[0]:
                    best = (left, (row, column), other)
        _, old, new = best
        if old is None or new is None:
            break
        raster.rows[old[0]][old[1]], raster.rows[new[0]][new[1]] = GRASS, FOREST
        missing -= areas[new[0]] - areas[old[0]]
        forest = [cell for cell in forest if cell != old] + [new]
        grass = [cell for cell in grass if cell != new] + [old]
    total = sum(areas[r] * row.count(FOREST) for r, row in enumerate(raster.rows))
    assert abs(total / land.area - land.plan.forest_share) < 1e-8, f"the raster's forest share is {total / land.area}"


def _grass_by_distance(
    raster: Raster, inside: set[tuple[int, int]], forest: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The cells of grass that forest can grow over, the nearest to forest last."""
    found = []
    seen = set(forest)
    edge = forest
    while edge:
        beside = []
        for row, column in edge:
            for cell in ((row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column)):
                if cell not in seen and cell in inside and raster.rows[cell[0]][cell[1]] == GRASS:
                    seen.add(cell)
                    beside.append(cell)
        found += beside
        edge = beside
    return found[::-1]


def _inner_cells(land: Landscape, raster: Raster) -> set[tuple[int, int]]:
    """Cells with data that the outline of the territory does not come near."""
    touched = set()
    for ring in (ring for polygon in land.outline for ring in polygon):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            steps = max(abs(x2 - x1), abs(y2 - y1)) // (SIZE // 4) + 1
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step // steps, y1 + (y2 - y1) * step // steps
                column, row = (x - raster.west) // SIZE, (raster.north - y) // SIZE
                touched.update((row + dy, column + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
    return {
        (row, column)
        for row in range(raster.height)
        for column in range(raster.width)
        if raster.rows[row][column] != NO_DATA and (row, column) not in touched
    }


def encode(raster: Raster) -> bytes:
    """The raster as a GeoTIFF in EPSG:4490, sixteen rows to a strip."""
    strips = [
        b"".join(_packed(bytes(row)) for row in raster.rows[first : first + 16])
        for first in range(0, raster.height, 16)
    ]
    keys = [(1, 1, 0, 3), (1024, 0, 1, 2), (1025, 0, 1, 1), (2048, 0, 1, 4490)]
    tags: list[tuple[int, int, list]] = [
        (256, 4, [raster.width]), (257, 4, [raster.height]), (258, 3, [8]), (259, 3, [32773]), (262, 3, [1]),
        (273, 4, []), (277, 3, [1]), (278, 4, [16]), (279, 4, [len(strip) for strip in strips]),
        (33550, 12, [SIZE / TICKS, SIZE / TICKS, 0.0]),
        (33922, 12, [0.0, 0.0, 0.0, raster.west / TICKS, raster.north / TICKS, 0.0]),
        (34735, 3, [number for key in keys for number in key]), (42113, 2, list(f"{NO_DATA}\0".encode())),
    ]  # fmt: skip
    offset = 8
    offsets = []
    for strip in strips:
        offsets.append(offset)
        offset += len(strip)
    padding = offset % 2
    directory = offset + padding
    formats = {2: "B", 3: "H", 4: "I", 12: "d"}
    sizes = {2: 1, 3: 2, 4: 4, 12: 8}
    tags = [(tag, kind, offsets if tag == 273 else values) for tag, kind, values in tags]
    beyond = directory + 2 + 12 * len(tags) + 4
    entries, extra = b"", b""
    for tag, kind, values in tags:
        content = pack(f"<{len(values)}{formats[kind]}", *values)
        entries += pack("<HHI", tag, kind, len(values))
        if len(values) * sizes[kind] <= 4:
            entries += content.ljust(4, b"\0")
        else:
            entries += pack("<I", beyond + len(extra))
            extra += content + b"\0" * (len(content) % 2)
    head = pack("<2sHI", b"II", 42, directory)
    return head + b"".join(strips) + b"\0" * padding + pack("<H", len(tags)) + entries + pack("<I", 0) + extra


def _packed(row: bytes) -> bytes:
    """A row in PackBits (TIFF 6.0, section 9)."""
    packed = bytearray()
    literal = bytearray()
    place = 0
    while place < len(row):
        end = place + 1
        while end < len(row) and end - place < 128 and row[end] == row[place]:
            end += 1
        if end - place >= 3:
            _flush(packed, literal)
            packed += bytes([257 - (end - place), row[place]])
        else:
            literal += row[place:end]
        place = end
    _flush(packed, literal)
    return bytes(packed)


def _flush(packed: bytearray, literal: bytearray) -> None:
    for start in range(0, len(literal), 128):
        part = literal[start : start + 128]
        packed += bytes([len(part) - 1]) + part
    literal.clear()
