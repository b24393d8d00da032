/// A polygon as its rings: one exterior and any number of interior ones.
///
/// Rings are closed (first position = last) when they come from a reader; nothing is checked here, so that broken
/// input can be carried to where it is judged. Ring direction has no meaning.
public struct Polygon: Hashable, Sendable {
    /// The outer boundary; no positions in an empty polygon.
    public var exteriorRing: [Position]
    /// The holes.
    public var interiorRings: [[Position]]

    /// Creates a polygon from its rings, unchecked.
    public init(exteriorRing: [Position], interiorRings: [[Position]] = []) {
        self.exteriorRing = exteriorRing
        self.interiorRings = interiorRings
    }

    /// Whether there is no exterior ring.
    public var isEmpty: Bool { exteriorRing.isEmpty }

    /// The exterior ring, then the holes; none where empty.
    public var rings: [[Position]] { isEmpty ? [] : [exteriorRing] + interiorRings }

    /// The number of positions of all rings.
    public var positionCount: Int { interiorRings.reduce(exteriorRing.count) { $0 + $1.count } }
}

/// A connected series of positions.
public struct LineString: Hashable, Sendable {
    /// The vertices in order; none in an empty line.
    public var positions: [Position]

    /// Creates a line from its vertices, unchecked.
    public init(positions: [Position]) { self.positions = positions }
}

/// A geometry of the OGC simple-feature kinds with straight edges, in two dimensions.
public indirect enum Geometry: Hashable, Sendable {
    /// A point; nil for `POINT EMPTY`.
    case point(Position?)
    /// A line.
    case lineString(LineString)
    /// A polygon.
    case polygon(Polygon)
    /// Several points.
    case multiPoint([Position])
    /// Several lines.
    case multiLineString([LineString])
    /// Several polygons.
    case multiPolygon([Polygon])
    /// Any mix, nested ones included.
    case collection([Geometry])
}

extension Geometry {
    /// The parts that are not collections, in order, at any depth: all points, lines and polygons.
    public struct Parts: Sendable {
        /// The points.
        public var points: [Position] = []
        /// The lines that have positions.
        public var lines: [LineString] = []
        /// The polygons that have positions.
        public var polygons: [Polygon] = []

        /// Creates parts from their three kinds.
        public init(points: [Position] = [], lines: [LineString] = [], polygons: [Polygon] = []) {
            self.points = points
            self.lines = lines
            self.polygons = polygons
        }

        /// Whether there is no part of any kind.
        public var isEmpty: Bool { points.isEmpty && lines.isEmpty && polygons.isEmpty }
    }

    /// All single parts by kind; empty ones are left out.
    public var parts: Parts {
        var parts = Parts()
        collect(into: &parts)
        return parts
    }

    private func collect(into parts: inout Parts) {
        switch self {
        case .point(let position): if let position { parts.points.append(position) }
        case .multiPoint(let positions): parts.points += positions
        case .lineString(let line): if !line.positions.isEmpty { parts.lines.append(line) }
        case .multiLineString(let lines): parts.lines += lines.filter { !$0.positions.isEmpty }
        case .polygon(let polygon): if !polygon.isEmpty { parts.polygons.append(polygon) }
        case .multiPolygon(let polygons): parts.polygons += polygons.filter { !$0.isEmpty }
        case .collection(let members): for member in members { member.collect(into: &parts) }
        }
    }

    /// Whether no position is in it at any depth.
    public var isEmpty: Bool {
        switch self {
        case .point(let position): position == nil
        case .multiPoint(let positions): positions.isEmpty
        case .lineString(let line): line.positions.isEmpty
        case .multiLineString(let lines): lines.allSatisfy(\.positions.isEmpty)
        case .polygon(let polygon): polygon.isEmpty
        case .multiPolygon(let polygons): polygons.allSatisfy(\.isEmpty)
        case .collection(let members): members.allSatisfy(\.isEmpty)
        }
    }

    /// The OGC name of the kind, as in GeoJSON: `Polygon`, `GeometryCollection`.
    public var typeName: String {
        switch self {
        case .point: "Point"
        case .lineString: "LineString"
        case .polygon: "Polygon"
        case .multiPoint: "MultiPoint"
        case .multiLineString: "MultiLineString"
        case .multiPolygon: "MultiPolygon"
        case .collection: "GeometryCollection"
        }
    }

    /// The smallest envelope; empty where there is no position.
    public var envelope: Envelope {
        var envelope = Envelope.empty
        forEachPosition { envelope.insert($0) }
        return envelope
    }

    /// The number of positions at any depth, closing ones included.
    public var positionCount: Int {
        switch self {
        case .point(let position): position == nil ? 0 : 1
        case .multiPoint(let positions): positions.count
        case .lineString(let line): line.positions.count
        case .multiLineString(let lines): lines.reduce(0) { $0 + $1.positions.count }
        case .polygon(let polygon): polygon.positionCount
        case .multiPolygon(let polygons): polygons.reduce(0) { $0 + $1.positionCount }
        case .collection(let members): members.reduce(0) { $0 + $1.positionCount }
        }
    }

    /// Calls `body` with every position in order of storage.
    @inlinable
    public func forEachPosition(_ body: (Position) -> Void) {
        switch self {
        case .point(let position): if let position { body(position) }
        case .multiPoint(let positions): positions.forEach(body)
        case .lineString(let line): line.positions.forEach(body)
        case .multiLineString(let lines): for line in lines { line.positions.forEach(body) }
        case .polygon(let polygon): Self.visit(polygon, body)
        case .multiPolygon(let polygons): for polygon in polygons { Self.visit(polygon, body) }
        case .collection(let members): for member in members { member.forEachPosition(body) }
        }
    }

    @inlinable
    static func visit(_ polygon: Polygon, _ body: (Position) -> Void) {
        polygon.exteriorRing.forEach(body)
        for ring in polygon.interiorRings { ring.forEach(body) }
    }

    /// Returns the geometry with each run of positions (a ring, a line, the points) replaced by what `transform` makes
    /// of it.
    ///
    /// - Parameter transform: Gets the positions of one run; may return more or fewer. A point keeps the first.
    /// - Returns: A geometry of the same kind, with the same parts.
    /// - Throws: What `transform` throws.
    public func mapRuns<E: Error>(_ transform: ([Position]) throws(E) -> [Position]) throws(E) -> Geometry {
        switch self {
        case .point(let position):
            guard let position else { return self }
            return .point(try transform([position]).first)
        case .multiPoint(let positions):
            var mapped: [Position] = []
            mapped.reserveCapacity(positions.count)
            for position in positions { mapped += try transform([position]) }
            return .multiPoint(mapped)
        case .lineString(let line):
            return .lineString(LineString(positions: try transform(line.positions)))
        case .multiLineString(let lines):
            var mapped: [LineString] = []
            for line in lines { mapped.append(LineString(positions: try transform(line.positions))) }
            return .multiLineString(mapped)
        case .polygon(let polygon):
            return .polygon(try Self.map(polygon, transform))
        case .multiPolygon(let polygons):
            var mapped: [Polygon] = []
            for polygon in polygons { mapped.append(try Self.map(polygon, transform)) }
            return .multiPolygon(mapped)
        case .collection(let members):
            var mapped: [Geometry] = []
            for member in members { mapped.append(try member.mapRuns(transform)) }
            return .collection(mapped)
        }
    }

    private static func map<E: Error>(
        _ polygon: Polygon, _ transform: ([Position]) throws(E) -> [Position]
    ) throws(E) -> Polygon {
        var interiorRings: [[Position]] = []
        for ring in polygon.interiorRings { interiorRings.append(try transform(ring)) }
        return Polygon(exteriorRing: try transform(polygon.exteriorRing), interiorRings: interiorRings)
    }
}
