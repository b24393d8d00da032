import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// The ground of zones cut into cells, and into pieces that overlays can bear, for questions of what overlaps what.
struct CheckedCells: Sendable {
    /// The polygons of each zone.
    let polygons: [[Polygon]]
    /// The rectangle of each zone.
    let envelopes: [Envelope]
    /// The ellipsoidal area of each zone in square metres.
    let areas: [Double]
    /// The cells.
    let cells: CellLayer
    /// The polygons, large ones cut so that an overlay costs what lies near its place; zones follow each other.
    private let pieces: [(zone: Int, polygon: Polygon)]
    private let index: PackedRTree

    /// Rounding of areas stays below this, in square metres; a strip of 1 mm by 1 m has ten times as much.
    static let rounding = 1e-4
    /// A polygon of up to this many positions is not cut.
    private static let pieceSize = 1024

    init(_ layer: CheckedLayer, threads: Int) async throws {
        try await self.init(layer.rows.map(\.ground.polygons), areas: layer.rows.map(\.area), threads: threads)
    }

    init(_ polygons: [[Polygon]], areas: [Double], threads: Int) async throws {
        self.polygons = polygons
        self.areas = areas
        envelopes = polygons.map { zone in
            zone.reduce(into: Envelope.empty) { $0.formUnion(Envelope($1.exteriorRing)) }
        }
        let cut = try await concurrentMap(count: polygons.count, threads: threads, chunk: 16) {
            CellBuilder()
        } _: { builder, zone in
            (cells: builder.cells(of: polygons[zone]), pieces: polygons[zone].flatMap(Self.cut))
        }
        cells = CellLayer(cut.map(\.cells))
        pieces = cut.enumerated().flatMap { zone, parts in parts.pieces.map { (zone, $0) } }
        index = PackedRTree(pieces.map { Envelope($0.polygon.exteriorRing) })
    }

    /// The pieces of a polygon; itself where it is small, or where rounding would lose some of it.
    private static func cut(_ polygon: Polygon) -> [Polygon] {
        guard polygon.positionCount > pieceSize, let halves = polygon.halves() else { return [polygon] }
        return halves.parts.flatMap(cut)
    }

    /// The ground of zones near a window, cut to it; pieces of one zone may share sides.
    ///
    /// - Parameters:
    ///   - window: In longitude and latitude.
    ///   - context: The GEOS context of the task.
    ///   - isExact: Whether small polygons are cut too; else they come whole, which costs less.
    ///   - includes: Whether a zone counts.
    /// - Returns: Polygons to be united before they are overlaid.
    /// - Throws: `GeometryError` where GEOS fails.
    func near(
        _ window: Envelope, _ context: GeometryContext, isExact: Bool = false,
        where includes: (Int) -> Bool = { _ in true }
    ) throws -> [Polygon] {
        var found: [Polygon] = []
        for place in index.indices(intersecting: window) where includes(pieces[place].zone) {
            let polygon = pieces[place].polygon
            if (polygon.positionCount < 64 && !isExact) || window.contains(Envelope(polygon.exteriorRing)) {
                found.append(polygon)
            } else {
                found += try context.polygon(polygon).clipped(to: window).value().parts.polygons
            }
        }
        return found
    }
}

/// What one task of a check owns.
final class CheckWorker {
    let context: GeometryContext
    var query = CellQuery()

    init() throws { context = try GeometryContext() }

    /// What is left of `polygons` without `cover`, in pieces wider than `width` metres.
    func rest(of polygons: [Polygon], minus cover: [Polygon], widerThan width: Double) throws -> [Polygon] {
        guard !polygons.isEmpty else { return [] }
        let whole = try context.unaryUnion(polygons)
        guard !cover.isEmpty else { return Self.wide(try whole.value().parts.polygons, width) }
        return Self.wide(try whole.difference(try context.unaryUnion(cover)).value().parts.polygons, width)
    }

    /// What two sets of polygons share, in pieces wider than `width` metres.
    func shared(_ first: [Polygon], _ second: [Polygon], widerThan width: Double) throws -> [Polygon] {
        guard !first.isEmpty, !second.isEmpty else { return [] }
        let shared = try context.unaryUnion(first).intersection(try context.unaryUnion(second))
        return Self.wide(try shared.value().parts.polygons, width)
    }

    /// The pieces that are wider than `width` metres.
    static func wide(_ polygons: [Polygon], _ width: Double) -> [Polygon] {
        polygons.filter { polygon in
            let scale = LocalScale(around: Envelope(polygon.exteriorRing))
            return scale.width(of: polygon, area: EllipsoidalArea().area(of: polygon).squareMeters) > width
        }
    }
}
