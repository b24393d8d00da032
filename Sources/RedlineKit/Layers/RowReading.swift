import Dispatch
import LayerIO
import Synchronization

extension LayerReader {
    /// Makes something of every row, on several tasks; rows are given up as soon as something was made of them.
    ///
    /// Where the format allows it each task reads a part of the file; else one reads, and some thousand rows at a time are
    /// worked on by all.
    ///
    /// - Parameters:
    ///   - fields: The names of the wanted fields.
    ///   - source: What the reader reads, to be opened again for each task.
    ///   - threads: How many tasks work at once; what is made does not depend on it.
    ///   - makers: Gives what makes something of a row, for one task at a time.
    ///   - take: Gets what was made, in the order of the file.
    /// - Throws: As `read`; what `makers` throws; `CancellationError`.
    func forEachRow<Output: Sendable>(
        _ fields: [String], of source: LayerSource, threads: Int,
        making makers: @escaping @Sendable () throws -> (FeatureRow) -> Output, _ take: (consuming Output) -> Void
    ) async throws {
        if threads > 1, let ranges = identifierRanges(count: 8 * threads) {
            var parts = try await concurrentMap(count: ranges.count, threads: threads, chunk: 1) {
                (reader: try LayerReader(source), make: try makers())
            } _: { own, place in
                var rows: [Output?] = []
                try own.reader.read(fields: fields, identifiers: ranges[place]) { batch in
                    for row in batch { rows.append(own.make(row)) }
                }
                return rows
            }
            // Rows that no range holds would be missed: then the whole is read in one go.
            if isAll(rowsRead: parts.reduce(0) { $0 + $1.count }) {
                for place in parts.indices { parts[place].giveUp(to: take) }
                return
            }
        }
        let workers = try (0..<max(1, threads)).map { _ in RowWorker(try makers()) }
        var held: [FeatureRow] = []
        func work() {
            RowWorker.make(held, by: workers, take)
            held.removeAll(keepingCapacity: true)
        }
        try read(fields: fields) { batch in
            try Task.checkCancellation()
            held += batch
            if held.count >= RowWorker<Output>.handful * workers.count { work() }
        }
        work()
    }
}

extension [FeatureRow] {
    fileprivate func part(_ place: Int, of count: Int) -> ArraySlice<FeatureRow> {
        self[self.count * place / count..<self.count * (place + 1) / count]
    }
}

/// What makes something of rows, for one thread at a time.
private final class RowWorker<Output: Sendable>: Sendable {
    /// How many rows are worth a thread.
    static var handful: Int { 4096 }

    private let make: Mutex<(FeatureRow) -> Output>

    init(_ make: sending @escaping (FeatureRow) -> Output) { self.make = Mutex(make) }

    private func made(of rows: ArraySlice<FeatureRow>) -> [Output?] { make.withLock { make in rows.map { make($0) } } }

    /// Makes something of all rows, each worker of as many, and gives it up in their order.
    static func make(_ rows: [FeatureRow], by workers: [RowWorker], _ take: (consuming Output) -> Void) {
        guard workers.count > 1, rows.count > workers.count else {
            var made = workers[0].made(of: rows[...])
            made.giveUp(to: take)
            return
        }
        let parts = Mutex(Array(repeating: [Output?](), count: workers.count))
        // The reader waits for what is made: its thread takes part.
        DispatchQueue.concurrentPerform(iterations: workers.count) { place in
            let made = workers[place].made(of: rows.part(place, of: workers.count))
            parts.withLock { $0[place] = made }
        }
        parts.withLock { parts in
            for place in parts.indices { parts[place].giveUp(to: take) }
        }
    }
}
