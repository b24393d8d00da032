public import RedlineGeometry

/// Why a geometry operation failed.
@nonexhaustive
public enum GeometryError: Error, Hashable, Sendable {
    /// GEOS could not create a context.
    case engineUnavailable
    /// GEOS stopped inside `operation`, for instance at a self-intersection; `location` where its message names one.
    case engineFailure(operation: String, message: String, location: Position?)
    /// A ring is open or has fewer than four positions; `start` is its first one.
    case malformedRing(positionCount: Int, isClosed: Bool, start: Position)
    /// A line of a single position.
    case malformedLine(positionCount: Int, start: Position)
    /// A coordinate that is infinite or not a number, at this index over all positions of the geometry.
    case nonFinite(positionIndex: Int)
    /// A coordinate too large to compute with: its square would not be finite.
    case tooLarge(Position)
    /// Collections inside collections, deeper than `limit`.
    case nestedTooDeeply(limit: Int)
}

extension GeometryError: CustomStringConvertible {
    /// What failed, at what, and what helps.
    public var description: String {
        switch self {
        case .engineUnavailable:
            "GEOS could not create a context: the process is out of memory."
        case .engineFailure(let operation, let message, _):
            "\(operation): \(message). Check that the geometries are valid; repair them where they are not."
        case .malformedRing(let count, false, let start):
            "A ring of \(count) positions from (\(start.x), \(start.y)) is open. "
                + "Its last position must repeat the first."
        case .malformedRing(let count, true, let start):
            "A ring of \(count) positions from (\(start.x), \(start.y)) has no area. It needs at least 4, "
                + "the last like the first."
        case .malformedLine(let count, let start):
            "A line at (\(start.x), \(start.y)) has \(count) position. It needs at least 2."
        case .nonFinite(let index):
            "Position \(index + 1) of the geometry has a coordinate that is infinite or not a number. "
                + "Remove or replace it."
        case .tooLarge(let position):
            "The position (\(position.x), \(position.y)) is too far out to compute with. "
                + "Check the coordinates and their CRS."
        case .nestedTooDeeply(let limit):
            "Geometry collections are nested more than \(limit) deep. Flatten them."
        }
    }
}

extension GeometryError {
    /// A failure of the engine, with the place that GEOS' message names, as in "side location conflict at 105.5 37.2.".
    static func engineFailure(operation: String, message: String) -> GeometryError {
        .engineFailure(operation: operation, message: message, location: location(in: message))
    }

    private static func location(in message: String) -> Position? {
        let words = message.split(separator: " ")
        for index in words.indices.dropLast(2) where words[index] == "at" || words[index] == "point" {
            if let x = number(words[index + 1]), let y = number(words[index + 2]) { return Position(x: x, y: y) }
        }
        return nil
    }

    private static func number(_ word: Substring) -> Double? {
        var word = word
        while let last = word.last, ".,;:()".contains(last) { word.removeLast() }
        while word.first == "(" { word.removeFirst() }
        guard let value = Double(word), value.isFinite else { return nil }
        return value
    }
}
