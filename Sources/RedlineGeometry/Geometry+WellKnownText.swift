extension Geometry {
    /// The geometry as well-known text (OGC 06-103r4 clause 7), as in `POINT (1 2.5)`.
    ///
    /// Each number has the fewest digits that bring it back unchanged. Numbers that are not finite read `nan` and
    /// `inf`, which no standard knows.
    public var wellKnownText: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        text += typeName.uppercased()
        text += " "
        switch self {
        case .point(let position): Self.write(position.map { [$0] } ?? [], to: &text)
        case .lineString(let line): Self.write(line.positions, to: &text)
        case .polygon(let polygon): Self.write(polygon, to: &text)
        case .multiPoint(let positions): Self.list(positions, to: &text) { Self.write([$0], to: &$1) }
        case .multiLineString(let lines): Self.list(lines, to: &text) { Self.write($0.positions, to: &$1) }
        case .multiPolygon(let polygons): Self.list(polygons, to: &text) { Self.write($0, to: &$1) }
        case .collection(let members): Self.list(members, to: &text) { $0.write(to: &$1) }
        }
    }

    private static func write(_ polygon: Polygon, to text: inout String) {
        list(polygon.rings, to: &text) { write($0, to: &$1) }
    }

    private static func write(_ positions: [Position], to text: inout String) {
        list(positions, to: &text) { position, text in
            write(position.x, to: &text)
            text += " "
            write(position.y, to: &text)
        }
    }

    private static func write(_ number: Double, to text: inout String) {
        let digits = number.description
        text += digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }

    private static func list<T>(_ parts: [T], to text: inout String, _ body: (T, inout String) -> Void) {
        guard !parts.isEmpty else {
            text += "EMPTY"
            return
        }
        for (index, part) in parts.enumerated() {
            text += index == 0 ? "(" : ", "
            body(part, &text)
        }
        text += ")"
    }
}
