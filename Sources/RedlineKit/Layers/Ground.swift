import GeometryEngine
package import RedlineGeometry

/// What a feature covers, in CGCS2000 longitude and latitude: its parts united, so that no ground counts twice.
package struct Ground: Sendable {
    /// Valid polygons that share no ground.
    package var polygons: [Polygon]
    /// The lines, as they are.
    package var lines: [LineString]
    /// The points, each place once.
    package var points: [Position]
    /// The envelope of all.
    package var envelope: Envelope

    package init(polygons: [Polygon] = [], lines: [LineString] = [], points: [Position] = []) {
        self.polygons = polygons
        self.lines = lines
        var seen: Set<Position> = []
        self.points = points.filter { seen.insert($0).inserted }
        var envelope = Envelope(self.points)
        for polygon in polygons { envelope.formUnion(Envelope(polygon.exteriorRing)) }
        for line in lines { envelope.formUnion(Envelope(line.positions)) }
        self.envelope = envelope
    }

    /// Whether there is nothing in it.
    package var isEmpty: Bool { polygons.isEmpty && lines.isEmpty && points.isEmpty }

    /// The number of positions of all parts.
    var positionCount: Int {
        polygons.reduce(0) { $0 + $1.positionCount } + lines.reduce(0) { $0 + $1.positions.count } + points.count
    }

    /// A position of it; nil where empty.
    package var firstPosition: Position? {
        polygons.first?.exteriorRing.first ?? lines.first?.positions.first ?? points.first
    }

    /// The parts as one geometry of the simplest kind that holds them; nil where empty.
    package var geometry: Geometry? {
        var members: [Geometry] = []
        if polygons.count == 1 {
            members.append(.polygon(polygons[0]))
        } else if !polygons.isEmpty {
            members.append(.multiPolygon(polygons))
        }
        if lines.count == 1 {
            members.append(.lineString(lines[0]))
        } else if !lines.isEmpty {
            members.append(.multiLineString(lines))
        }
        if points.count == 1 {
            members.append(.point(points[0]))
        } else if !points.isEmpty {
            members.append(.multiPoint(points))
        }
        return members.count > 1 ? .collection(members) : members.first
    }
}

/// Why a geometry is not taken as it is.
package struct GroundFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason in the words of the engine: `Self-intersection`.
    package var reason: String
    /// Where, in longitude and latitude, if the engine says.
    package var location: Position?

    /// Reason and place.
    package var description: String { reason + (location.map { " at \($0.x), \($0.y)" } ?? "") }
}

extension Ground {
    /// Takes a geometry apart, judges each polygon and unites the parts.
    ///
    /// Inside one valid polygon the rings count even–odd; an invalid one is what GEOS' MakeValid (`structure`) makes of
    /// it. Parts that overlap or share edges are united; that is no repair.
    ///
    /// - Parameters:
    ///   - geometry: In CGCS2000 longitude and latitude.
    ///   - repairing: Whether invalid polygons are repaired; else the first one is thrown as a fault.
    ///   - context: The GEOS context of the task.
    /// - Returns: The ground and whether anything was repaired. A repair may leave nothing.
    /// - Throws: ``GroundFault``; `GeometryError` where even the repair fails.
    static func of(
        _ geometry: Geometry, repairing: Bool, in context: GeometryContext
    ) throws -> (ground: Ground, isRepaired: Bool) {
        let parts = geometry.parts
        if let bad = parts.points.first(where: { !$0.isFinite }) ?? firstBad(parts.lines) {
            throw GroundFault(reason: "a coordinate is not a number", location: bad)
        }
        var isRepaired = false
        var lines = parts.lines
        if let index = lines.firstIndex(where: isWithoutLength) {
            guard repairing else {
                throw GroundFault(reason: "a line without length", location: lines[index].positions.first)
            }
            lines.removeAll(where: isWithoutLength)
            isRepaired = true
        }
        let polygons = try valid(parts.polygons, repairing: repairing, isRepaired: &isRepaired, in: context)
        return (Ground(polygons: polygons, lines: lines, points: parts.points), isRepaired)
    }

    private static func firstBad(_ lines: [LineString]) -> Position? {
        lines.lazy.flatMap(\.positions).first { !$0.isFinite }
    }

    private static func isWithoutLength(_ line: LineString) -> Bool {
        line.positions.allSatisfy { $0 == line.positions[0] }
    }

    private static func valid(
        _ polygons: [Polygon], repairing: Bool, isRepaired: inout Bool, in context: GeometryContext
    ) throws -> [Polygon] {
        guard !polygons.isEmpty else { return [] }
        if polygons.allSatisfy(hasClosedRings), PiecewiseValidity(context: context).holds(polygons) {
            return polygons
        }
        var united: [Polygon] = []
        for polygon in polygons {
            if let fault = try fault(of: polygon, in: context) {
                guard repairing else { throw fault }
                isRepaired = true
                united += try repaired(polygon, in: context)
            } else {
                united.append(polygon)
            }
        }
        guard united.count > 1 else { return united }
        return try context.geometry(.multiPolygon(united)).unaryUnion().value().parts.polygons
    }

    static func hasClosedRings(_ polygon: Polygon) -> Bool {
        polygon.exteriorRing.count >= 4 && polygon.exteriorRing.first == polygon.exteriorRing.last
            && polygon.interiorRings.allSatisfy { $0.count >= 4 && $0.first == $0.last }
    }

    static func fault(of polygon: Polygon, in context: GeometryContext) throws -> GroundFault? {
        for ring in polygon.rings {
            if let bad = ring.first(where: { !$0.isFinite }) {
                return GroundFault(reason: "a coordinate is not a number", location: bad)
            }
            if ring.count < 4 {
                return GroundFault(reason: "a ring of \(ring.count) positions, 4 are needed", location: ring.first)
            }
            if ring.first != ring.last { return GroundFault(reason: "a ring is not closed", location: ring.last) }
        }
        guard case .invalid(let reason, let location) = try context.polygon(polygon).validity() else {
            return nil
        }
        return GroundFault(reason: reason, location: location)
    }

    /// Closes open rings, drops rings of fewer than three places, and lets MakeValid do the rest.
    private static func repaired(_ polygon: Polygon, in context: GeometryContext) throws -> [Polygon] {
        // Without a shell the holes alone are no ground.
        guard let shell = closed(polygon.exteriorRing) else { return [] }
        let cleaned = Polygon(exteriorRing: shell, interiorRings: polygon.interiorRings.compactMap(closed))
        return try context.polygon(cleaned).madeValid().value().parts.polygons
    }

    /// The finite positions of a ring, closed; nil where they are fewer than three.
    private static func closed(_ ring: [Position]) -> [Position]? {
        var ring = ring.filter(\.isFinite)
        guard let first = ring.first else { return nil }
        if ring.last != first { ring.append(first) }
        return ring.count >= 4 ? ring : nil
    }
}
