import Dispatch
import LayerIO
import Synchronization

extension LayerReader {
    /// Makes something of every row, on several tasks; rows are given up as soon as something was made of them.
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
        try await forEachPart(fields, of: source, threads: threads) {
            [Output?]()
        } adding: {
            let make = try makers()
            return { part, row in part.append(make(row)) }
        } _: { part in
            var part = part
            part.giveUp(to: take)
        }
    }

    /// Adds every row to a part of a whole, on several tasks; rows are given up as soon as they are added.
    ///
    /// Where the format allows it each task reads a part of the file; else one reads, and some thousand rows at a time are
    /// worked on by all.
    ///
    /// - Parameters:
    ///   - fields: The names of the wanted fields.
    ///   - source: What the reader reads, to be opened again for each task.
    ///   - threads: How many tasks work at once.
    ///   - start: Gives a part without rows.
    ///   - adders: Gives what adds a row to a part, for one task at a time.
    ///   - take: Gets the parts, in the order of the file; where they are divided depends on `threads`.
    /// - Throws: As `read`; what `adders` throws; `CancellationError`.
    func forEachPart<Part: Sendable>(
        _ fields: [String], of source: LayerSource, threads: Int, from start: @escaping @Sendable () -> Part,
        adding adders: @escaping @Sendable () throws -> (inout Part, FeatureRow) -> Void,
        _ take: (consuming Part) -> Void
    ) async throws {
        if threads > 1, let ranges = identifierRanges(count: 8 * threads) {
            var parts = try await concurrentMap(count: ranges.count, threads: threads, chunk: 1) {
                (reader: try LayerReader(source), add: try adders())
            } _: { own, place in
                var part = start()
                var count = 0
                try own.reader.read(fields: fields, identifiers: ranges[place]) { batch in
                    for row in batch { own.add(&part, row) }
                    count += batch.count
                }
                return Optional((part: part, count: count))
            }
            // Rows that no range holds would be missed: then the whole is read in one go.
            if isAll(rowsRead: parts.reduce(0) { $0 + ($1?.count ?? 0) }) {
                parts.giveUp { take($0.part) }
                return
            }
        }
        let workers = try (0..<max(1, threads)).map { _ in RowWorker(start, try adders()) }
        var held: [FeatureRow] = []
        func work() {
            RowWorker.add(held, by: workers, take)
            held.removeAll(keepingCapacity: true)
        }
        try read(fields: fields) { batch in
            try Task.checkCancellation()
            held += batch
            if held.count >= RowWorker<Part>.handful * workers.count { work() }
        }
        work()
    }
}

extension [FeatureRow] {
    fileprivate func part(_ place: Int, of count: Int) -> ArraySlice<FeatureRow> {
        self[self.count * place / count..<self.count * (place + 1) / count]
    }
}

/// What adds rows to parts, for one thread at a time.
private final class RowWorker<Part: Sendable>: Sendable {
    /// How many rows are worth a thread.
    static var handful: Int { 4096 }

    private let start: @Sendable () -> Part
    private let add: Mutex<(inout Part, FeatureRow) -> Void>

    init(_ start: @escaping @Sendable () -> Part, _ add: sending @escaping (inout Part, FeatureRow) -> Void) {
        self.start = start
        self.add = Mutex(add)
    }

    private func part(of rows: ArraySlice<FeatureRow>) -> Part {
        var part = start()
        add.withLock { add in
            for row in rows { add(&part, row) }
        }
        return part
    }

    /// Adds all rows, each worker as many, and hands the parts on in their order.
    static func add(_ rows: [FeatureRow], by workers: [RowWorker], _ take: (consuming Part) -> Void) {
        guard workers.count > 1, rows.count > workers.count else { return take(workers[0].part(of: rows[...])) }
        let parts = Mutex([Part?](repeating: nil, count: workers.count))
        // The reader waits for what is made: its thread takes part.
        DispatchQueue.concurrentPerform(iterations: workers.count) { place in
            let part = workers[place].part(of: rows.part(place, of: workers.count))
            parts.withLock { $0[place] = part }
        }
        parts.withLock { $0.giveUp(to: take) }
    }
}
