import CoordinateReference
import RedlineGeometry
import TestSupport
import Testing

@Test(
    "Positions agree with cs2cs",
    arguments: [
        // echo N E | cs2cs -f %.12f SOURCE +to EPSG:4490 of PROJ 9.1.1, to EPSG:4326 where the CRS is not on CGCS2000.
        ("EPSG:4520", 32_588_997.153, 4_097_020.918, 96.999827791490, 37.000383813782),
        ("EPSG:4541", 588_997.153, 4_097_020.918, 96.999827791490, 37.000383813782),
        ("EPSG:32647", 300_000.0, 4_100_000.0, 96.751630719866, 37.024915487898),
        ("EPSG:3857", 10_586_000.25, 4_439_000.75, 95.095658222681, 36.999239256875),
        ("EPSG:3035", 4_321_000.0, 3_210_000.0, 10, 52),
        ("EPSG:28992", 155_000.0, 463_000.0, 5.387203508414, 52.155172301192),
        ("EPSG:32130", 100_000.0, 50_000.0, -71.5, 41.533543748083),
    ])
func agreesWithCs2cs(crs: String, x: Double, y: Double, longitude: Double, latitude: Double) throws {
    let place = try CoordinateTransformation(from: crs).transform([Position(x: x, y: y)])[0]
    // The figures' last printed place.
    #expect(abs(place.x - longitude) <= 1e-12)
    #expect(abs(place.y - latitude) <= 1e-12)
}

@Test(
    "Degrees of the same datum are taken as they are",
    arguments: ["EPSG:4490", "EPSG:4326", "OGC:CRS84", "EPSG:4979", esriGeographic])
func degreesAsTheyAre(crs: String) throws {
    let positions = [Position(x: 95.1, y: 37.05), Position(x: -181, y: 90), Position(x: 200, y: -89.999)]
    let transformation = try CoordinateTransformation(from: crs)
    #expect(try transformation.transform(positions) == positions)
    let line = Geometry.lineString(LineString(positions: [Position(x: 0, y: 0), Position(x: 90, y: 80)]))
    #expect(try transformation.densifiedAndTransformed(line) == line)
}

@Test("Degrees in another unit or from another meridian become those of Greenwich")
func otherUnits() throws {
    let wkt = """
        GEOGCS["WGS 84 (Paris, grad)",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],\
        PRIMEM["Paris",2.5969213],UNIT["grad",0.01570796326794897]]
        """
    let place = try CoordinateTransformation(from: wkt).transform([Position(x: 100, y: 50)])[0]
    #expect(abs(place.x - (90 + 2.5969213 * 0.9)) <= 1e-12)
    #expect(abs(place.y - 45) <= 1e-12)
}

@Test(
    "Older Chinese datums are refused with reason and remedy",
    arguments: [
        "EPSG:4214", "EPSG:4610", "EPSG:4555", "EPSG:2433", "EPSG:2383", "EPSG:4568", "EPSG:2349",
        #"GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],"#
            + #"PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
        #"GEOGCS["Xian 1980",DATUM["Xian_1980",SPHEROID["IAG 1975",6378140,298.257],TOWGS84[1,2,3,0,0,0,0]],"#
            + #"PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#,
    ])
func olderChineseDatums(crs: String) {
    let error = #expect(throws: CoordinateReferenceError.self) { try CoordinateTransformation(from: crs) }
    let message = error?.description ?? ""
    #expect(message.contains("ballpark or regional answer"))
    #expect(message.contains("+towgs84"))
    #expect(throws: CoordinateReferenceError.self) { try PlaneProjection(to: crs) }
}

@Test(
    "Any other datum for which PROJ has only a ballpark answer is refused",
    arguments: ["+proj=longlat +ellps=krass", "EPSG:4008"])
func ballparkOnly(crs: String) {
    let error = #expect(throws: CoordinateReferenceError.self) { try CoordinateTransformation(from: crs) }
    #expect(error?.description.contains("only a ballpark answer") == true)
}

@Test("Own parameters open an older datum")
func ownParameters() throws {
    let crs = "+proj=longlat +ellps=krass +towgs84=15.8,-154.4,-82.3,0,0,0,0"
    let place = try CoordinateTransformation(from: crs).transform([Position(x: 95, y: 37)])[0]
    // echo 95 37 | cs2cs -f %.9f "+proj=longlat +ellps=krass +towgs84=15.8,-154.4,-82.3 +type=crs" +to EPSG:4326
    #expect(abs(place.x - 94.999_974_351) <= 1e-9)
    #expect(abs(place.y - 37.000_272_714) <= 1e-9)
}

@Test("A pipeline takes positions as the file has them and ends in degrees, whether it says radians or degrees")
func pipelines() throws {
    let step = "+proj=pipeline +step +inv +proj=tmerc +lon_0=96 +x_0=32500000 +ellps=GRS80"
    let positions = [Position(x: 32_588_997, y: 4_097_021), Position(x: 32_400_000, y: 3_900_000)]
    let expected = try CoordinateTransformation(from: "EPSG:4520").transform(positions)
    for pipeline in [step, step + " +step +proj=unitconvert +xy_in=rad +xy_out=deg"] {
        for (place, goal) in zip(try CoordinateTransformation(from: pipeline).transform(positions), expected) {
            #expect(abs(place.x - goal.x) <= 1e-12 && abs(place.y - goal.y) <= 1e-12)
        }
    }
    // Metres at its end are no degrees.
    #expect(throws: CoordinateReferenceError.self) {
        try CoordinateTransformation(from: "+proj=pipeline +step +proj=affine +xoff=5").transform(positions)
    }
}

@Test(
    "Other datums with a real transformation are accepted",
    arguments: [
        ("EPSG:32130", 100_000.0, 50_000.0), ("EPSG:3857", 1e7, 4e6), ("EPSG:3035", 4_321_000.0, 3_210_000.0),
        ("EPSG:28992", 155_000.0, 463_000.0), ("EPSG:4269", -71.5, 41.6), ("EPSG:5014", 600_000.0, 4_180_000.0),
    ])
func acceptedCRSs(crs: String, x: Double, y: Double) throws {
    let place = try CoordinateTransformation(from: crs).transform([Position(x: x, y: y)])[0]
    #expect(place.isFinite)
    if let plane = try? PlaneProjection(to: crs) {
        let back = try plane.project([place])[0]
        #expect(abs(back.x - x) <= 1e-3 && abs(back.y - y) <= 1e-3)
    }
}

@Test("A position that is no number, beyond the degrees or beyond the projection is named")
func badPositions() throws {
    let good = Position(x: 95, y: 37)
    let degrees = try CoordinateTransformation(from: "EPSG:4490")
    let swapped = #expect(throws: CoordinateReferenceError.self) {
        try degrees.transform([good, Position(x: 37, y: 95)])
    }
    #expect(swapped == .positionBeyondDegrees(Position(x: 37, y: 95), crs: "EPSG:4490"))
    #expect(swapped?.description.contains("axes may be swapped") == true)
    #expect(throws: CoordinateReferenceError.positionBeyondDegrees(Position(x: 361, y: 0), crs: "EPSG:4490")) {
        try degrees.transform([Position(x: 361, y: 0)])
    }
    for bad in [Position(x: .nan, y: 37), Position(x: 95, y: .infinity)] {
        for crs in ["EPSG:4490", "EPSG:4520", "EPSG:4269"] {
            let error = #expect(throws: CoordinateReferenceError.self) {
                try CoordinateTransformation(from: crs).transform([bad])
            }
            guard case .positionNotFinite = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }
}

@Test(
    "An easting without its zone number, swapped axes and metres beyond the globe are told",
    arguments: [
        ("EPSG:4520", 588_997.0, 4_097_020.0), ("EPSG:4541", 32_588_997.0, 4_097_020.0),
        ("EPSG:4520", 4_097_020.0, 32_588_997.0),
        ("EPSG:3857", 1e300, 1.0), ("EPSG:28992", 1e9, 1e9), ("EPSG:4520", 95.1, 37.05),
    ])
func outsideTheProjection(crs: String, x: Double, y: Double) throws {
    let transformation = try CoordinateTransformation(from: crs)
    let error = #expect(throws: CoordinateReferenceError.self) { try transformation.transform([Position(x: x, y: y)]) }
    guard case .positionOutsideDomain(let position, _, _) = error else {
        Issue.record("\(String(describing: error))")
        return
    }
    #expect(position == Position(x: x, y: y))
    #expect(error?.description.contains("zone number") == true)
}

@Test("A good position is not spoilt by a bad batch before it")
func recovers() throws {
    let transformation = try CoordinateTransformation(from: "EPSG:4520")
    let good = [Position(x: 32_588_997, y: 4_097_021)]
    let expected = try transformation.transform(good)
    #expect(throws: CoordinateReferenceError.self) { try transformation.transform(good + [Position(x: 0, y: 0)]) }
    #expect(try transformation.transform(good) == expected)
}

@Test("No positions are no trouble")
func nothing() throws {
    for crs in ["EPSG:4490", "EPSG:4520"] {
        let transformation = try CoordinateTransformation(from: crs)
        #expect(try transformation.transform([]).isEmpty)
        for empty in [Geometry.point(nil), .multiPolygon([]), .lineString(LineString(positions: []))] {
            #expect(try transformation.densifiedAndTransformed(empty) == empty)
        }
    }
}

@Test("Where PROJ picks formulas by region, a position beyond the border is not refused for coming back by another one")
func regionalFormulas() throws {
    // Krovak: between Czechia's and Slovakia's parameters, 8 m apart.
    let place = try CoordinateTransformation(from: "EPSG:5514").transform([Position(x: -494_637.13, y: -962_141)])[0]
    #expect(abs(place.x - 17.7714) <= 1e-3 && abs(place.y - 51.0645) <= 1e-3)
}
