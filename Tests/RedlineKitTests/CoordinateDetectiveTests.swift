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
