import CoordinateReference
import RedlineGeometry
import TestSupport
import Testing

@Test(
    "Plane projections agree with cs2cs and come back",
    arguments: [
        // echo 37.05 96.9 | cs2cs -f %.6f EPSG:4490 +to EPSG:… of PROJ 9.1.1.
        ("EPSG:4520", 32_580_058.929_648, 4_102_438.746_291), ("EPSG:4541", 580_058.929_648, 4_102_438.746_291),
        ("EPSG:4507", -221_181.320_860, 4_132_892.106_637), ("EPSG:32647", 313_261.114_946, 4_102_481.482_760),
        ("EPSG:3857", 10_786_858.657_868, 4_446_078.435_858),
    ])
func planeProjection(crs: String, easting: Double, northing: Double) throws {
    let start = Position(x: 96.9, y: 37.05)
    let place = try PlaneProjection(to: crs).project([start])[0]
    #expect(abs(place.x - easting) <= 1e-6 && abs(place.y - northing) <= 1e-6)
    let back = try CoordinateTransformation(from: crs).transform([place])[0]
    #expect(abs(back.x - start.x) <= 1e-13 && abs(back.y - start.y) <= 1e-13)
}

@Test("A plane projection names what it cannot place")
func planeProjectionErrors() throws {
    let projection = try PlaneProjection(to: "EPSG:4520")
    #expect(throws: CoordinateReferenceError.positionBeyondDegrees(Position(x: 37, y: 95), crs: "EPSG:4490")) {
        try projection.project([Position(x: 37, y: 95)])
    }
    #expect(throws: CoordinateReferenceError.self) { try projection.project([Position(x: .nan, y: 0)]) }
    // On the equator, a quarter turn from the central meridian, lies the pole of the projection.
    #expect(throws: CoordinateReferenceError.self) { try projection.project([Position(x: 6, y: 0)]) }
    #expect(throws: CoordinateReferenceError.notProjected(crs: "OGC:CRS84")) { try PlaneProjection(to: "OGC:CRS84") }
    #expect(throws: CoordinateReferenceError.self) {
        try PlaneProjection(to: "+proj=pipeline +step +proj=tmerc +ellps=GRS80")
    }
}

@Test("A local plane has true distances from its centre and leads back")
func localProjection() throws {
    let context = try ProjectionContext()
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<200 {
        let center = Position(
            x: .random(in: -180...180, using: &generator), y: .random(in: -89...89, using: &generator))
        let local = try LocalProjection(center: center, context: context)
        let plane = (0..<20).map { _ in
            Position(x: .random(in: -5e4...5e4, using: &generator), y: .random(in: -5e4...5e4, using: &generator))
        }
        let places = try local.unproject(plane)
        for (position, place) in zip(plane, places) {
            let planar = (position.x * position.x + position.y * position.y).squareRoot()
            #expect(abs(Geodesic.cgcs2000.distance(from: center, to: place).meters - planar) <= 1e-6)
        }
        for (position, again) in zip(plane, try local.project(places)) {
            #expect(abs(position.x - again.x) <= 1e-6 && abs(position.y - again.y) <= 1e-6)
        }
        // Other distances: the square of the distance from the centre over 6 R², times theirs.
        let direct = Geodesic.cgcs2000.distance(from: places[0], to: places[1]).meters
        let (dx, dy) = (plane[0].x - plane[1].x, plane[0].y - plane[1].y)
        #expect(abs((dx * dx + dy * dy).squareRoot() / direct - 1) <= 2e-5)
    }
}

@Test("A local plane around the antimeridian keeps longitudes together")
func localProjectionAtAntimeridian() throws {
    for x in [180.0, -180, 179.99] {
        let places = try LocalProjection(center: Position(x: x, y: 37)).unproject([
            Position(x: -1e4, y: 0), Position(x: 1e4, y: 0),
        ])
        #expect(abs(places[0].x - x) < 0.2 && abs(places[1].x - x) < 0.2)
    }
}

@Test("A local plane refuses a centre that is no place")
func localProjectionErrors() throws {
    #expect(throws: CoordinateReferenceError.self) { try LocalProjection(center: Position(x: .nan, y: 0)) }
    #expect(throws: CoordinateReferenceError.self) { try LocalProjection(center: Position(x: 37, y: 95)) }
    let local = try LocalProjection(center: Position(x: 95, y: 37))
    #expect(throws: CoordinateReferenceError.self) { try local.unproject([Position(x: .infinity, y: 0)]) }
    #expect(throws: CoordinateReferenceError.self) { try local.project([Position(x: 0, y: .nan)]) }
}

@Test("Geodesics: a distance and an azimuth lead to where they were measured")
func geodesicDirect() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<500 {
        let start = Position(x: .random(in: -180...180, using: &generator), y: .random(in: -89...89, using: &generator))
        let end = Position(x: .random(in: -180...180, using: &generator), y: .random(in: -89...89, using: &generator))
        let distance = Geodesic.cgcs2000.distance(from: start, to: end)
        let azimuth = Geodesic.cgcs2000.azimuth(from: start, to: end)
        let reached = Geodesic.cgcs2000.position(from: start, azimuth: azimuth, distance: distance)
        #expect(Geodesic.cgcs2000.distance(from: reached, to: end).meters <= 1e-6)
    }
}
