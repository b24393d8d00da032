"""The plan of the Haixi sample: real names and codes, invented geometry and figures."""

from .geojson import Feature
from .landscape import Landscape
from .plan import Belt, County, Oval, Park, Plan, Reserve, School, Source, Space, Town
from .sites import SitePlanner

PLAN = Plan(
    id="haixi",
    seed="redline-sample-haixi-1",
    code="632800",
    parts=[
        [
            Oval(92.5, 37.3, 2.0, 1.5, power=4),
            Oval(94.9, 36.9, 2.3, 2.0),
            Oval(97.2, 37.1, 1.7, 1.75, power=4),
        ],
        [Oval(91.8, 33.5, 1.25, 0.62)],
    ],
    part_county=[None, "632801"],
    cell=(0.12, 0.083),
    redline_cell=(0.075, 0.053),
    counties=[
        County("632801", "格尔木市", (93.9, 36.1), "格尔木市"),
        County("632802", "德令哈市", (96.3, 37.9), "德令哈市"),
        County("632803", "茫崖市", (91.7, 38.0), "茫崖市"),
        County("632821", "乌兰县", (98.2, 36.95), "乌兰县"),
        County("632822", "都兰县", (97.1, 36.0), "都兰县"),
        County("632823", "天峻县", (97.9, 38.2), "天峻县"),
        County("632857", "大柴旦行政委员会", (94.6, 38.0), "大柴旦"),
    ],
    belts=[
        Belt(Oval(97.6, 38.3, 1.6, 0.75), "水源涵养", "祁连山南麓"),
        Belt(Oval(95.0, 35.7, 2.6, 0.6), "生物多样性维护", "昆仑山北麓"),
        Belt(Oval(91.8, 33.5, 1.2, 0.7), "生物多样性维护", "沱沱河"),
        Belt(Oval(97.9, 36.4, 0.9, 0.6), "水土保持", "都兰—乌兰"),
        Belt(Oval(92.3, 37.0, 1.3, 0.7), "防风固沙", "柴达木西部"),
        Belt(Oval(94.4, 37.3, 0.9, 0.4), "土地沙化", "柴达木中部"),
    ],
    redline_polygons=82,
    redline_share=0.205,
    forest_share=0.041,
    forest=[Oval(97.7, 36.3, 1.4, 0.8), Oval(97.9, 38.1, 1.2, 0.6)],
    grass=[Oval(97.6, 37.6, 2.0, 1.8), Oval(94.5, 35.6, 4.0, 0.7), Oval(91.8, 33.5, 1.8, 1.0)],
    cropland=1.6,
    reserves=[
        Reserve("哈拉湖示范国家公园", "国家公园", "国家级", (97.45, 38.25), (0.62, 0.33), 12),
        Reserve("柏树山示范自然保护区", "自然保护区", "省级", (97.0, 37.92), (0.3, 0.2), -20),
        Reserve("昆仑北麓示范自然保护区", "自然保护区", "国家级", (95.2, 35.85), (0.6, 0.24), 8),
        Reserve("诺木洪示范自然保护区", "自然保护区", "省级", (96.2, 36.25), (0.28, 0.2), 0),
        Reserve("可鲁克示范湿地自然公园", "自然公园", "国家级", (95.95, 37.45), (0.17, 0.1), 0, core=0),
        Reserve("香日德示范森林自然公园", "自然公园", "省级", (97.55, 36.2), (0.24, 0.15), 30, core=0),
        Reserve("那棱格勒示范沙漠自然公园", "自然公园", "省级", (92.4, 37.05), (0.32, 0.18), -10, core=0),
        Reserve("沱沱河示范自然保护区", "自然保护区", "国家级", (91.8, 33.5), (0.5, 0.25), 5),
    ],
    sources=[
        Source("格尔木市示范水源地", (94.55, 36.3), "632801"),
        Source("德令哈市示范水源地", (96.85, 37.58), "632802"),
        Source("乌兰县示范水源地", (98.2, 37.05), "632821"),
        Source("大柴旦示范水源地", (95.25, 37.95), "632857"),
    ],
    parks=[
        Park("德令哈工业园", (96.4, 37.35), (0.06, 0.035), 0.25, "632802"),
        Park("格尔木工业园", (94.75, 36.5), (0.08, 0.045), -0.2, "632801"),
        Park("乌兰工业园", (98.45, 36.85), (0.04, 0.025), 0.1, "632821", "一般园区"),
    ],
    spaces=[
        Space("乌图美仁示范一般生态空间", (93.2, 36.6), (0.12, 0.08), "632801"),
        Space("大柴旦示范一般生态空间", (94.95, 38.0), (0.08, 0.06), "632857"),
    ],
    schools=[
        School("茫崖市示范小学", (91.4, 38.2), "632803"),
        School("德令哈市示范中学", (96.75, 37.45), "632802"),
    ],
    towns=[
        Town("德令哈工业园", (96.4, 37.35), 4, "632802"),
        Town("德令哈市城区", (96.75, 37.45), 6, "632802"),
        Town("格尔木工业园", (94.75, 36.5), 5, "632801"),
        Town("格尔木市城区", (94.9, 36.35), 7, "632801"),
        Town("乌兰工业园", (98.45, 36.85), 3, "632821"),
        Town("乌兰县城区", (98.25, 36.9), 4, "632821"),
        Town("都兰县城区", (97.2, 36.3), 4, "632822"),
        Town("天峻县城区", (98.4, 37.75), 4, "632823"),
        Town("茫崖市城区", (91.4, 38.2), 5, "632803"),
        Town("大柴旦镇区", (95.3, 37.8), 4, "632857"),
    ],
)


def make_sites(landscape: Landscape) -> list[Feature]:
    planner = SitePlanner(landscape)
    planner.solar_park("HX-001", "柴达木示范光伏电站")
    planner.clear("HX-002", "示范通信机房", "6312 移动电信服务", "building")
    line = planner.power_line("HX-003", "示范110千伏输电线路")
    planner.tower_inside("HX-004", "示范输电线路12号塔", line)
    planner.tower_outside("HX-005", "示范输电线路15号塔", line, metres=5)
    planner.half_outside("HX-006", "示范公路服务区", "5449 其他道路运输辅助活动", "road")
    planner.touching("HX-007", "示范养殖场", "0311 牛的饲养", "livestock-farm")
    planner.inside_park("HX-008", "示范无机盐化工厂（园内）", "德令哈工业园")
    planner.outside_parks("HX-009", "示范无机盐化工厂（园外）", near=(96.2, 37.15))
    planner.mine_in_core("HX-010", "示范铅锌矿采矿区", "柏树山示范自然保护区")
    planner.near_water_source("HX-011", "示范加油站", "德令哈市示范水源地", metres=300)
    planner.inside_exclave("HX-012", "示范环境监测站", (91.3, 33.55))
    planner.in_space("HX-013", "示范生态旅游营地", "乌图美仁示范一般生态空间")
    planner.beside_school("HX-014", "示范铅酸蓄电池厂", "茫崖市示范小学", metres=480)
    return planner.features
