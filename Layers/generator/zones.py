"""Protected areas, water sources, industrial parks, general ecological space and schools."""

from .ellipsoid import shifted
from .fractal import RaggedRing
from .geojson import Feature
from .landscape import REMARK, Landscape, rounded


def make_protected(land: Landscape) -> list[Feature]:
    features = []
    for number, reserve in enumerate(land.plan.reserves, 1):
        centre = rounded(reserve.centre)
        seed = f"{land.plan.seed}/reserve/{number}"
        shell = RaggedRing(seed, reserve.radii, reserve.turn, levels=7).at(centre)
        county = land.county_at(reserve.centre)
        base = {"BHDLX": reserve.category, "BHDJB": reserve.level, "XZQDM": county, "BZ": REMARK}
        code = f"BHD{land.plan.code}{number:02d}"
        rings = [shell]
        if reserve.core:
            # Half of a ring that varies by a fifth stays inside one that varies by a quarter: 0.60 < 0.75.
            size = (reserve.radii[0] * reserve.core, reserve.radii[1] * reserve.core)
            core = RaggedRing(f"{seed}/core", size, reserve.turn, roughness=0.2).at(centre)
            rings.append(core[::-1])
            name = {"BHDBM": f"{code}HX", "BHDMC": reserve.name, "GNFQ": "核心保护区"}
            features.append(Feature(name | base, [[core]]))
        name = {"BHDBM": f"{code}YB", "BHDMC": reserve.name, "GNFQ": "一般控制区"}
        features.append(Feature(name | base, [rings]))
    return features


def make_water_sources(land: Landscape) -> list[Feature]:
    features = []
    for number, source in enumerate(land.plan.sources, 1):
        seed = f"{land.plan.seed}/water/{number}"
        inner = RaggedRing(seed, (0.008, 0.006), 20.0 * number, levels=5).at(rounded(source.centre))
        outer = RaggedRing(f"{seed}/outer", (0.03, 0.02), 20.0 * number, levels=5).at(rounded(source.centre))
        for grade, polygon in (("一级", [inner]), ("二级", [outer, inner[::-1]])):
            features.append(
                Feature(
                    {
                        "SYDBM": f"SYD{source.county}{number:02d}{'1' if grade == '一级' else '2'}",
                        "SYDMC": source.name,
                        "BHQJB": f"{grade}保护区",
                        "XZQDM": source.county,
                        "BZ": REMARK,
                    },
                    [polygon],
                )
            )
    return features


def make_parks(land: Landscape) -> list[Feature]:
    """Rectangles with a cut corner and a step, turned by a slope."""
    features = []
    for number, park in enumerate(land.plan.parks, 1):
        a, b = park.half_sides
        corners = [(-a, -b), (a * 0.7, -b), (a, -b / 2), (a, b), (-a * 0.4, b), (-a * 0.4, b * 0.6), (-a, b * 0.6)]
        longitude, latitude = park.centre
        ring = [rounded((longitude + x - park.slope * y, latitude + y + park.slope * x)) for x, y in corners]
        features.append(
            Feature(
                {
                    "YQDM": f"YQ{park.county}{number:02d}",
                    "YQMC": park.name,
                    "YQLX": park.kind,
                    "XZQDM": park.county,
                    "BZ": REMARK,
                },
                [[ring + ring[:1]]],
            )
        )
    return features


def make_spaces(land: Landscape) -> list[Feature]:
    features = []
    for number, space in enumerate(land.plan.spaces, 1):
        ring = RaggedRing(f"{land.plan.seed}/space/{number}", space.radii, 0.0, levels=5).at(rounded(space.centre))
        code = {"STKJDM": f"STKJ{space.county}{number:02d}", "STKJMC": space.name, "XZQDM": space.county, "BZ": REMARK}
        features.append(Feature(code, [[ring]]))
    return features


def make_schools(land: Landscape) -> list[Feature]:
    """Yards of 160 by 120 metres."""
    features = []
    for number, school in enumerate(land.plan.schools, 1):
        centre = rounded(school.centre)
        ring = [shifted(centre, x, y) for x, y in ((-80, -60), (80, -60), (80, 60), (-80, 60))]
        code = {"MGMBDM": f"XX{school.county}{number:02d}", "MGMBMC": school.name, "MBLX": "学校"}
        features.append(Feature(code | {"XZQDM": school.county, "BZ": REMARK}, [[ring + ring[:1]]]))
    return features
