import RedlineGeometry
import RedlineMeasure

/// The territory that a layer claims to cover, in parts.
struct CheckedExtent: Sendable {
    let cells: CheckedCells
    /// What each part is called.
    let names: [String?]
    /// How well its lines lie on the ground, in metres.
    let accuracyInMeters: Double

    /// The features of a layer.
    init(_ layer: CheckedLayer, threads: Int) async throws {
        cells = try await CheckedCells(layer, threads: threads)
        names = layer.rows.map { $0.name ?? $0.code }
        accuracyInMeters = layer.layer.accuracy?.meters ?? 0
    }

    /// A rectangle in longitude and latitude.
    init(_ box: Envelope) async throws {
        let low = Position(x: box.minX, y: box.minY)
        let high = Position(x: box.maxX, y: box.maxY)
        let ring = [low, Position(x: high.x, y: low.y), high, Position(x: low.x, y: high.y), low]
        let polygon = Polygon(exteriorRing: ring)
        cells = try await CheckedCells(
            [[polygon]], areas: [EllipsoidalArea().area(of: polygon).squareMeters], threads: 1)
        names = [nil]
        accuracyInMeters = 0
    }

    /// What a part is called.
    func label(_ part: Int) -> String? { names[part] }

    /// The rectangle around all of it.
    var envelope: Envelope { cells.envelopes.reduce(into: .empty) { $0.formUnion($1) } }
}
