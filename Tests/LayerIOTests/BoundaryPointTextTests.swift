import RedlineGeometry
import Testing

@testable import LayerIO

@Suite("Exchange text of boundary points")
struct BoundaryPointTextTests {
    private static let head = """
        [属性描述]
        格式版本号=1.01
        坐标系=2000国家大地坐标系
        几度分带=3
        投影类型=高斯克吕格
        计量单位=米
        带号=32
        精度=0.001
        转换参数=,,,,,,
        [地块坐标]

        """
    private static let square = """
        J1,1,4112000.5,32500000.25
        J2,1,4113000,32500000.25
        J3,1,4113000,32501000
        J4,1,4112000.5,32501000

        """
    private static let ring = [
        Position(x: 32_500_000.25, y: 4_112_000.5), Position(x: 32_500_000.25, y: 4_113_000),
        Position(x: 32_501_000, y: 4_113_000), Position(x: 32_501_000, y: 4_112_000.5),
        Position(x: 32_500_000.25, y: 4_112_000.5),
    ]

    private func reader(_ text: String, name: String = "plots.txt", encoding: String = "UTF-8") throws -> LayerReader {
        let folder = try TemporaryFolder()
        let bytes = encoding == "UTF-8" ? Array(text.utf8) : try #require(GBK.bytes(text))
        return try LayerReader(LayerSource(path: try folder.write(name, bytes)))
    }

    @Test("Northing comes first, the zone prefix names the CRS, and the ring is closed once")
    func plain() throws {
        let plot = "5,100.1,P1,一号地块,面,G47,光伏,0601,@\n"
        for closing in ["", "J1,1,4112000.5,32500000.25\n"] {
            let reader = try reader(Self.head + plot + Self.square + closing)
            #expect(reader.description.crs.definition == "EPSG:4520")
            #expect(reader.description.crs.how == .list)
            let rows = try reader.rows(["id", "name", "area_ha", "use"])
            #expect(rows.map(\.shape) == [.polygon(Polygon(exteriorRing: Self.ring))])
            #expect(rows[0].attributes == [.string("P1"), .string("一号地块"), .real(100.1), .string("光伏")])
        }
    }

    @Test(
        "Plot lines have any number of values, or none",
        arguments: [
            "4,1,P1,甲,面,,,,@", "@", "4,1,P1,甲,面,,,,北京,12,13,14,@", "4，1，P1，甲，面，，，，@", "4,1,P1,甲,面,,,, @ ",
            ",,P1,甲,,,,,＠",
        ])
    func plotLines(line: String) throws {
        let reader = try reader(Self.head + line + "\n" + Self.square)
        #expect(try reader.rows().map(\.shape) == [.polygon(Polygon(exteriorRing: Self.ring))])
        let names = reader.description.fields.map(\.name)
        #expect(names.contains("id") == (line != "@"))
    }

    @Test("A second ring inside is a hole, outside a part; several plots keep apart")
    func rings() throws {
        let hole = "J5,2,4112400,32500400\nJ6,2,4112400,32500600\nJ7,2,4112600,32500600\n"
        let island = "J8,3,4112450,32500450\nJ9,3,4112450,32500480\nJ10,3,4112480,32500480\n"
        let apart = "J8,3,4115000,32500400\nJ9,3,4115000,32500600\nJ10,3,4116000,32500600\n"
        let first = try reader(Self.head + "@\n" + Self.square + hole + apart + "@\n" + Self.square)
        let rows = try first.rows()
        guard case .multiPolygon(let parts) = rows[0].shape else {
            Issue.record("two parts are wanted")
            return
        }
        #expect(parts.map(\.interiorRings.count) == [1, 0])
        #expect(rows[1].shape == .polygon(Polygon(exteriorRing: Self.ring)))
        #expect(first.description.cautions.contains { $0.en.contains("not as holes") })
        _ = island
    }

    @Test("GBK and UTF-8 with a byte-order mark read the same")
    func encodings() throws {
        let text = Self.head + "4,1,P1,一号地块,面,,,,@\n" + Self.square
        let expected = try reader(text).rows(["name"])
        let gbk = try reader(text, encoding: "GBK")
        #expect(gbk.description.encoding.name == "GBK")
        #expect(try gbk.rows(["name"]).map(\.attributes) == expected.map(\.attributes))
        #expect(try reader("\u{FEFF}" + text).rows(["name"]).map(\.attributes) == expected.map(\.attributes))
        #expect(try reader(text.replacing("\n", with: "\r\n")).rows().map(\.shape) == expected.map(\.shape))
    }

    @Test("Swapped axes are told by their size, and said")
    func swapped() throws {
        let text = Self.square.split(separator: "\n").map { line in
            let cells = line.split(separator: ",")
            return [cells[0], cells[1], cells[3], cells[2]].joined(separator: ",")
        }.joined(separator: "\n")
        let reader = try reader(Self.head + "@\n" + text)
        #expect(try reader.rows().map(\.shape) == [.polygon(Polygon(exteriorRing: Self.ring))])
        #expect(reader.description.cautions.contains { $0.en.contains("swapped") && $0.zh.contains("相反") })
    }

    @Test(
        "The head and the prefix must agree",
        arguments: [
            ("带号=32", "带号=38", "zone 38"), ("几度分带=3", "几度分带=6", "6-degree"),
            ("坐标系=2000国家大地坐标系", "坐标系=", "datum"), ("坐标系=2000国家大地坐标系", "坐标系=月球", "月球"),
            ("投影类型=高斯克吕格", "投影类型=墨卡托", "墨卡托"),
        ])
    func contradictions(old: String, new: String, words: String) throws {
        let reader = try reader(Self.head.replacing(old, with: new) + "@\n" + Self.square)
        #expect(reader.description.crs.definition == nil)
        #expect(try #require(reader.description.crs.doubt).en.contains(words))
        // The user may know better.
        let folder = try TemporaryFolder()
        let path = try folder.write("a.txt", Self.head.replacing(old, with: new) + "@\n" + Self.square)
        #expect(try LayerReader(LayerSource(path: path, crs: "EPSG:4520")).description.crs.doubt == nil)
    }

    @Test(
        "The CRS follows from what the head says",
        arguments: [
            ("2000国家大地坐标系", "带号=32", "32500000", "EPSG:4520"), ("2000国家大地坐标系", "带号=32", "500000", "EPSG:4541"),
            ("CGCS2000", "中央经线=96", "500000", "EPSG:4541"), ("2000国家大地坐标系", "带号=16", "16500000", "EPSG:4494"),
            ("2000国家大地坐标系", "带号=16", "500000", "EPSG:4505"), ("80国家大地坐标系", "带号=32", "32500000", "EPSG:2356"),
            ("1954年北京坐标系", "带号=32", "500000", "EPSG:2429"), ("西安80坐标系", "带号=17", "17500000", "EPSG:2331"),
        ])
    func systems(system: String, zone: String, easting: String, code: String) throws {
        let head = "[属性描述]\n坐标系=\(system)\n\(zone)\n[地块坐标]\n@\n"
        let points = ["4112000,\(easting)", "4113000,\(easting)", "4113000,\(easting).5"].enumerated().map {
            "J\($0.offset + 1),1,\($0.element)"
        }
        #expect(try reader(head + points.joined(separator: "\n")).description.crs.definition == code)
    }

    @Test(
        "What cannot be a plot spoils its own plot only, and says where",
        arguments: [
            ("J1,1,4112000,32500000\nJ2,1,4113000,32500000\n", "2 boundary points"),
            ("J1,1,4112000,32500000\nJ2,1,41x,32500000\nJ3,1,4113000,32501000\n", "line 13"),
            ("", "no boundary point"),
            (
                "J1,1,4112000,32500000\nJ2,1,4113000,32500000\nJ3,1,4113,32501000\nJ4,1,4112000,32501000\n",
                "does not fit the others"
            ),
        ])
    func broken(points: String, words: String) throws {
        let reader = try reader(Self.head + "@\n" + points + "@\n" + Self.square)
        let rows = try reader.rows()
        guard case .failure(let problem) = rows[0].geometry else {
            Issue.record("the first plot is broken")
            return
        }
        #expect(problem.description.contains(words), "\(problem)")
        #expect(rows[1].shape == .polygon(Polygon(exteriorRing: Self.ring)))
    }

    @Test("A plot that announces more points than it has is refused: it may be cut")
    func counts() throws {
        for (count, isRight) in [(4, true), (5, true), (6, false), (3, false)] {
            let rows = try reader(Self.head + "\(count),1,P1,甲,面,,,,@\n" + Self.square).rows()
            #expect((rows[0].shape != nil) == isRight)
        }
    }
}
