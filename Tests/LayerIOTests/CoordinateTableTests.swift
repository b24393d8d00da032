import RedlineGeometry
import Testing

@testable import LayerIO

@Suite("Tables of coordinates")
struct CoordinateTableTests {
    private func reader(
        _ text: String, _ name: String = "plots.csv", shape: ListShape? = nil, crs: String? = nil
    ) throws -> LayerReader {
        let folder = try TemporaryFolder()
        return try LayerReader(LayerSource(path: try folder.write(name, text), crs: crs, listShape: shape))
    }

    private static let triangle = Geometry.polygon(
        Polygon(exteriorRing: [
            Position(x: 95.5, y: 37.25), Position(x: 95.75, y: 37.25), Position(x: 95.75, y: 37.5),
            Position(x: 95.5, y: 37.25),
        ]))

    @Test(
        "Decimal degrees and degrees with minutes and seconds, with headings in two languages or none",
        arguments: [
            "点号,经度,纬度\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5",
            "拐点,纬度,经度\n1,37.25,95.5\n2,37.25,95.75\n3,37.5,95.75",
            "No,Longitude,Latitude\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5",
            "1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5", "J1 37.25 95.5\nJ2 37.25 95.75\nJ3 37.5 95.75",
            "序号;X;Y\n1;95.5;37.25\n2;95.75;37.25\n3;95.75;37.5",
            "拐点\t东经\t北纬\nJ1\t95°30′00″\t37°15′00″\nJ2\t95°45′0″\t37°15′\nJ3\t95°45′\t37°30′00.0″",
            "点号,经度,纬度\n1,95°30'0\",37°15'0\"\n2,\"95°45'0\"\"\",37°15'0\"\n3,95°45',37°30'",
            "点号,经度,纬度\n1,东经95度30分,北纬37度15分\n2,95度45分0秒,37度15分0秒\n3,95:45:00,37:30:00",
            "点号,经度,,,纬度,,\n,度,分,秒,度,分,秒\n1,95,30,0,37,15,0\n2,95,45,0,37,15,0\n3,95,45,0,37,30,0",
            "点号，经度，纬度\n１，９５．５，３７．２５\n２，95.75，37.25\n３，95.75，37.5",
            "某项目拐点坐标表\n\n点号,经度,纬度\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5\n1,95.5,37.25\n面积（公顷）：100,,\n",
            "点号,坐标（经纬度）\n1,\"95.5,37.25\"\n2,\"95.75,37.25\"\n3,\"95.75,37.5\"",
            "点号,经度,纬度,点号,经度,纬度\n1,95.5,37.25,3,95.75,37.5\n2,95.75,37.25,,,",
            "vertex,E,N\n1,95.5E,37.25N\n2,95.75E,37.25N\n3,95.75E,37.5N",
        ])
    func degrees(text: String) throws {
        let reader = try reader(text)
        #expect(try reader.rows().map(\.shape) == [Self.triangle])
        #expect(reader.description.crs.definition == "EPSG:4490")
        #expect(reader.description.crs.how == .listDefault)
        #expect(reader.description.cautions.contains { $0.en.contains("No CRS") })
    }

    @Test("Metres name their zone by prefix or title, and need a datum")
    func metres() throws {
        let rows = "1,4112000,32500000\n2,4113000,32500000\n3,4113000,32501000"
        let titled = try reader("拐点坐标（2000国家大地坐标系，3度带）\n点号,X,Y\n" + rows)
        #expect(titled.description.crs.definition == "EPSG:4520")
        #expect(
            try titled.rows().map(\.shape) == [
                .polygon(
                    Polygon(exteriorRing: [
                        Position(x: 32_500_000, y: 4_112_000), Position(x: 32_500_000, y: 4_113_000),
                        Position(x: 32_501_000, y: 4_113_000), Position(x: 32_500_000, y: 4_112_000),
                    ]))
            ])
        let bare = try reader("点号,X,Y\n" + rows)
        #expect(bare.description.crs.definition == nil)
        #expect(try #require(bare.description.crs.doubt).en.contains("EPSG:4520"))
        let swapped = try reader("点号,东坐标,北坐标\n" + rows, crs: "EPSG:4520")
        #expect(try swapped.rows().map(\.shape) == titled.rows().map(\.shape))
        #expect(swapped.description.cautions.contains { $0.en.contains("swapped") })
        let meridian = try reader(
            "中央经线96°，CGCS2000\n点号,X,Y\n" + rows.replacing("325", with: "5"))
        #expect(meridian.description.crs.definition == "EPSG:4541")
    }

    @Test("Plots are told by a column, by titles, by numbers that start again, or by closed rings")
    func plots() throws {
        let column =
            "地块,点号,经度,纬度\n甲,1,95.5,37.25\n,2,95.75,37.25\n,3,95.75,37.5\n乙,1,95.5,37.25\n乙,2,95.75,37.25\n乙,3,95.75,37.5"
        let titles =
            "点号,经度,纬度\n甲\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5\n乙\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5"
        for text in [column, titles] {
            let rows = try reader(text).rows(["id"])
            #expect(rows.map(\.shape) == [Self.triangle, Self.triangle])
            #expect(rows.map(\.attributes) == [[.string("甲")], [.string("乙")]])
        }
        let again = "点号,经度,纬度\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5\n1,95.6,37.25\n2,95.75,37.25\n3,95.75,37.5"
        #expect(try reader(again).rows().count == 2)
        let hole = """
            点号,圈号,经度,纬度
            1,1,95,37
            2,1,96,37
            3,1,96,38
            4,2,95.6,37.2
            5,2,95.8,37.2
            6,2,95.8,37.4
            """
        guard case .polygon(let polygon) = try reader(hole).rows()[0].shape else {
            Issue.record("a polygon with a hole is wanted")
            return
        }
        #expect(polygon.interiorRings.count == 1)
    }

    @Test("Places of their own are points, and what could be either is asked")
    func points() throws {
        let named = try reader("name,lon,lat,kind\n甲,95.5,37.25,塔\n乙,95.75,37.25,站").rows(["name", "kind"])
        #expect(named.map(\.shape) == [.point(Position(x: 95.5, y: 37.25)), .point(Position(x: 95.75, y: 37.25))])
        #expect(named.map(\.attributes) == [[.string("甲"), .string("塔")], [.string("乙"), .string("站")]])
        let open = "id,lon,lat\n1,95.5,37.25\n2,95.75,37.25\n3,95.75,37.5"
        guard case .undecided(_, _, let remedy) = #expect(throws: LayerError.self, performing: { try reader(open) })
        else {
            Issue.record("rows that may be corners or places are not guessed at")
            return
        }
        #expect(remedy.contains("--list-as"))
        #expect(
            try reader(open, shape: .points).rows(["id"]).map(\.attributes.first) == [
                .string("1"), .string("2"), .string("3"),
            ])
        #expect(try reader(open, shape: .polygon).rows().count == 1)
        #expect(try reader(open, "拐点.csv").rows().map(\.shape) == [Self.triangle])
        #expect(try reader("lon,lat\n95.5,37.25").rows().map(\.shape) == [.point(Position(x: 95.5, y: 37.25))])
    }

    @Test("A coordinate that is missing or mistyped spoils its plot and names the line")
    func faults() throws {
        for (row, words) in [
            ("2,95.75,", "line 3"), ("2,95.75,无", "无"), ("2,95°75′,37°15′", "line 3"),
            ("2,957.5,37.25", "does not fit"), ("2,,", "line 3"),
        ] {
            let rows = try reader("点号,经度,纬度\n1,95.5,37.25\n\(row)\n3,95.75,37.5\n4,95.6,37.6\n5,95.5,37.6").rows()
            guard case .failure(let problem) = rows[0].geometry else {
                Issue.record("\(row) is a fault")
                continue
            }
            #expect(problem.description.contains(words), "\(problem)")
        }
    }

    @Test("A workbook is read by what stands in its sheets, with all digits")
    func workbook() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/拐点.xlsx"
        let writer = try TableWriter(path: path, format: .xlsx)
        try writer.addTable("说明", fields: [FieldDescription(name: "备注", type: .string)])
        try writer.append([.string("某项目")])
        try writer.addTable(
            "坐标",
            fields: ["点号", "经度", "纬度"].map { FieldDescription(name: $0, type: $0 == "点号" ? .string : .real) })
        for (name, x, y) in [("J1", 95.123456789012, 37.25), ("J2", 95.75, 37.25), ("J3", 95.75, 37.5)] {
            try writer.append([.string(name), .real(x), .real(y)])
        }
        try writer.finish()
        let reader = try LayerReader(LayerSource(path: path))
        #expect(reader.description.name == "坐标")
        let first = Position(x: 95.123456789012, y: 37.25)
        #expect(
            try reader.rows().map(\.shape) == [
                .polygon(
                    Polygon(exteriorRing: [first, Position(x: 95.75, y: 37.25), Position(x: 95.75, y: 37.5), first]))
            ])
        #expect(reader.description.cautions.contains { $0.en.contains("other sheets") })
    }

    @Test(
        "Coordinates and well-known text stand for themselves",
        arguments: [
            "95.5,37.25 95.75,37.25 95.75,37.5", "95.5 37.25, 95.75 37.25, 95.75 37.5",
            "95.5,37.25;95.75,37.25;95.75,37.5",
            "37.25,95.5;37.25,95.75;37.5,95.75", "POLYGON((95.5 37.25, 95.75 37.25, 95.75 37.5, 95.5 37.25))",
            " polygon ((95.5 37.25, 95.75 37.25, 95.75 37.5, 95.5 37.25))",
            "95°30′E,37°15′N 95°45′E,37°15′N 95°45′E,37°30′N",
            "SRID=4490;POLYGON((95.5 37.25, 95.75 37.25, 95.75 37.5, 95.5 37.25))",
        ])
    func typed(word: String) throws {
        let reader = try LayerReader(LayerSource(path: word))
        #expect(try reader.rows().map(\.shape) == [Self.triangle])
        #expect(reader.description.crs.definition == "EPSG:4490")
    }

    @Test("One position is a place, two are a line, and a word that is neither is a missing file")
    func typedKinds() throws {
        #expect(try LayerReader(LayerSource(path: "95.5,37.25")).rows()[0].shape == .point(Position(x: 95.5, y: 37.25)))
        guard case .lineString = try LayerReader(LayerSource(path: "95.5,37.25 95.6,37.3")).rows()[0].shape else {
            Issue.record("two positions are a line")
            return
        }
        for word in ["sites.geojson", "2023-12-31", "POLYGON", "95.5", "./95.5,37.geojson"] {
            #expect(errorOfReading(LayerSource(path: word)) == .fileMissing(path: word))
        }
        #expect(
            errorOfReading(LayerSource(path: "POLYGON((95.5 37.25, 95.75"))?.description.contains("well-known text")
                == true)
    }
}
