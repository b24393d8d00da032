import CoordinateReference
import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

@Suite("Coordinate detective")
struct CoordinateDetectiveTests {
    /// A square of 1 km near 德令哈, in longitude and latitude, brought to where a file may have it.
    private static func square(_ place: (Position) -> Position) -> Geometry {
        let ring = [(96.0, 37.1), (96.01, 37.1), (96.01, 37.11), (96.0, 37.11), (96.0, 37.1)]
        return .polygon(Polygon(exteriorRing: ring.map { place(Position(x: $0.0, y: $0.1)) }))
    }

    /// Haixi as one box, and two counties in it.
    private static var known: KnownPlaces {
        var known = KnownPlaces()
        func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Polygon {
            Polygon(exteriorRing: Envelope(minX: west, minY: south, maxX: east, maxY: north).corners)
        }
        known.extent = [box(90, 35, 99, 39)]
        known.extentEnvelope = Envelope(minX: 90, minY: 35, maxX: 99, maxY: 39)
        let counties = [("632802", "德令哈市", box(95, 36.5, 98, 38.5)), ("632801", "格尔木市", box(91, 35, 95, 37.5))]
        known.regions = counties.map {
            KnownPlaces.Region(code: $0.0, name: $0.1, polygons: [$0.2], envelope: Envelope($0.2.exteriorRing))
        }
        return known
    }

    private func diagnose(_ geometry: Geometry, _ claims: [String] = [], _ known: KnownPlaces = KnownPlaces()) throws
        -> CoordinateDiagnosis
    {
        var sample = CoordinateSample()
        sample.add(geometry, claims: claims)
        return try CoordinateDetective(known: known).diagnose(sample)
    }

    private static func plane(_ code: String, from geometry: Geometry) throws -> Geometry {
        let projection = try PlaneProjection(to: code)
        return try geometry.mapRuns { try projection.project($0) }
    }

    @Test(
        "Metres of every kind are told from another, where nothing but their size is known",
        arguments: [
            ("EPSG:4520", "EPSG:4520"), ("EPSG:4494", "EPSG:4494"), ("EPSG:3857", "EPSG:3857"),
        ])
    func sizes(code: String, proposal: String) throws {
        let metres = try Self.plane(code, from: Self.square { $0 })
        let diagnosis = try diagnose(metres)
        #expect(diagnosis.best?.crs == proposal)
        #expect(try diagnose(metres, ["632802"], Self.known).best?.crs == proposal)
        #expect(diagnosis.limits?.en.contains("Xian 1980") == true)
    }

    @Test("Without a prefix the meridian cannot be told, until a county or an extent says where")
    func meridians() throws {
        let metres = try Self.plane("EPSG:4541", from: Self.square { $0 })
        let open = try diagnose(metres)
        #expect(open.best == nil && open.hypotheses[0].title.en.contains("unknown central meridian"))
        #expect(try diagnose(metres, ["格尔木市"], Self.known).best?.crs == "EPSG:4540")
        #expect(try diagnose(metres, ["ZH63280210001"], Self.known).best?.crs == "EPSG:4541")
        let gazetteer = try diagnose(metres, ["620602"])
        #expect(gazetteer.best?.crs == "EPSG:4543")  // 武威 lies around 102 to 103° E.
    }

    @Test("Swapped axes get a pipeline that reads them", arguments: ["EPSG:4490", "EPSG:4520"])
    func swapped(code: String) throws {
        let straight = code == "EPSG:4490" ? Self.square { $0 } : try Self.plane(code, from: Self.square { $0 })
        let turned = straight.mapRuns { $0.map { Position(x: $0.y, y: $0.x) } }
        let crs = try #require(try diagnose(turned, [], Self.known).best?.crs)
        #expect(crs.contains("axisswap"))
        let places = try CoordinateTransformation(from: crs).densifiedAndTransformed(turned)
        guard case .polygon(let polygon) = places else { return }
        #expect(abs(polygon.exteriorRing[0].x - 96) < 1e-9 && abs(polygon.exteriorRing[0].y - 37.1) < 1e-9)
    }

    @Test("A prefix that lies outside the county is told, and so is a code that does not fit its place")
    func claims() throws {
        let metres = try Self.plane("EPSG:4527", from: Self.square { Position(x: $0.x + 21, y: $0.y) })
        let diagnosis = try diagnose(metres, ["德令哈市"], Self.known)
        #expect(diagnosis.hypotheses[0].evidence.contains { $0.en.contains("outside 德令哈市") })
        // 都兰河 is no 都兰县.
        #expect(Self.known.region(claimedBy: "德令河") == nil)
        #expect(Self.known.region(claimedBy: "德令哈市光伏电站")?.code == "632802")
        #expect(Self.known.region(claimedBy: "ZH63280110001")?.code == "632801")
        #expect(Self.known.region(claimedBy: "2023年项目") == nil)
    }

    // MARK: - Older datums

    @Test("Xian 1980 and Beijing 1954 rank behind CGCS2000 where nothing names them, and are never proposed")
    func rivals() throws {
        let metres = try Self.plane("EPSG:4520", from: Self.square { $0 })
        for claims in [[], ["632802"]] {
            let diagnosis = try diagnose(metres, claims, Self.known)
            #expect(diagnosis.best?.crs == "EPSG:4520")
            let titles = diagnosis.hypotheses.prefix(3).map(\.title.en)
            #expect(titles[1].contains("Xian 1980") && titles[1].contains("EPSG:2356"), "\(titles)")
            #expect(titles[2].contains("Beijing 1954") && titles[2].contains("EPSG:2408"), "\(titles)")
            for rival in diagnosis.hypotheses[1...2] {
                #expect(rival.crs == nil && rival.needsParameters)
                #expect(rival.template?.contains("+lon_0=96 +k=1 +x_0=32500000") == true)
                #expect(rival.evidence[0].en.contains("the same numbers as CGCS2000"))
            }
            #expect(diagnosis.summary.en.contains("next Xian 1980"))
        }
        let degrees = try diagnose(Self.square { $0 }, [], Self.known)
        #expect(degrees.best?.crs == "EPSG:4490")
        #expect(degrees.hypotheses.contains { $0.title.en.contains("EPSG:4610") && $0.crs == nil })
        #expect(degrees.hypotheses.contains { $0.title.en.contains("EPSG:4214") && $0.crs == nil })
        // Without a prefix the meridian is as open as on CGCS2000.
        let open = try diagnose(try Self.plane("EPSG:4541", from: Self.square { $0 }))
        #expect(open.hypotheses.prefix(3).contains { $0.title.en.contains("EPSG:2370 … EPSG:2390") })
        #expect(!open.isDecided)
    }

    @Test(
        "Names tell a datum where they name one only",
        arguments: [
            ("界址点_西安80.shp", GaussKrugerZone.Datum.xian1980), ("dltb_xian80", .xian1980), ("1980西安坐标系", .xian1980),
            ("80坐标系", .xian1980), ("X_80", .xian1980), ("Xian_1980_3_Degree_GK_Zone_32", .xian1980),
            ("IAG_1975", .xian1980),
            ("1954年北京坐标系", .beijing1954), ("BJ54", .beijing1954), ("GCS_Beijing_1954", .beijing1954),
            ("Krasovsky_1940", .beijing1954), ("y54", .beijing1954), ("CGCS2000_3_Degree_GK_CM_96E", .cgcs2000),
            ("2000国家大地坐标系", .cgcs2000), ("国家2000", .cgcs2000), ("西安80转2000.shp", nil), ("bj540012", nil),
            ("西安市", nil), ("北京路54号", nil), ("小西安800", nil), ("HX2000", nil), ("proxy80a", nil), ("2000", nil),
        ])
    func datumNames(text: String, datum: GaussKrugerZone.Datum?) {
        #expect(GaussKrugerZone.Datum.named(in: text) == datum)
    }

    @Test("What a file says of its datum raises it, and parameters are asked for", arguments: [true, false])
    func statements(isXian: Bool) throws {
        let datum: GaussKrugerZone.Datum = isXian ? .xian1980 : .beijing1954
        var sample = CoordinateSample()
        sample.add(try Self.plane("EPSG:4520", from: Self.square { $0 }), claims: ["632802"])
        sample.statements = [DatumStatement(datum: datum, remark: Remark(zh: "名称", en: "its name says so"))]
        let diagnosis = try CoordinateDetective(known: Self.known).diagnose(sample)
        #expect(diagnosis.best == nil && diagnosis.isDecided)
        #expect(diagnosis.hypotheses[0].title.en.contains(datum.title.en))
        #expect(diagnosis.hypotheses[0].evidence[0].en == "its name says so")
        #expect(diagnosis.hypotheses[1].crs == "EPSG:4520")
        sample.statements = [DatumStatement(datum: .cgcs2000, remark: Remark(zh: "名称", en: "its name says so"))]
        let plain = try CoordinateDetective(known: Self.known).diagnose(sample)
        #expect(plain.best?.crs == "EPSG:4520" && plain.hypotheses[0].evidence[0].en == "its name says so")
    }

    /// A county with a border that winds, 15 km across, and positions on that border at other places than its vertices.
    private static func windingCounty() -> (known: KnownPlaces, outline: [Position]) {
        func place(_ turn: Double) -> Position {
            let angle = turn * 2 * .pi
            let radius = 0.15 + 0.02 * sine(7 * angle) + 0.004 * sine(31 * angle)
            return Position(x: 96 + radius * sine(angle + .pi / 2), y: 37 + radius * sine(angle))
        }
        var ring = (0..<4000).map { place(Double($0) / 4000) }
        ring.append(ring[0])
        var outline = (0..<300).map { place((Double($0) + 0.37) / 300) }
        outline.append(outline[0])
        var known = KnownPlaces()
        let polygon = Polygon(exteriorRing: ring)
        known.regions = [
            KnownPlaces.Region(code: "632802", name: "德令哈市", polygons: [polygon], envelope: Envelope(ring))
        ]
        return (known, outline)
    }

    private static func sine(_ angle: Double) -> Double { sin(angle) }

    @Test(
        "Outlines off by what lies between two datums tell the datum; off by anything else they tell nothing",
        arguments: [
            (12.0, 97.0, "Xian 1980"), (-40, 5, "Beijing 1954"), (-45, 60, "Beijing 1954"), (0, 0, "CGCS2000"),
            (60, 60, "CGCS2000"), (0, -100, "CGCS2000"), (-5, 30, "CGCS2000"),
        ])
    func outlines(north: Double, east: Double, title: String) throws {
        let (known, outline) = Self.windingCounty()
        let metres = try Self.plane("EPSG:4520", from: .polygon(Polygon(exteriorRing: outline)))
        let old = metres.mapRuns { $0.map { Position(x: $0.x - east, y: $0.y - north) } }
        let diagnosis = try diagnose(old, ["632802"], known)
        #expect(diagnosis.hypotheses[0].title.en.hasPrefix(title), "\(diagnosis.summary.en)")
        if title != "CGCS2000" {
            let evidence = diagnosis.hypotheses[0].evidence[0].en
            #expect(evidence.contains("shift of \(Int(north)) m north and \(Int(east)) m east"), "\(evidence)")
            #expect(diagnosis.best == nil)
        } else {
            #expect(diagnosis.best?.crs == "EPSG:4520")
        }
    }

    @Test("Numbers that are no coordinates of any kind fit nothing")
    func nothing() throws {
        let diagnosis = try diagnose(.point(Position(x: 12345, y: 1e9)))
        #expect(diagnosis.hypotheses.isEmpty && diagnosis.best == nil)
        #expect(!diagnosis.summary.zh.isEmpty)
    }

    @Test(
        "Counties of a web map are recognised against those in WGS 84",
        .enabled(if: SharedData.path("data/cn-qinghai-gansu-admin/county.geojson") != nil))
    func webMap() async throws {
        let folder = try #require(SharedData.path("data/cn-qinghai-gansu-admin"))
        let yaml = """
            schema: 1
            regions: counties
            extent: counties
            layers:
              - {id: counties, family: region, source: \(folder)/study-counties-wgs84.geojson}
            """
        let known = await KnownPlaces(try Catalog(yaml: yaml, path: "/catalog.yaml"), threads: 2)
        #expect(known.regions.count == 12)
        let shifted = try CoordinateSample(LayerSource(path: folder + "/county.geojson"))
        let diagnosis = try CoordinateDetective(known: known).diagnose(shifted)
        #expect(diagnosis.best?.crs == "GCJ-02")
        #expect(diagnosis.hypotheses[1].crs == "EPSG:4490")
        let plain = try CoordinateSample(LayerSource(path: folder + "/study-counties-wgs84.geojson"))
        #expect(try CoordinateDetective(known: known).diagnose(plain).best?.crs == "EPSG:4490")
    }

    @Test(
        "The rectangles of the gazetteer hold the counties of Qinghai and Gansu",
        .enabled(if: SharedData.path("data/cn-qinghai-gansu-admin/county.geojson") != nil))
    func gazetteer() throws {
        let path = try #require(SharedData.path("data/cn-qinghai-gansu-admin/county.geojson"))
        let reader = try LayerReader(LayerSource(path: path))
        var count = 0
        try reader.read(fields: ["adcode"]) { batch in
            for row in batch {
                guard let code = row.attributes[0].text, let geometry = try row.geometry.get() else { continue }
                let place = try #require(Gazetteer.place(of: code))
                #expect(place.envelope.contains(geometry.envelope), "\(code) \(place.name) \(geometry.envelope)")
                count += 1
            }
        }
        #expect(count == 131)
    }
}
