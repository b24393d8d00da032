import GeometryEngine
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

@testable import RedlineKit

/// What GEOS answers, held against the area of the cells.
@Suite("Two paths to one area")
struct OverlayCheckTests {
    private let meter: Meter
    private let zone: MeasuredZone
    private let site: MeasuredSite
    private let comparison: ZoneComparison

    init() throws {
        let meter = try Meter(ScreeningOptions())
        func rectangle(_ minX: Double, _ maxX: Double) -> Polygon {
            Polygon(Envelope(minX: minX, minY: 37, maxX: maxX, maxY: 37.2))
        }
        let ground = Ground(polygons: [rectangle(96, 96.2)])
        let zone = try MeasuredZone(Zone(id: "1", ground: ground, isRepaired: false), meter)
        let site = try MeasuredSite(
            Site(id: "s", name: "s", ground: Ground(polygons: [rectangle(96.1, 96.3)]), isRepaired: false),
            meter: meter)
        (self.meter, self.zone, self.site) = (meter, zone, site)
        comparison = ZoneComparison(try GeometryContext(), meter, areaMethod: .ellipsoidal)
    }

    private func encounter(area: Double?) -> Encounter {
        Encounter(
            site: site, zone: zone, key: .init(layer: 0, zone: 0), tolerance: 1, nearDistance: nil, area: area)
    }

    /// Half the site, by GEOS.
    private func half() throws -> Meeting {
        let area = try #require(site.area).ellipsoidal / 2
        return try #require(try comparison.meeting(of: encounter(area: area)))
    }

    @Test("Where both agree the finding is that of GEOS, with its polygons")
    func agreement() throws {
        let meeting = try half()
        #expect(meeting.fault == nil && meeting.relation == .overlaps)
        #expect(meeting.shared?.polygons.count == 1)
    }

    @Test("Where GEOS loses ground, or all of it, cells answer, and the finding says what is missing")
    func disagreement() throws {
        let meeting = try half()
        let known = try #require(meeting.area).ellipsoidal
        var wrong = meeting
        wrong.area = MeasuredArea(chosen: known * 0.9, ellipsoidal: known * 0.9)
        for found in [wrong, nil] {
            let checked = try #require(
                comparison.checked(found, of: encounter(area: known)))
            #expect(checked.relation == .overlaps && checked.area?.ellipsoidal == known)
            #expect(checked.shared == nil && !checked.isWhole)
            #expect(try #require(checked.fault).contains("\(known)"))
        }
    }

    @Test("By another method the area needs the polygons, and is not given without them")
    func otherMethod() throws {
        let other = ZoneComparison(try GeometryContext(), meter, areaMethod: .geodesic)
        let checked = try #require(other.checked(nil, of: encounter(area: 1e6))?.area)
        #expect(checked.chosen == nil && checked.ellipsoidal == 1e6)
    }

    @Test("What cells find less than the tolerance wide is a touch, and no ground of GEOS' makes it more")
    func sliver() throws {
        let checked = try #require(
            comparison.checked(try half(), of: encounter(area: 1e-7)))
        #expect(checked.relation == .touches && checked.fault != nil)
    }

    @Test("Rounding is no disagreement, and without an area from cells GEOS stands")
    func rounding() throws {
        let meeting = try half()
        let known = try #require(meeting.area).ellipsoidal
        #expect(comparison.checked(meeting, of: encounter(area: known * (1 + 1e-9)))?.fault == nil)
        #expect(comparison.checked(meeting, of: encounter(area: nil))?.fault == nil)
        #expect(comparison.checked(nil, of: encounter(area: 1e-3)) == nil)
    }
}
