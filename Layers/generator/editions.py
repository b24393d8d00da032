"""An earlier edition of a layer, for comparisons."""

from copy import deepcopy

from .geojson import Feature
from .landscape import Landscape


def make_earlier_protected(land: Landscape) -> list[Feature]:
    """The protected areas as they were in 2018, each difference once.

    One area was no national park yet, one was elsewhere, one was drawn less carefully (a few decimetres off), and one
    was not there.
    """
    earlier = []
    for feature in deepcopy(land.protected):
        code = feature.properties["BHDBM"]
        if code.endswith("07YB"):
            continue
        if "01" in code[-4:]:
            feature.properties["BHDLX"] = "自然保护区"
        if code.endswith("05YB"):
            feature.polygons = [[_moved(ring, _wander) for ring in polygon] for polygon in feature.polygons]
        if code.endswith("06YB"):
            feature.polygons = [
                [_moved(ring, lambda _: (2_000_000, 0)) for ring in polygon] for polygon in feature.polygons
            ]
        earlier.append(feature)
    return earlier


def _wander(place: int) -> tuple[int, int]:
    """At most 200 hundred-millionths of a degree, 0.2 m."""
    return (place * 7919) % 401 - 200, (place * 6007) % 401 - 200


def _moved(ring, step):
    """A closed ring with every vertex moved, the last one as the first."""
    moved = [(x + step(place)[0], y + step(place)[1]) for place, (x, y) in enumerate(ring[:-1])]
    return moved + moved[:1]
