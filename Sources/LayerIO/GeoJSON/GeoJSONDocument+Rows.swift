extension GeoJSONDocument {
    /// One row: where its parts lie.
    struct Row {
        var geometry: Range<Int>?
        var properties: Range<Int>?
        var id: Range<Int>?
        /// Why the element is no feature at all.
        var problem: String?

        /// The least range that holds all parts.
        var extent: Range<Int>? {
            let parts = [geometry, properties, id].compactMap { $0 }
            guard let start = parts.map(\.lowerBound).min(), let end = parts.map(\.upperBound).max() else { return nil }
            return start..<end
        }

        /// The row of a text in which its piece begins at `base`.
        func moved(by base: Int) -> Row {
            func moved(_ range: Range<Int>?) -> Range<Int>? {
                range.map { $0.lowerBound + base..<$0.upperBound + base }
            }
            return Row(geometry: moved(geometry), properties: moved(properties), id: moved(id), problem: problem)
        }
    }

    /// The next rows with their bytes, as many as one piece of the text holds; nil behind the last.
    func batch(from start: Int) throws(LayerError) -> (rows: Range<Int>, piece: GeoJSONText.Piece)? {
        guard start < rows.count else { return nil }
        let last = min(start + ReadRequest.batchSize, rows.count)
        if text.isHeld { return (start..<last, try text.piece(0..<0)) }
        var extent: Range<Int>?
        var end = start
        while end < last {
            if let next = rows[end].extent {
                let all =
                    extent.map { min($0.lowerBound, next.lowerBound)..<max($0.upperBound, next.upperBound) } ?? next
                if end > start, all.count > text.pieceSize { break }
                extent = all
            }
            end += 1
        }
        return (start..<end, try text.piece(extent ?? 0..<0))
    }
}
