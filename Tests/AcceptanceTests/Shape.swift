/// A GeoJSON feature in the making, in longitude and latitude.
struct Shape {
    var geometry: String
    var properties: [String: String] = [:]
    var id: String?

    /// The feature as JSON text; properties are text.
    var json: String {
        let members = properties.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
        let own = id.map { "\"id\":\($0)," } ?? ""
        return
            "{\"type\":\"Feature\",\(own)\"properties\":{\(members.joined(separator: ","))},\"geometry\":\(geometry)}"
    }

    /// The same feature with properties, for instance `["id": "A"]`.
    func with(_ properties: [String: String], id: String? = nil) -> Shape {
        Shape(geometry: geometry, properties: properties, id: id)
    }

    /// The rectangle between two longitudes and two latitudes; those of the cell of the acceptance cases by default.
    static func box(_ west: Double, _ east: Double, _ south: Double = 37.0, _ north: Double = 37.1) -> Shape {
        polygon([(west, south), (east, south), (east, north), (west, north)])
    }

    /// A polygon by its corners.
    static func polygon(_ corners: [(Double, Double)]) -> Shape {
        Shape(geometry: "{\"type\":\"Polygon\",\"coordinates\":[\(path(corners + corners.prefix(1)))]}")
    }

    /// Several polygons by their corners.
    static func polygons(_ parts: [[(Double, Double)]]) -> Shape {
        let rings = parts.map { "[\(path($0 + $0.prefix(1)))]" }
        return Shape(geometry: "{\"type\":\"MultiPolygon\",\"coordinates\":[\(rings.joined(separator: ","))]}")
    }

    /// A line by its vertices.
    static func line(_ vertices: [(Double, Double)]) -> Shape {
        Shape(geometry: "{\"type\":\"LineString\",\"coordinates\":\(path(vertices))}")
    }

    /// A point.
    static func point(_ x: Double, _ y: Double) -> Shape {
        Shape(geometry: "{\"type\":\"Point\",\"coordinates\":[\(x),\(y)]}")
    }

    /// A polygon that crosses itself.
    static let bowTie = polygon([(95.01, 37.01), (95.02, 37.02), (95.02, 37.01), (95.01, 37.02)])

    /// A site with an id.
    func site(_ id: String) -> Shape { with(["id": id]) }

    /// A zone with a code.
    func zone(_ code: String) -> Shape { with(["code": code]) }

    private static func path(_ vertices: some Sequence<(Double, Double)>) -> String {
        "[" + vertices.map { "[\($0.0),\($0.1)]" }.joined(separator: ",") + "]"
    }
}

/// Figures of the acceptance cases.
enum Cell {
    /// The area of 95.0–95.1, 37.0–37.1 in square metres, from 50-digit arithmetic.
    static let area = 98_719_156.289_363_65
    /// The tolerance of the acceptance cases for an area: 1e-9 of it or 1e-4 m², whichever is larger.
    static func tolerance(_ area: Double) -> Double { max(1e-9 * abs(area), 1e-4) }
    /// The area of a strip of the cell's latitudes that is this many degrees wide.
    static func strip(_ degrees: Double) -> Double { area * degrees / 0.1 }
}
