import LayerIO

extension LayerReader {
    /// Makes something of every row, on several tasks where the format allows that.
    ///
    /// - Parameters:
    ///   - fields: The names of the wanted fields.
    ///   - source: What the reader reads, to be opened again for each task.
    ///   - threads: How many tasks read at once; the rows do not depend on it.
    ///   - make: Gets each row.
    /// - Returns: What was made, in the order of the file.
    /// - Throws: As `read`; `CancellationError`.
    func rows<Output: Sendable>(
        _ fields: [String], of source: LayerSource, threads: Int, _ make: @escaping @Sendable (FeatureRow) -> Output
    ) async throws -> [Output] {
        guard threads > 1, let ranges = identifierRanges(count: 8 * threads) else {
            var rows: [Output] = []
            try read(fields: fields) { for row in $0 { rows.append(make(row)) } }
            return rows
        }
        let parts = try await concurrentMap(count: ranges.count, threads: threads, chunk: 1) {
            try LayerReader(source)
        } _: { own, place in
            var rows: [Output] = []
            try own.read(fields: fields, identifiers: ranges[place]) { for row in $0 { rows.append(make(row)) } }
            return rows
        }
        let rows = Array(parts.joined())
        try check(rowsRead: rows.count)
        return rows
    }
}
