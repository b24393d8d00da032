package import RedlineGeometry

extension JSONText {
    /// Writes a geometry object of RFC 7946, exterior rings counter-clockwise and holes clockwise; null for nil.
    ///
    /// - Parameters:
    ///   - geometry: In longitude and latitude. Empty parts are left out.
    ///   - precision: How many decimals coordinates keep; nil keeps every double as it is.
    package mutating func geometry(_ geometry: Geometry?, precision: Int?) {
        guard let geometry else {
            null()
            return
        }
        let rounding = precision.map(DecimalRounding.init)
        beginObject()
        key("type")
        string(geometry.typeName)
        if case .collection(let members) = geometry {
            key("geometries")
            beginArray()
            for member in members { self.geometry(member, precision: precision) }
            endArray()
        } else {
            key("coordinates")
            coordinates(geometry, rounding)
        }
        endObject()
    }

    private mutating func coordinates(_ geometry: Geometry, _ rounding: DecimalRounding?) {
        switch geometry {
        case .point(let position):
            guard let position else {
                beginArray()
                endArray()
                return
            }
            separate()
            append(position, rounding)
            closeValue()
        case .multiPoint(let positions): run(positions, rounding)
        case .lineString(let line): run(line.positions, rounding)
        case .multiLineString(let lines):
            beginArray()
            for line in lines where !line.positions.isEmpty { run(line.positions, rounding) }
            endArray()
        case .polygon(let polygon): rings(polygon, rounding)
        case .multiPolygon(let polygons):
            beginArray()
            for polygon in polygons where !polygon.isEmpty { rings(polygon, rounding) }
            endArray()
        case .collection: break  // Has members in place of coordinates.
        }
    }

    private mutating func rings(_ polygon: Polygon, _ rounding: DecimalRounding?) {
        beginArray()
        if !polygon.isEmpty {
            ring(polygon.exteriorRing, counterClockwise: true, rounding)
            for hole in polygon.interiorRings where !hole.isEmpty { ring(hole, counterClockwise: false, rounding) }
        }
        endArray()
    }

    private mutating func ring(_ ring: [Position], counterClockwise: Bool, _ rounding: DecimalRounding?) {
        let area = doubledSignedArea(ring)
        if counterClockwise ? area < 0 : area > 0 {
            run(ring.reversed(), rounding)
        } else {
            run(ring, rounding)
        }
    }

    private mutating func run(_ positions: [Position], _ rounding: DecimalRounding?) {
        separate()
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for position in positions {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(position, rounding)
        }
        bytes.append(UInt8(ascii: "]"))
        closeValue()
    }

    private mutating func append(_ position: Position, _ rounding: DecimalRounding?) {
        bytes.append(UInt8(ascii: "["))
        appendNumber(rounding?.round(position.x) ?? position.x)
        bytes.append(UInt8(ascii: ","))
        appendNumber(rounding?.round(position.y) ?? position.y)
        bytes.append(UInt8(ascii: "]"))
    }
}

/// Rounds to a number of decimals; the result is the double nearest to the decimal number.
struct DecimalRounding {
    private let factor: Double

    init(decimals: Int) {
        // Powers of ten are exact up to 10^22, far above what `--precision` allows.
        factor = (0..<max(0, decimals)).reduce(1) { power, _ in power * 10 }
    }

    func round(_ value: Double) -> Double {
        let scaled = (value * factor).rounded()
        return scaled == 0 ? 0 : scaled / factor  // No negative zero.
    }
}

/// Twice the area of a ring in the plane of its coordinates, positive where it runs counter-clockwise.
func doubledSignedArea(_ ring: [Position]) -> Double {
    guard let origin = ring.first else { return 0 }
    var sum = 0.0
    var previous = Position(x: 0, y: 0)
    for position in ring {
        let current = Position(x: position.x - origin.x, y: position.y - origin.y)
        sum += previous.x * current.y - current.x * previous.y
        previous = current
    }
    return sum
}
