import RedlineGeometry

/// A straight edge in longitude–latitude, in the direction of its ring.
///
/// Its places are degrees from an origin near by, so that where it is cut is known far better than a `Double` knows a
/// longitude (1.6 nm at 100°). Horizontal edges are never stored: along a parallel nothing is entered or left.
@frozen
package struct CellEdge: Hashable, Sendable {
    /// Longitude of the start, in degrees from the origin.
    package var startX: Double
    /// Latitude of the start, in degrees from the origin.
    package var startY: Double
    /// Longitude of the end, in degrees from the origin.
    package var endX: Double
    /// Latitude of the end, in degrees from the origin.
    package var endY: Double

    /// Creates an edge, unchecked.
    @inlinable
    package init(startX: Double, startY: Double, endX: Double, endY: Double) {
        self.startX = startX
        self.startY = startY
        self.endX = endX
        self.endY = endY
    }
}

extension Span<UInt8> {
    /// The edge in the 32 bytes from `offset` on.
    @inline(__always)
    func edge(at offset: Int) -> CellEdge {
        let bytes = extracting(offset..<offset + 32)
        return CellEdge(
            startX: bytes.double(at: 0), startY: bytes.double(at: 8), endX: bytes.double(at: 16),
            endY: bytes.double(at: 24))
    }
}

extension CellEdge {
    /// Where the edge has latitude `y`, which lies between its ends.
    ///
    /// Reckoned from the lower end, whichever way the edge runs, so that neighbours find the same place.
    @inline(__always)
    func x(atY y: Double) -> Double {
        let isUpward = startY < endY
        let (lowX, lowY) = isUpward ? (startX, startY) : (endX, endY)
        let (highX, highY) = isUpward ? (endX, endY) : (startX, startY)
        // Exact at the far end too, so that a vertex on the line stays where it is.
        guard y != highY else { return highX }
        let x = lowX + (y - lowY) / (highY - lowY) * (highX - lowX)
        return max(min(x, max(lowX, highX)), min(lowX, highX))
    }

    /// Where the edge has longitude `x`, which lies between its ends; reckoned from the western end.
    @inline(__always)
    func y(atX x: Double) -> Double {
        let isEastward = startX < endX
        let (lowX, lowY) = isEastward ? (startX, startY) : (endX, endY)
        let (highX, highY) = isEastward ? (endX, endY) : (startX, startY)
        guard x != highX else { return highY }
        let y = lowY + (x - lowX) / (highX - lowX) * (highY - lowY)
        return max(min(y, max(lowY, highY)), min(lowY, highY))
    }
}
