"""The plan of the Wuwei sample: real names and codes, invented geometry and figures."""

from .geojson import Feature
from .landscape import Landscape
from .plan import Belt, County, Oval, Park, Plan, Reserve, School, Source, Space, Town
from .sites import SitePlanner

PLAN = Plan(
    id="wuwei",
    seed="redline-sample-wuwei-1",
    code="620600",
    parts=[
        [
            Oval(103.35, 38.7, 0.78, 0.55, power=4),
            Oval(102.65, 37.95, 0.6, 0.45),
            Oval(103.35, 37.5, 0.75, 0.4),
            Oval(102.75, 37.1, 0.7, 0.42),
        ]
    ],
    part_county=[None],
    cell=(0.052, 0.036),
    redline_cell=(0.033, 0.023),
    counties=[
        County("620602", "凉州区", (102.65, 37.95), "凉州区"),
        County("620621", "民勤县", (103.35, 38.7), "民勤县"),
        County("620622", "古浪县", (103.45, 37.5), "古浪县"),
        County("620623", "天祝藏族自治县", (102.7, 37.05), "天祝县"),
    ],
    belts=[
        Belt(Oval(102.6, 37.05, 0.7, 0.35), "水源涵养", "祁连山北麓"),
        Belt(Oval(102.3, 37.6, 0.4, 0.3), "生物多样性维护", "西营河上游"),
        Belt(Oval(103.3, 37.25, 0.5, 0.2), "水土流失", "古浪南部"),
        Belt(Oval(103.5, 38.9, 0.7, 0.4), "防风固沙", "民勤绿洲外围"),
        Belt(Oval(103.6, 37.75, 0.4, 0.25), "土地沙化", "腾格里南缘"),
        Belt(Oval(102.95, 38.25, 0.3, 0.25), "水域岸线", "石羊河"),
    ],
    redline_polygons=64,
    redline_share=0.28,
    forest_share=0.1901,
    forest=[Oval(102.6, 37.1, 0.6, 0.35), Oval(103.2, 38.6, 0.4, 0.3)],
    grass=[Oval(102.7, 37.2, 0.9, 0.5)],
    cropland=4.0,
    reserves=[
        Reserve("祁连北麓示范自然保护区", "自然保护区", "国家级", (102.55, 37.1), (0.26, 0.13), 15),
        Reserve("毛毛山示范森林自然公园", "自然公园", "省级", (102.85, 37.16), (0.14, 0.08), 0, core=0),
        Reserve("青土湖示范湿地自然公园", "自然公园", "国家级", (103.55, 38.95), (0.14, 0.08), 0, core=0),
        Reserve("连古城示范自然保护区", "自然保护区", "国家级", (103.15, 38.75), (0.2, 0.1), -25),
    ],
    sources=[
        Source("凉州区示范水源地", (102.5, 37.8), "620602"),
        Source("古浪县示范水源地", (103.2, 37.4), "620622"),
    ],
    parks=[
        Park("武威工业园区", (102.85, 37.95), (0.04, 0.025), 0.15, "620602"),
        Park("古浪工业集中区", (103.35, 37.6), (0.03, 0.02), -0.1, "620622", "一般园区"),
    ],
    spaces=[Space("民勤示范一般生态空间", (103.35, 38.35), (0.05, 0.04), "620621")],
    schools=[School("凉州区示范小学", (102.65, 37.93), "620602")],
    towns=[
        Town("武威工业园区", (102.85, 37.95), 5, "620602"),
        Town("凉州区城区", (102.65, 37.93), 8, "620602"),
        Town("古浪工业集中区", (103.35, 37.6), 4, "620622"),
        Town("古浪县城区", (103.15, 37.47), 4, "620622"),
        Town("民勤县城区", (103.1, 38.5), 6, "620621"),
        Town("天祝县城区", (102.95, 37.0), 4, "620623"),
    ],
)


def make_sites(landscape: Landscape) -> list[Feature]:
    planner = SitePlanner(landscape)
    planner.solar_park("WW-001", "民勤示范光伏电站")
    planner.clear("WW-002", "示范农产品仓库", "5951 谷物仓储", "building")
    planner.power_line("WW-003", "示范35千伏输电线路")
    planner.half_outside("WW-004", "示范治沙道班", "5443 公路管理与养护", "road")
    planner.inside_park("WW-005", "示范精细化工厂", "武威工业园区")
    planner.mine_in_core("WW-006", "示范石灰石矿", "祁连北麓示范自然保护区")
    planner.beside_school("WW-007", "示范精细化工厂（校旁）", "凉州区示范小学", metres=480)
    return planner.features
