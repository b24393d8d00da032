import CoordinateReference
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

@Test(
    "A-05: three edge models, three areas of one triangle",
    arguments: [
        (AreaMethod.ellipsoidal, 49_370_232.089), (.geodesic, 49_391_955.917), (.notice32, 49_359_578.145),
    ])
func edgeModel(method: AreaMethod, squareMeters: Double) throws {
    let triangle = Geometry.polygon(Polygon(exteriorRing: ring((95, 37), (95.1, 37), (95, 37.1))))
    let area = try AreaMeter(method: method).area(of: triangle).squareMeters
    #expect(abs(area - squareMeters) <= 5e-4)  // Half a unit of the last printed place.
}

@Test("A-06: the small triangle with geodesic edges is 0.021 704 m² larger")
func smallGeodesicTriangle() {
    let triangle = Polygon(exteriorRing: ring((95, 37), (95.001, 37), (95, 37.001)))
    let geodesic = GeodesicArea().area(of: triangle).squareMeters
    #expect(abs(geodesic - 4_939.153_151) <= 5e-7)
    #expect(abs(geodesic - EllipsoidalArea().area(of: triangle).squareMeters - 0.021_704) <= 5e-7)
}

@Test("A-07: the cell with geodesic edges")
func geodesicCell() throws {
    let area = try AreaMeter(method: .geodesic).area(of: .polygon(Polygon(exteriorRing: box(95, 37, 95.1, 37.1))))
    #expect(abs(area.squareMeters - 98_719_154.126) <= 1e-3)
}

@Test("A-08: a square kilometre of EPSG:4520 at 1.0° off its meridian is smaller on the ellipsoid")
func planeSquare() throws {
    let corner = try PlaneProjection(to: "EPSG:4520").project([Position(x: 97, y: 37)])[0]
    let square = box(corner.x, corner.y, corner.x + 1000, corner.y + 1000)
    let transformation = try CoordinateTransformation(from: "EPSG:4520")
    let geometry = try transformation.densifiedAndTransformed(.polygon(Polygon(exteriorRing: square)))
    let plane = try AreaMeter(method: .plane("EPSG:4520")).area(of: geometry).squareMeters
    let ellipsoidal = try AreaMeter(method: .ellipsoidal).area(of: geometry).squareMeters
    #expect(abs(plane - 1_000_000) <= 1e-3)
    #expect(abs(ellipsoidal - 999_802.696) <= 0.01)
}

@Test("The trapezoids of the notice agree with 50 digits to 10⁻¹⁴", arguments: try ReferenceShape.areas())
func noticeReference(shape: ReferenceShape) {
    let area = Notice32Area().signedRingArea(shape.ring).squareMeters
    #expect(abs(area / shape.figures[1] - 1) <= 1e-14)
}

@Test("Geodesic areas and perimeters agree with GeographicLib", arguments: try ReferenceShape.geodesics())
func geodesicReference(shape: ReferenceShape) {
    let (area, perimeter) = Geodesic.cgcs2000.signedAreaAndPerimeter(of: shape.ring)
    #expect(abs(area.squareMeters - shape.figures[0]) <= max(1e-9 * abs(shape.figures[0]), 1e-3))
    #expect(abs(perimeter.meters - shape.figures[1]) <= max(1e-12 * shape.figures[1], 1e-7))
}

@Test(
    "No method cares for the direction of rings, and every one subtracts holes",
    arguments: [
        AreaMethod.ellipsoidal, .notice32, .geodesic, .plane("EPSG:4520"),
    ])
func ringDirections(method: AreaMethod) throws {
    let meter = try AreaMeter(method: method)
    let (shell, hole) = (box(95, 37, 95.1, 37.1), box(95.04, 37.04, 95.06, 37.06))
    let whole = try meter.area(of: .polygon(Polygon(exteriorRing: shell)))
    let removed = try meter.area(of: .polygon(Polygon(exteriorRing: hole)))
    for shell in [shell, shell.reversed()] {
        for hole in [hole, hole.reversed()] {
            let area = try meter.area(of: .polygon(Polygon(exteriorRing: shell, interiorRings: [hole])))
            // Rounding of the two terms, from another first vertex or direction.
            #expect(abs((area - (whole - removed)).squareMeters) <= 1e-14 * whole.squareMeters + 1e-6)
        }
    }
}

@Test("Method names are read in any case and written back")
func methodNames() {
    for (text, method) in [
        ("ellipsoidal", AreaMethod.ellipsoidal), ("notice32", .notice32), ("Geodesic", .geodesic),
        ("epsg:4520", .plane("EPSG:4520")),
    ] {
        #expect(AreaMethod(parsing: text) == method)
        #expect(AreaMethod(parsing: method.description) == method)
    }
    for text in ["", "planar", "EPSG:", "EPSG:45x", "ESRI:102025", "EPSG:４５"] {
        #expect(AreaMethod(parsing: text) == nil)
    }
}

@Test("A plane method needs a projected CRS of a datum that can be reached")
func planeRefusals() {
    #expect(throws: CoordinateReferenceError.notProjected(crs: "EPSG:4490")) {
        try AreaMeter(method: .plane("EPSG:4490"))
    }
    #expect(throws: CoordinateReferenceError.notProjected(crs: "EPSG:4269")) {
        try AreaMeter(method: .plane("EPSG:4269"))
    }
    #expect(throws: CoordinateReferenceError.self) { try AreaMeter(method: .plane("EPSG:2433")) }
    #expect(throws: CoordinateReferenceError.self) { try AreaMeter(method: .plane("EPSG:999999")) }
}

@Test("A plane in feet still gives square metres")
func planeInFeet() throws {
    // EPSG:3438 is EPSG:32130 (Rhode Island) in US survey feet.
    let square = Geometry.polygon(Polygon(exteriorRing: box(-71.5, 41.6, -71.49, 41.61)))
    let feet = try AreaMeter(method: .plane("EPSG:3438")).area(of: square).squareMeters
    let meters = try AreaMeter(method: .plane("EPSG:32130")).area(of: square).squareMeters
    #expect(abs(feet / meters - 1) <= 1e-9)
}
