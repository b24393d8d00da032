#!/usr/bin/env python3
"""Makes the corpus of odd files, its manifest, and the table in the documentation.

Every file holds the same square of ground, written in another way: 96.00 to 96.01 E, 37.10 to 37.11 N. What must happen
to it stands in manifest.csv, with the middle of the first site worked out here: Gauss-Krueger by Krueger's series,
GCJ-02 and BD-09 by the public formulas. `--check` compares what is on disk with what would be written.
"""

import csv
import io
import sys
import zipfile
from math import asinh, atan2, atanh, cos, cosh, pi, radians, sin, sinh, sqrt, tan
from pathlib import Path
from struct import pack

FOLDER = Path(__file__).resolve().parent
TABLE = FOLDER.parent.parent / "Documentation" / "odd-files.md"
SQUARE = [(96.00, 37.10), (96.01, 37.10), (96.01, 37.11), (96.00, 37.11)]
HOLE = [(96.004, 37.104), (96.006, 37.104), (96.006, 37.106), (96.004, 37.106)]
APART = [(96.02, 37.10), (96.03, 37.10), (96.03, 37.11), (96.02, 37.11)]
MIDDLE = (96.005, 37.105)

# ---------------------------------------------------------------------------------------------------- coordinates


def gauss_krueger(lon, lat, meridian, a=6378137.0, f=1 / 298.257222101):
    """Easting from the meridian and northing, by Krueger's series to the fourth order in n."""
    n = f / (2 - f)
    radius = a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = [
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    ]
    e = sqrt(f * (2 - f))
    phi, lam = radians(lat), radians(lon - meridian)
    t = sinh(atanh(sin(phi)) - e * atanh(e * sin(phi)))
    xi, eta = atan2(t, cos(lam)), atanh(sin(lam) / sqrt(1 + t * t))
    north = xi + sum(x * sin(2 * j * xi) * cosh(2 * j * eta) for j, x in enumerate(alpha, 1))
    east = eta + sum(x * cos(2 * j * xi) * sinh(2 * j * eta) for j, x in enumerate(alpha, 1))
    return radius * east, radius * north


def plane(ring, meridian, false_easting):
    return [(e + false_easting, n) for e, n in (gauss_krueger(x, y, meridian) for x, y in ring)]


def mercator(ring):
    return [(radians(x) * 6378137, asinh(tan(radians(y))) * 6378137) for x, y in ring]


def gcj02(lon, lat):
    x, y = lon - 105, lat - 35
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    n = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    n += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3 + (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    e = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    e += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3 + (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    a, ee = 6378245.0, 0.00669342162296594323
    root = sqrt(1 - ee * sin(radians(lat)) ** 2)
    return lon + e * 180 / (a / root * cos(radians(lat)) * pi), lat + n * 180 / (a * (1 - ee) / root**3 * pi)


def bd09(lon, lat):
    x, y = gcj02(lon, lat)
    z = sqrt(x * x + y * y) + 0.00002 * sin(y * pi * 3000 / 180)
    t = atan2(y, x) + 0.000003 * cos(x * pi * 3000 / 180)
    return z * cos(t) + 0.0065, z * sin(t) + 0.006


def dms(value, form="{}°{:02d}′{:05.2f}″"):
    hundredths = round(value * 360000)
    return form.format(hundredths // 360000, hundredths // 6000 % 60, hundredths % 6000 / 100)


def number(value):
    return f"{value:.4f}"


# ---------------------------------------------------------------------------------------------------- the cases

CASES = []


def case(name, what, data, expected="read", words="", options="", sites=1, middle=MIDDLE):
    """One file. `expected`: read, skipped (no site is left) or refused (an error); `words`: what the message holds."""
    if isinstance(data, str):
        data = data.encode("utf-8")
    CASES.append((name, what, data, expected, words, options, sites, middle))


HEAD = {
    "格式版本号": "1.01", "数据产生单位": "某单位", "数据产生日期": "2024-1-1", "坐标系": "2000国家大地坐标系", "几度分带": "3",
    "投影类型": "高斯克吕格", "计量单位": "米", "带号": "32", "精度": "0.001", "转换参数": ",,,,,,",
}


def head(**changes):
    return "[属性描述]\n" + "".join(f"{k}={v}\n" for k, v in (HEAD | changes).items() if v is not None) + "[地块坐标]\n"


def points(ring, number_of_ring=1, start=1, prefix="J", swapped=False, closed=False, extra=""):
    ring = ring + ring[:1] if closed else ring
    lines = []
    for i, (east, north) in enumerate(ring):
        name = prefix + str(start + (0 if closed and i == len(ring) - 1 else i))
        pair = (east, north) if swapped else (north, east)
        lines.append(f"{name},{number_of_ring},{number(pair[0])},{number(pair[1])}{extra}\n")
    return "".join(lines)


LINE = "4,98.6,P1,一号地块,面,,光伏,0601,@\n"
Z32 = plane(SQUARE, 96, 32_500_000)
FREE = plane(SQUARE, 96, 500_000)
STANDARD = head() + LINE + points(Z32)


def texts():
    case("txt-plain.txt", "界址点 TXT as the tools write it, no closing point", STANDARD)
    case("txt-closed.txt", "the closing point is listed", head() + LINE + points(Z32, closed=True))
    case("txt-counted-closing.txt", "the closing point is listed and counted", head() + LINE.replace("4,", "5,", 1) + points(Z32, closed=True))
    case("txt-12-values.txt", "twelve values before @", head() + "4,98.6,P1,一号地块,面,,光伏,0601,甲,乙,丙,丁,@\n" + points(Z32))
    case("txt-no-values.txt", "nothing before @", head() + "@\n" + points(Z32))
    case("txt-no-plot-line.txt", "no line with @ at all", head() + points(Z32), words="No line that ends in @")
    case("txt-empty-values.txt", "all values before @ are empty", head() + ",,,,,,,,@\n" + points(Z32))
    case("txt-no-prefix-j.txt", "point numbers without J", head() + LINE + points(Z32, prefix=""))
    case("txt-gbk.txt", "GBK", STANDARD.encode("gbk"))
    case("txt-bom.txt", "UTF-8 with a byte-order mark", b"\xef\xbb\xbf" + STANDARD.encode())
    case("txt-utf16.txt", "UTF-16, as Windows editors call Unicode", b"\xff\xfe" + STANDARD.encode("utf-16-le"))
    case("txt-crlf.txt", "lines end as on Windows", STANDARD.replace("\n", "\r\n"))
    case("txt-cr.txt", "lines end as on old Macs", STANDARD.replace("\n", "\r"))
    case("txt-full-commas.txt", "full-width commas", head() + (LINE + points(Z32)).replace(",", "，"))
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    case("txt-full-digits.txt", "full-width digits", head() + LINE + points(Z32).translate(wide))
    case("txt-full-marks.txt", "full-width @ and brackets", STANDARD.replace("@", "＠").replace("[", "【").replace("]", "】"))
    case("txt-blank-lines.txt", "blank lines and spaces", STANDARD.replace("\n", "  \n\n").replace("J", "  J"))
    two = head() + LINE + points(Z32) + LINE.replace("P1", "P2").replace("一", "二") + points(plane(APART, 96, 32_500_000))
    case("txt-two-plots.txt", "two plots are two sites", two, sites=2)
    hole = points(plane(HOLE, 96, 32_500_000), 2, 5)
    case("txt-hole.txt", "ring 2 is a hole", head() + LINE.replace("4,", "8,", 1) + points(Z32) + hole)
    island = points(plane([(96.0045, 37.1045), (96.0055, 37.1045), (96.0055, 37.1055)], 96, 32_500_000), 3, 9)
    case("txt-island.txt", "ring 3 is an island in the hole", head() + "@\n" + points(Z32) + hole + island, words="parts, not as holes")
    case("txt-second-part.txt", "ring 2 lies outside: a part, no hole", head() + "@\n" + points(Z32) + points(plane(APART, 96, 32_500_000), 2, 5),
         words="parts, not as holes", middle=(96.015, 37.105))
    case("txt-zone-in-head.txt", "no zone prefix; 带号 in the head", head() + LINE + points(FREE))
    case("txt-meridian.txt", "no prefix and no 带号, but 中央经线", head(带号=None, 中央经线="96") + LINE + points(FREE))
    case("txt-zone-text.txt", "带号 with words around it", head(带号="第32带", 几度分带="3度带") + LINE + points(FREE))
    case("txt-six-degrees.txt", "6-degree zone 16 with prefix", head(带号="16", 几度分带="6") + LINE + points(plane(SQUARE, 93, 16_500_000)))
    case("txt-six-degrees-head.txt", "6-degree zone 16 in the head only", head(带号="16", 几度分带="6") + LINE + points(plane(SQUARE, 93, 500_000)))
    case("txt-swapped.txt", "easting before northing", head() + LINE + points(Z32, swapped=True), words="axes are swapped")
    case("txt-degrees.txt", "degrees in place of metres", head(计量单位="度") + LINE + points(SQUARE))
    case("txt-one-line-head.txt", "several keys on one line", "[属性描述]\n" + "  ".join(f"{k}={v}" for k, v in HEAD.items()) + "\n[地块坐标]\n" + LINE + points(Z32))
    case("txt-other-section.txt", "a section of another kind", head().replace("[地块坐标]", "[界址线]\nJ1,J2,100\n[地块坐标]") + LINE + points(Z32))
    case("txt-heights.txt", "heights behind the coordinates", head() + LINE + points(Z32, extra=",2981.4"))
    case("txt-line.txt", "a line (线), not a plot", head() + LINE.replace("面", "线") + points(Z32))
    case("txt-points.txt", "points (点), not a plot", head() + LINE.replace("面", "点") + points(Z32))
    case("txt-parameters.txt", "conversion parameters, which are not applied", head(转换参数="12.1,-3.4,5,0,0,0,1") + LINE + points(Z32), words="not applied")
    case("txt-xian-own.txt", "Xian 1980 with the user's own parameters", head(坐标系="80国家大地坐标系") + LINE + points(Z32),
         options="crs=+proj=tmerc +lat_0=0 +lon_0=96 +k=1 +x_0=32500000 +y_0=0 +a=6378137 +rf=298.257222101 +towgs84=0,0,0 +units=m")
    case("txt-wrong-zone.txt", "带号=38 over eastings that begin with 32", head(带号="38") + LINE + points(Z32), "refused",
         "zone 38 + begin with 32 + 114° E + 96° E + --crs EPSG:4520")
    case("txt-wrong-zone-crs.txt", "the same with the CRS named", head(带号="38") + LINE + points(Z32), options="crs=EPSG:4520")
    case("txt-wrong-width.txt", "几度分带=6 over a 3-degree prefix", head(几度分带="6") + LINE + points(Z32), "refused", "6-degree + --crs EPSG:4520")
    case("txt-wrong-meridian.txt", "中央经线=99 over prefix 32", head(带号=None, 中央经线="99") + LINE + points(Z32), "refused", "central meridian 99.0 + 96")
    case("txt-two-prefixes.txt", "eastings of two zones", head() + LINE + points(Z32[:2] + [(e + 1e6, n) for e, n in Z32[2:]]), "refused", "several zone numbers")
    case("txt-no-datum.txt", "坐标系 is empty", head(坐标系="") + LINE + points(Z32), "refused", "Nothing names the datum + EPSG:4520 + Xian 1980")
    case("txt-no-zone.txt", "neither prefix nor zone nor meridian", head(带号="", 几度分带="") + LINE + points(FREE), "refused", "nothing names the zone + EPSG:4541")
    case("txt-unknown-datum.txt", "a coordinate system that nobody knows", head(坐标系="本地坐标系") + LINE + points(Z32), "refused", "'本地坐标系' is not known")
    case("txt-other-projection.txt", "another projection", head(投影类型="兰伯特") + LINE + points(Z32), "refused", "兰伯特 + not Gauss")
    case("txt-xian.txt", "Xian 1980 is not shifted by a guess", head(坐标系="80国家大地坐标系") + LINE + points(Z32), "refused", "Xian 1980 + own parameters + +towgs84")
    case("txt-beijing.txt", "nor is Beijing 1954", head(坐标系="1954年北京坐标系") + LINE + points(Z32), "refused", "Beijing 1954 + own parameters")
    case("txt-count.txt", "announces more points than it has: cut short", head() + LINE.replace("4,", "9,", 1) + points(Z32), "skipped", "announces 9 boundary points and has 4")
    case("txt-bad-line.txt", "a line that is no point", head() + LINE + points(Z32).replace("J3,1,", "J3,1,x"), "skipped", "line 16 + is no boundary point")
    case("txt-two-points.txt", "two points are no plot", head() + "@\n" + points(Z32[:2]), "skipped", "2 boundary points")
    case("txt-crossing.txt", "the boundary crosses itself", head() + "@\n" + points([Z32[0], Z32[2], Z32[1], Z32[3]]), "skipped", "Self-intersection")
    case("txt-mistyped.txt", "a digit is missing in one northing", head() + "@\n" + points(Z32 + [(Z32[0][0] + 10, 410774.4)]), "skipped", "J5 + does not fit the others")
    case("txt-ring-again.txt", "ring 1 goes on behind ring 2", head() + "@\n" + points(Z32[:3]) + points(plane(HOLE, 96, 32_500_000), 2, 5) + points(Z32[3:], 1, 9), "skipped", "ring 1 goes on")
    case("txt-no-points.txt", "a head and no plot", head(), "refused", "no boundary point under [地块坐标]")
    case("txt-not-a-list.txt", "prose", "关于某项目用地的说明\n无坐标。\n", "refused", "no driver reads this")


def rows(columns, ring=SQUARE, form=lambda x, y: (f"{x:.6f}", f"{y:.6f}"), comma=","):
    lines = [comma.join(columns)] if columns else []
    lines += [comma.join((str(i), *form(x, y))) for i, (x, y) in enumerate(ring, 1)]
    return "\n".join(lines) + "\n"


ZH = ["点号", "经度", "纬度"]


def tables():
    assumed = "No CRS is named"
    case("csv-degrees.csv", "拐点坐标表 in decimal degrees", rows(ZH), words=assumed)
    case("csv-english.csv", "headings in English", rows(["Point No.", "Longitude (°)", "Latitude (°)"]), words=assumed)
    case("csv-latitude-first.csv", "latitude before longitude", rows(["点号", "纬度", "经度"], form=lambda x, y: (f"{y:.6f}", f"{x:.6f}")))
    case("csv-wrong-headings.csv", "经度 over latitudes", rows(ZH, form=lambda x, y: (f"{y:.6f}", f"{x:.6f}")), words="axes are swapped")
    case("csv-dms.csv", "度分秒 in one cell", rows(ZH, form=lambda x, y: (dms(x), dms(y))))
    case("csv-dms-ascii.csv", "degrees, minutes, seconds with ASCII signs", rows(ZH, form=lambda x, y: (dms(x, "{}°{}'{}\"\"").join('""'), dms(y, "{}°{}'{}\"\"").join('""'))))
    case("csv-dms-words.csv", "95度30分00秒 with 东经 and 北纬", rows(ZH, form=lambda x, y: (dms(x, "东经{}度{}分{}秒"), dms(y, "北纬{}度{}分{}秒"))))
    case("csv-dms-colons.csv", "degrees with colons", rows(ZH, form=lambda x, y: (dms(x, "{}:{}:{}"), dms(y, "{}:{}:{}"))))
    three = "点号,东经,,,北纬,,\n,度,分,秒,度,分,秒\n" + "".join(
        ",".join((str(i), dms(x, "{},{},{}"), dms(y, "{},{},{}"))) + "\n" for i, (x, y) in enumerate(SQUARE, 1))
    case("csv-dms-columns.csv", "度, 分, 秒 in columns of their own", three)
    case("csv-hemispheres.csv", "E and N behind the numbers", rows(ZH, form=lambda x, y: (f"{x:.6f}E", f"{y:.6f}N")))
    case("csv-full-width.csv", "full-width digits and commas", rows(ZH).translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，")))
    case("csv-no-headings.csv", "no headings", rows(None))
    case("list-blanks.txt", "columns parted by blanks", rows(None, comma="  ").replace("1  ", "J1  ", 1))
    case("list-semicolons.csv", "columns parted by semicolons", rows(ZH, comma=";"))
    case("list-tabs.txt", "columns parted by tabs", rows(ZH, comma="\t"))
    case("csv-gbk.csv", "GBK", rows(ZH).encode("gbk"))
    case("csv-bom.csv", "UTF-8 with a byte-order mark", b"\xef\xbb\xbf" + rows(ZH).encode())
    case("csv-quoted.csv", "cells in quotes", rows(ZH, form=lambda x, y: (f'"{x:.6f}"', f'"{y:.6f}"')))
    case("csv-blocks.csv", "two blocks side by side", "点号,经度,纬度,点号,经度,纬度\n" + "".join(
        f"{i + 1},{SQUARE[i][0]},{SQUARE[i][1]},{i + 3},{SQUARE[i + 2][0]},{SQUARE[i + 2][1]}\n" for i in range(2)))
    case("csv-pairs.csv", "both numbers in one cell", rows(["点号", "坐标（经纬度）"], form=lambda x, y: (f'"{x}, {y}"',)))
    other = [(f"{x:.6f}", f"{y:.6f}") for x, y in APART]
    case("csv-plots.csv", "a column names the plot", "地块,点号,经度,纬度\n" + "".join(f"甲,{i},{x},{y}\n" for i, (x, y) in enumerate(SQUARE, 1))
         + "".join(f"乙,{i},{x},{y}\n" for i, (x, y) in enumerate(other, 1)), sites=2)
    case("csv-titles.csv", "titles between the plots", "点号,经度,纬度\n一号地块,,\n" + rows(None) + "二号地块,,\n" + rows(None, APART), sites=2)
    case("csv-restart.csv", "the numbers start again for the next plot", rows(ZH) + rows(None, APART), sites=2)
    case("csv-repeated-headings.csv", "headings again in the middle", rows(ZH) + rows(ZH, APART), sites=2)
    case("csv-rings.csv", "a column of ring numbers", "点号,圈号,经度,纬度\n" + "".join(f"{i},1,{x},{y}\n" for i, (x, y) in enumerate(SQUARE, 1))
         + "".join(f"{i},2,{x},{y}\n" for i, (x, y) in enumerate(HOLE, 5)))
    case("csv-closed.csv", "no column of numbers, but the ring is closed", "经度,纬度\n" + "".join(f"{x},{y}\n" for x, y in SQUARE + SQUARE[:1]))
    case("csv-footnotes.csv", "a title above and footnotes below", "某项目拐点坐标表,,\n" + rows(ZH) + "面积（公顷）,98.6,\n备注：示例,,\n")
    metres = lambda x, y: (number(y), number(x))
    case("csv-metres.csv", "X and Y in metres, the datum in the title", "拐点坐标（2000国家大地坐标系，3度带）\n" + rows(["点号", "X", "Y"], Z32, metres))
    case("csv-metres-meridian.csv", "no prefix; meridian and datum in the title", "CGCS2000，中央经线96°\n" + rows(["点号", "X", "Y"], FREE, metres))
    case("csv-metres-east-first.csv", "东坐标 before 北坐标", "CGCS2000\n" + rows(["点号", "东坐标", "北坐标"], Z32, lambda x, y: (number(x), number(y))))
    case("csv-thousands.csv", "thousands parted by commas", "CGCS2000\n" + rows(["点号", "X", "Y"], Z32, lambda x, y: (f'"{y:,.4f}"', f'"{x:,.4f}"')))
    case("csv-epsg.csv", "the code in the title", "EPSG:4520\n" + rows(["点号", "X", "Y"], Z32, metres))
    case("csv-gcj.csv", "火星坐标 in the title", "拐点坐标（火星坐标系 GCJ-02）\n" + rows(ZH, [gcj02(*p) for p in SQUARE], lambda x, y: (f"{x:.9f}", f"{y:.9f}")), words="brought from GCJ-02")
    case("csv-wkt.csv", "well-known text in a column", 'id,WKT\nP1,"POLYGON ((96 37.1, 96.01 37.1, 96.01 37.11, 96 37.11, 96 37.1))"\n', options="crs=EPSG:4490")
    case("csv-names.csv", "places with names are points", "name,lon,lat\n甲,96.005,37.105\n乙,96.01,37.11\n", sites=2)
    case("csv-one.csv", "one row is a point", "lon,lat\n96.005,37.105\n")
    case("csv-open.csv", "id 1, 2, 3: corners or places?", rows(["id", "lon", "lat"]), "refused", "corners of one plot or places + --list-as")
    case("csv-open-points.csv", "the same with --list-as points", rows(["id", "lon", "lat"]), options="list-as=points", sites=4, middle=(96.0, 37.1))
    case("csv-open-polygon.csv", "the same with --list-as polygon", rows(["id", "lon", "lat"]), options="list-as=polygon")
    case("csv-metres-bare.csv", "metres with prefix, no datum", rows(["点号", "X", "Y"], Z32, metres), "refused", "Nothing names the datum + --crs EPSG:4520")
    case("csv-metres-free.csv", "metres without anything", rows(["点号", "X", "Y"], FREE, metres), "refused", "nothing names the zone + cannot be decided")
    case("csv-75-minutes.csv", "75 minutes", rows(ZH).replace("96.010000,37.100000", "96°75′00″,37°06′00″"), "skipped", "line 3 + are no coordinates")
    case("csv-missing.csv", "a latitude is missing", rows(ZH).replace("37.110000", "", 1), "skipped", "line 4 + are no coordinates")
    case("csv-far.csv", "a point in another country", rows(ZH + []) + "5,16.2,37.1\n", "skipped", "does not fit the others")
    case("csv-local.csv", "local coordinates", rows(["点号", "X", "Y"], [(100.5, 200.5), (300.5, 200.5), (300.5, 400.5)], metres), "refused", "no heading says which of the two is east")
    case("list-cass.dat", "the data file of a survey program: number, code, east, north, height",
         "".join(f"{i},,{number(x)},{number(y)},2981.4\n" for i, (x, y) in enumerate(Z32, 1)), options="crs=EPSG:4520")


# ---------------------------------------------------------------------------------------------------- workbooks, layers


def workbook(*sheets):
    """A workbook of inline texts and numbers."""
    def cell(column, row, value):
        place = f"{chr(65 + column)}{row}"
        if isinstance(value, (int, float)):
            return f'<c r="{place}"><v>{value!r}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        def add(name, text):
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
        package = "http://schemas.openxmlformats.org/package/2006/"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        numbers = range(1, len(sheets) + 1)
        add("[Content_Types].xml", f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
            + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}worksheet+xml"/>' for n in numbers) + "</Types>")
        add("_rels/.rels", f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        add("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1)) + "</sheets></workbook>")
        add("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}relationships">' + "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers) + "</Relationships>")
        for n, (_, table) in enumerate(sheets, 1):
            body = "".join(f'<row r="{r}">' + "".join(cell(c, r, v) for c, v in enumerate(row) if v != "") + "</row>" for r, row in enumerate(table, 1))
            add(f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>')
    return data.getvalue()


GEOGRAPHIC = ('GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
              'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')


def projected(meridian, false_easting, geographic=GEOGRAPHIC, name="CGCS2000_3_Degree_GK_Zone_33"):
    return (f'PROJCS["{name}",{geographic},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{false_easting:.1f}],PARAMETER["False_Northing",0.0],'
            f'PARAMETER["Central_Meridian",{meridian:.1f}],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')


def shapefile(ring, fields, values, encoding="gbk", prj=None):
    ring = [ring[0]] + ring[:0:-1] + [ring[0]]
    box = pack("<4d", min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
    record = pack("<i", 5) + box + pack("<3i", 1, len(ring), 0) + b"".join(pack("<2d", *p) for p in ring)
    def header(length):
        return pack(">7i", 9994, 0, 0, 0, 0, 0, length // 2) + pack("<2i", 1000, 5) + box + bytes(32)
    widths = [30] * len(fields)
    table = pack("<4BIHH20x", 3, 124, 1, 1, 1, 33 + 32 * len(fields), 1 + sum(widths))
    for name, width in zip(fields, widths):
        table += pack("<11sc4xBB14x", name.encode(encoding)[:10], b"C", width, 0)
    table += b"\r " + b"".join(v.encode(encoding).ljust(w) for v, w in zip(values, widths)) + b"\x1a"
    files = {"shp": header(108 + len(record)) + pack(">2i", 1, len(record) // 2) + record,
             "shx": header(108) + pack(">2i", 50, len(record) // 2), "dbf": table}
    if prj:
        files["prj"] = prj.encode("ascii")
    return files


def shape(name, what, files, *rest, without=(), **more):
    for ending, data in files.items():
        if ending != "shp" and ending not in without:
            EXTRA[f"{name}.{ending}"] = data
    case(name + ".shp", what, files["shp"], *rest, **more)


EXTRA = {}


def geojson(ring, properties='"id":"P1"', crs=""):
    closed = ",".join(f"[{x!r},{y!r}]" for x, y in ring + ring[:1])
    return ('{"type":"FeatureCollection",' + crs + '"features":[{"type":"Feature","properties":{' + properties
            + '},"geometry":{"type":"Polygon","coordinates":[[' + closed + "]]}}]}\n")


def layers():
    table = [["点号", "经度", "纬度"]] + [[f"J{i}", x, y] for i, (x, y) in enumerate(SQUARE, 1)]
    case("xlsx-degrees.xlsx", "a workbook with degrees as numbers", workbook(("坐标", table)))
    titled = [["某项目界址点坐标表"], [], ["序号", "东经", "北纬", "备注"]] + [[i, dms(x), dms(y), "界桩"] for i, (x, y) in enumerate(SQUARE, 1)]
    case("xlsx-dms.xlsx", "度分秒 as text under a title", workbook(("Sheet1", titled)))
    metres = [["CGCS2000 3度带"], ["点号", "X", "Y"]] + [[f"J{i}", n, e] for i, (e, n) in enumerate(Z32, 1)]
    case("xlsx-metres.xlsx", "metres, the datum in the title", workbook(("坐标", metres)))
    case("xlsx-sheets.xlsx", "a cover sheet before the coordinates", workbook(("封面", [["某项目", "2024年"]]), ("坐标", table)), words="1 other sheets")
    case("xlsx-two-lists.xlsx", "two sheets with coordinates: one has to be named", workbook(("甲", table), ("乙", table)), "refused", "several layers + '甲'")
    case("xlsx-two-lists-layer.xlsx", "the same with --layer", workbook(("甲", table), ("乙", table)), options="layer=乙")
    case("xlsx-no-coordinates.xlsx", "a workbook without coordinates", workbook(("表", [["名称", "年份"], ["某项目", 2024]])), "refused", "no CRS")
    case("text.wkt", "well-known text in a file", "POLYGON ((96 37.1, 96.01 37.1, 96.01 37.11, 96 37.11, 96 37.1))\n", words="No CRS is named")

    fields, values = ["名称", "所属县区名称", "生态保护红线类型"], ["一号地块", "德令哈市", "水源涵养"]
    shape("shp-plain", "GBK names, no .cpg, degrees", shapefile(SQUARE, fields, values, prj=GEOGRAPHIC))
    shape("shp-no-prj", "no .prj, degrees", shapefile(SQUARE, fields, values), "refused", "no CRS + longitude and latitude + --crs EPSG:4490 + next GCJ-02")
    shape("shp-no-prj-zone", "no .prj, metres with prefix", shapefile(Z32, fields, values), "refused", "begin with 32 + next Xian 1980 / 3-degree + EPSG:2356 + --crs EPSG:4520")
    shape("shp-no-prj-county", "no .prj, metres without prefix, a county that decides", shapefile(FREE, ["县", "名称"], ["德令哈市", "一号"]), "refused",
          "inside 德令哈市 + --crs EPSG:4541")
    shape("shp-no-prj-swapped", "no .prj, northing before easting", shapefile([(n, e) for e, n in Z32], fields, values), "refused", "axes swapped + axisswap")
    shape("shp-no-prj-xian80", "no .prj, and the name says Xian 1980", shapefile(Z32, fields, values), "refused",
          "name 'shp-no-prj-xian80.shp' says Xian 1980 + next CGCS2000 + your own parameters + +x_0=32500000 + +towgs84=dx")
    shape("shp-no-prj-datum", "no .prj, and an attribute says Beijing 1954", shapefile(Z32, ["名称", "坐标系"], ["一号", "1954年北京坐标系"]), "refused",
          "attribute '1954年北京坐标系' names Beijing 1954 + EPSG:2408 + your own parameters")
    shape("shp-no-prj-given", "no .prj, the CRS given", shapefile(Z32, fields, values), options="crs=EPSG:4520")
    shape("shp-wrong-zone", "the .prj says zone 33, the eastings begin with 32", shapefile(Z32, fields, values, prj=projected(99, 33_500_000)), "refused",
          "do not belong to the CRS EPSG:4521 + --crs EPSG:4520")
    shape("shp-no-prefix", "the .prj has the prefix, the eastings have none", shapefile(FREE, fields, values, prj=projected(96, 32_500_000, name="CGCS2000_3_Degree_GK_Zone_32")), "refused", "EPSG:4541")
    shape("shp-degrees-as-metres", "the .prj is projected, the numbers are degrees", shapefile(SQUARE, fields, values, prj=projected(96, 500_000, name="CGCS2000_3_Degree_GK_CM_96E")), "refused",
          "do not belong + longitude and latitude")
    old = GEOGRAPHIC.replace("GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980").replace("D_China_2000", "D_Xian_1980").replace(
        '"CGCS2000",6378137.0,298.257222101', '"Xian_1980",6378140.0,298.257')
    shape("shp-xian", "a .prj in Xian 1980", shapefile(Z32, fields, values, prj=projected(96, 32_500_000, old, "Xian_1980_3_Degree_GK_Zone_32")), "refused", "Xian 1980 + own parameters")
    shape("shp-no-index", "the .shx is missing", shapefile(SQUARE, fields, values, prj=GEOGRAPHIC), "refused", "lacks its file + shp-no-index.shx", without=("shx",))

    case("json-plain.geojson", "GeoJSON as it should be", geojson(SQUARE))
    case("json-swapped.geojson", "latitude before longitude", geojson([(y, x) for x, y in SQUARE]), "refused", "axes swapped + axisswap")
    case("json-swapped-crs.geojson", "the same with the proposed pipeline", geojson([(y, x) for x, y in SQUARE]), options="crs=+proj=pipeline +step +proj=axisswap +order=2,1")
    case("json-metres.geojson", "Gauss-Krüger metres in GeoJSON", geojson(Z32), "refused", "beyond the degrees + --crs EPSG:4520")
    case("json-metres-crs.geojson", "the same with the proposed CRS", geojson(Z32), options="crs=EPSG:4520")
    case("json-mercator.geojson", "Web Mercator metres in GeoJSON", geojson(mercator(SQUARE)), "refused", "Web Mercator + --crs EPSG:3857")
    case("json-mercator-crs.geojson", "the same with the proposed CRS", geojson(mercator(SQUARE)), options="crs=EPSG:3857")
    member = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4520"}},'
    case("json-crs-member.geojson", "the crs member of old GeoJSON", geojson(Z32, crs=member))
    case("json-gcj.geojson", "GCJ-02, said by the user", geojson([gcj02(*p) for p in SQUARE]), words="brought from GCJ-02", options="crs=GCJ-02")
    case("json-bd.geojson", "BD-09, said by the user", geojson([bd09(*p) for p in SQUARE]), words="brought from BD-09", options="crs=BD-09")
    border = [(95.0001, 37.1), (95.006, 37.1), (95.006, 37.106), (95.0001, 37.106)]
    west = [(2 * x - gcj02(x, y)[0] - 0.0001, y) for x, y in border]
    case("json-near-miss.geojson", "a hundred metres outside the county it names", geojson(west, '"id":"P1","县":"德令哈市"'), words="outside 德令哈市, which it names + older datums",
         middle=((min(x for x, _ in west) + max(x for x, _ in west)) / 2, 37.103))
    east = [gcj02(x, y) for x, y in [(97.994, 37.1), (97.9999, 37.1), (97.9999, 37.106), (97.994, 37.106)]]
    case("json-near-miss-gcj.geojson", "outside the county it names, inside as GCJ-02", geojson(east, '"id":"P1","县":"德令哈市"'), words="read as GCJ-02 + lies inside",
         middle=((min(x for x, _ in east) + max(x for x, _ in east)) / 2, (min(y for _, y in east) + max(y for _, y in east)) / 2))
    case("json-cut.geojson", "the file ends in the middle", geojson(SQUARE)[:-20], "refused", "cut short")
    case("json-empty.geojson", "an empty file", "", "refused", "the file is empty")
    case("json-gbk.geojson", "GeoJSON in GBK", geojson(SQUARE, '"id":"P1","name":"一号地块"').encode("gbk"))

    dxf = "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n8\n0\n90\n4\n70\n1\n{}0\nENDSEC\n0\nEOF\n"
    vertices = "".join(f"10\n{number(x)}\n20\n{number(y)}\n" for x, y in Z32)
    case("dxf-no-crs.dxf", "a DXF has no CRS", dxf.format(vertices), "refused", "no CRS + --crs EPSG:4520")
    case("dxf-crs.dxf", "the same with the proposed CRS", dxf.format(vertices), options="crs=EPSG:4520")
    kml = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>P1</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>\n'
    case("kml.kml", "KML from a globe", kml.format(" ".join(f"{x},{y},0" for x, y in SQUARE + SQUARE[:1])))


# ---------------------------------------------------------------------------------------------------- writing


def box(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north)]


def feature(code, name, ring):
    text = geojson(ring, f'"XZQDM":"{code}","XZQMC":"{name}"')
    return text[text.index('{"type":"Feature"'):text.rindex("]}")]


def catalog():
    counties = [("632801", "格尔木市", box(91, 35, 95, 37.5)), ("632802", "德令哈市", box(95, 36.5, 98, 38.5))]
    return {
        "catalog.yaml": (
            "# What the corpus is screened against: two counties and a zone, all invented.\nschema: 1\nregions: counties\nextent: counties\n"
            "layers:\n  - {id: counties, family: region, source: counties.geojson}\n"
            "  - {id: zones, family: ecological-redline, source: zones.geojson}\n"),
        "counties.geojson": '{"type":"FeatureCollection","features":[' + ",".join(feature(*c) for c in counties) + "]}\n",
        "zones.geojson": geojson(box(95.9, 37.0, 96.2, 37.2), '"code":"Z1","name":"示例"'),
    }


def outputs():
    texts()
    tables()
    layers()
    files = {name: data for name, _, data, *_ in CASES} | EXTRA
    files |= {name: text.encode() for name, text in catalog().items()}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "options", "expected", "sites", "longitude", "latitude", "words", "what"])
    for name, what, _, expected, words, options, sites, middle in CASES:
        place = [f"{middle[0]:.9f}", f"{middle[1]:.9f}"] if expected == "read" else ["", ""]
        writer.writerow([name, options, expected, sites if expected == "read" else "", *place, words, what])
    files["manifest.csv"] = out.getvalue().encode()
    table = ["# Odd files and what happens to them", "",
             f"The {len(CASES)} files in `Tests/Corpus` hold the same square of ground, written in as many ways as people write it. A test reads",
             "each and compares: *read* to a centimetre, *skipped* with the reason while other sites go on, *refused* with the",
             "diagnosis. `Tests/Corpus/generate.py` makes the files and this table.", "", "| File | What it is | With | What happens |", "| --- | --- | --- | --- |"]
    for name, what, _, expected, words, options, sites, _ in CASES:
        with_ = "" if not options else "`--" + options.replace("=", " ", 1) + "`"
        happens = expected + (f", {sites} sites" if expected == "read" and sites != 1 else "")
        if words:
            happens += ("; says: " if expected == "read" else ": ") + " … ".join(words.split(" + ")).replace("|", "\\|")
        table.append(f"| `{name}` | {what} | {with_} | {happens} |")
    return {FOLDER / name: data for name, data in files.items()} | {TABLE: ("\n".join(table) + "\n").encode()}


def main():
    wanted = outputs()
    if "--check" in sys.argv:
        wrong = [path.name for path, data in wanted.items() if not path.exists() or path.read_bytes() != data]
        sys.exit(f"not as generated: {', '.join(wrong)}" if wrong else 0)
    for path, data in wanted.items():
        path.write_bytes(data)
    print(f"{len(CASES)} cases")


if __name__ == "__main__":
    main()
