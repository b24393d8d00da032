internal import Glibc
public import RedlineGeometry

/// Brings CGCS2000 longitude and latitude to the plane of any CRS, geographic ones on other datums included: the way
/// back of ``CoordinateTransformation``, with the same datums refused.
public final class InverseTransformation {
    /// The CRS that positions go to.
    public let target: CRSDefinition
    /// Whether positions stay as they are.
    public let isIdentity: Bool
    private let method: Method
    private var domain = DomainCheck()
    /// A millimetre in units of the target.
    private let tolerance: Double

    private enum Method {
        case degrees(perUnit: Double, primeMeridian: Double)
        case operation(PositionOperation)
    }

    /// Builds the transformation; keep it, for that costs milliseconds where it needs PROJ.
    ///
    /// - Parameters:
    ///   - target: Any text that ``CRSDefinition`` reads.
    ///   - context: Reused where given.
    /// - Throws: What ``CoordinateTransformation`` throws; ``CoordinateReferenceError/noTransformation(crs:reason:)``
    ///   for an operation that has no way back.
    public init(to target: String, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        if let known = WellKnownCRS(target) {
            self.target = known.definition(text: target)
            isIdentity = true
            method = .degrees(perUnit: 1, primeMeridian: 0)
            tolerance = 1e-8
            return
        }
        let context = try ProjectionContext.reusing(context)
        let reading = try CRSReading(target, in: context)
        self.target = CRSDefinition(reading, text: target)
        if let systems = reading.systems, !systems.isProjected, systems.isWGS84Like {
            method = .degrees(perUnit: systems.degreesPerUnit, primeMeridian: systems.primeMeridian)
            isIdentity = systems.degreesPerUnit == 1 && systems.primeMeridian == 0
        } else {
            let operation = try PositionOperation.toLongitudeLatitude(reading, text: target)
            guard operation.hasInverse else {
                throw .noTransformation(crs: target, reason: "it has no way back from longitude and latitude")
            }
            method = .operation(operation)
            isIdentity = false
        }
        tolerance = self.target.isProjected ? 1e-3 / (self.target.linearUnitInMeters ?? 1) : 1e-8
    }

    /// Returns the positions in the target, one for each.
    ///
    /// - Parameter positions: Longitude and latitude in degrees.
    /// - Returns: Easting or longitude first, in the unit of the target.
    /// - Throws: ``CoordinateReferenceError`` that names the first position that has no place there.
    public func transform(_ positions: [Position]) throws(CoordinateReferenceError) -> [Position] {
        switch method {
        case .degrees(let unit, let meridian):
            guard !isIdentity else { return positions }
            return positions.map { Position(x: ($0.x - meridian) / unit, y: $0.y / unit) }
        case .operation(let operation):
            var result = positions
            operation.applyInverse(&result)
            for (index, place) in result.enumerated() where !place.isFinite {
                throw .positionOutsideDomain(positions[index], crs: target.text, message: operation.lastMessage)
            }
            // A centimetre, or 200 m where the way back may take another formula; whole turns are the same place.
            let near = operation.isSmooth ? 1e-7 : 2e-3
            let lost = domain.firstLost(positions, result, tolerance: near, period: 360) { operation.apply(&$0) }
            if let lost {
                throw .positionOutsideDomain(lost, crs: target.text, message: "its place there leads to another one")
            }
            return result
        }
    }

    /// Returns a ring in the target, with positions added so that each edge that is straight in longitude and latitude
    /// stays within 1 mm of where it was; the same edge gets the same ones whichever way it runs.
    ///
    /// - Parameter ring: Longitude and latitude in degrees.
    /// - Returns: The ring in the unit of the target.
    /// - Throws: What ``transform(_:)`` throws.
    public func densifiedAndTransformed(_ ring: [Position]) throws(CoordinateReferenceError) -> [Position] {
        guard case .operation = method, ring.count > 1 else { return try transform(ring) }
        var places = try transform(ring)
        var nodes = ring
        // The node after each, and the edges, by their first node, that are still in doubt.
        var following = Array(1...ring.count)
        var doubtful = (0..<ring.count - 1).filter { Self.metersBetween(ring[$0], ring[$0 + 1]) > Self.alwaysStraight }
        var depth = 0
        while !doubtful.isEmpty, depth < 20 {
            let middles = doubtful.map { index in
                let (a, b) = (nodes[index], nodes[following[index]])
                return Position(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
            }
            let middlePlaces = try transform(middles)
            var next: [Int] = []
            for (place, index) in doubtful.enumerated() {
                let end = following[index]
                let length = Self.metersBetween(nodes[index], nodes[end])
                // An S-shaped edge may pass through the middle of its chord.
                let isStraight =
                    length <= Self.alwaysHalved && offset(middlePlaces[place], places[index], places[end]) <= tolerance
                guard !isStraight else { continue }
                nodes.append(middles[place])
                places.append(middlePlaces[place])
                following.append(end)
                following[index] = nodes.count - 1
                if length > 2 * Self.alwaysStraight { next += [index, nodes.count - 1] }
            }
            doubtful = next
            depth += 1
        }
        guard nodes.count > ring.count else { return places }
        var result: [Position] = []
        result.reserveCapacity(nodes.count)
        var node = 0
        while node != ring.count - 1 {
            result.append(places[node])
            node = following[node]
        }
        result.append(places[node])
        return result
    }

    // An arc of this length and the earth's radius is 0.1 mm off its chord; ten times as bent it is a millimetre.
    private static let alwaysStraight = 70.0
    private static let alwaysHalved = 20_000.0

    private static func metersBetween(_ a: Position, _ b: Position) -> Double {
        let dx = (b.x - a.x) * 111_320 * cos((a.y + b.y) / 2 * .pi / 180)
        let dy = (b.y - a.y) * 111_320
        return (dx * dx + dy * dy).squareRoot()
    }

    /// How far a place lies beside a chord, in units of the target.
    private func offset(_ place: Position, _ start: Position, _ end: Position) -> Double {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let (px, py) = (place.x - start.x, place.y - start.y)
        let length = (dx * dx + dy * dy).squareRoot()
        return length > 0 ? abs(dx * py - dy * px) / length : (px * px + py * py).squareRoot()
    }
}
