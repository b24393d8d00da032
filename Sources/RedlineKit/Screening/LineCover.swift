import GeometryEngine
import RedlineGeometry

/// Lines as ground, a thousandth of a millimetre to each side, so that lines cut from them are found on them again.
///
/// Where a line is cut at a boundary, the cut rounds to 1e-14 degrees beside the line. Cut and line then share points
/// but no length, and a difference of lines would leave all of it.
struct LineCover {
    private let lines: [LineString]
    private let context: GeometryContext
    private let radius: Double

    init(_ lines: [LineString], scale: LocalScale, in context: GeometryContext) {
        self.lines = lines
        self.context = context
        radius = scale.degrees(coveringMeters: 1e-6)
    }

    private func ground() throws(GeometryError) -> GEOSGeometryHandle {
        try context.geometry(.multiLineString(lines)).buffer(distance: radius, quadrantSegments: 2)
    }

    /// What of `others` lies along the lines.
    func shared(with others: [LineString]) throws(GeometryError) -> [LineString] {
        guard !lines.isEmpty, !others.isEmpty else { return [] }
        return try context.geometry(.multiLineString(others)).intersection(try ground()).value().parts.lines
    }

    /// What of `others` does not lie along the lines.
    func rest(of others: [LineString]) throws(GeometryError) -> [LineString] {
        guard !lines.isEmpty, !others.isEmpty else { return others }
        return try context.geometry(.multiLineString(others)).difference(try ground()).value().parts.lines
    }
}
