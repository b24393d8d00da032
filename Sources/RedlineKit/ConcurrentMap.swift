import Dispatch
import Synchronization

/// Returns `body` of each index, in order, worked out by up to `threads` tasks that each own a worker.
///
/// The result does not depend on the number of tasks. Where several indices fail, the error of the one that comes first
/// in order is thrown, whichever failed first.
///
/// - Parameters:
///   - count: The indices run from 0 to here.
///   - threads: How many tasks run at most.
///   - chunk: How many indices a task takes at once.
///   - order: In which order the indices are worked through: every one once. Ascending by default.
///   - worker: Makes what one task needs and may not share, such as a GEOS context.
///   - body: Gets the worker of its task and an index.
/// - Returns: The outputs, by index.
/// - Throws: What `worker` or `body` throws; `CancellationError`.
func concurrentMap<Worker, Output: Sendable>(
    count: Int, threads: Int, chunk: Int = 64, order: [Int]? = nil, worker: @escaping @Sendable () throws -> Worker,
    _ body: @escaping @Sendable (Worker, Int) throws -> Output
) async throws -> [Output] {
    guard count > 0 else { return [] }
    let queue = IndexQueue(count: count, chunk: chunk)
    let taskCount = max(1, min(threads, (count + chunk - 1) / chunk))
    return try await withThrowingTaskGroup(of: WorkerOutput<Output>.self) { group in
        for _ in 0..<taskCount {
            group.addTask {
                var output = WorkerOutput<Output>()
                let worker = try worker()
                while let range = queue.next(), output.failure == nil {
                    try Task.checkCancellation()
                    var chunk: [Output?] = []
                    chunk.reserveCapacity(range.count)
                    for index in range {
                        do {
                            chunk.append(try body(worker, order?[index] ?? index))
                        } catch {
                            output.failure = (index, error)
                            queue.stop()
                            break
                        }
                    }
                    output.chunks.append(OutputChunk(start: range.lowerBound, outputs: chunk))
                }
                return output
            }
        }
        // Outputs are moved into their places: copying one copies all that it refers to.
        var outputs: [Output?] = Array(repeating: nil, count: count)
        var failure: (index: Int, error: any Error)?
        for try await output in group {
            for chunk in output.chunks { chunk.move(to: &outputs, order) }
            if let new = output.failure, new.index < failure?.index ?? .max { failure = new }
        }
        if let failure { throw failure.error }
        var moved: [Output] = []
        moved.reserveCapacity(count)
        outputs.giveUp { moved.append($0) }
        return moved
    }
}

/// Returns `body` of each index, in order, for bodies so short that handing out their results one by one would take
/// longer than they do.
///
/// - Parameters:
///   - count: The indices run from 0 to here.
///   - threads: How many tasks run at most.
///   - worker: Makes what one task needs and may not share.
///   - body: Gets the worker of its task and an index.
/// - Returns: The outputs, by index.
/// - Throws: `CancellationError`.
func concurrentPieces<Worker, Output: Sendable>(
    of count: Int, threads: Int, worker: @escaping @Sendable () -> Worker,
    _ body: @escaping @Sendable (Worker, Int) -> Output
) async throws -> [Output] {
    let size = 4096
    let pieces = try await concurrentMap(count: (count + size - 1) / size, threads: threads, chunk: 1, worker: worker) {
        worker, piece in (piece * size..<min((piece + 1) * size, count)).map { body(worker, $0) }
    }
    return Array(pieces.joined())
}

/// Calls `body` with ranges of indices from up to `threads` threads, the caller's among them, and waits for all; for what
/// several threads fill together.
///
/// - Parameters:
///   - count: The indices run from 0 to here.
///   - threads: How many threads work at most.
///   - chunk: How many indices are in a range.
///   - body: Gets each index in one range; false where the rest need not be looked at.
/// - Returns: Whether `body` never said false.
/// - Throws: What `body` throws; of several errors that of the first range.
func concurrentRanges(
    count: Int, threads: Int, chunk: Int, _ body: @Sendable (Range<Int>) throws -> Bool
) throws -> Bool {
    let queue = IndexQueue(count: count, chunk: chunk)
    let failure = Mutex<(start: Int, error: (any Error)?)?>(nil)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, (count + chunk - 1) / chunk))) { _ in
        while let range = queue.next() {
            var error: (any Error)?
            do {
                if try body(range) { continue }
            } catch let thrown {
                error = thrown
            }
            queue.stop()
            failure.withLock { first in
                if range.lowerBound < first?.start ?? .max { first = (range.lowerBound, error) }
            }
        }
    }
    let first = failure.withLock { $0 }
    if let error = first?.error { throw error }
    return first == nil
}

extension Array {
    /// Moves every element out: copying one would copy all that it refers to.
    mutating func giveUp<Wrapped>(to take: (consuming Wrapped) -> Void) where Element == Wrapped? {
        var elements = mutableSpan
        for place in elements.indices {
            if let element = elements[place].take() { take(element) }
        }
    }
}

/// Outputs of indices that follow each other.
private final class OutputChunk<Output: Sendable>: Sendable {
    private let start: Int
    private let outputs: Mutex<[Output?]>

    init(start: Int, outputs: sending [Output?]) {
        self.start = start
        self.outputs = Mutex(outputs)
    }

    /// Gives the outputs up.
    func move(to places: inout [Output?], _ order: [Int]?) {
        outputs.withLock { outputs in
            var outputs = outputs.mutableSpan
            for index in outputs.indices {
                swap(&places[order?[start + index] ?? (start + index)], &outputs[index])
            }
        }
    }
}

private struct WorkerOutput<Output: Sendable>: Sendable {
    var chunks: [OutputChunk<Output>] = []
    var failure: (index: Int, error: any Error)?
}

/// Hands out ranges of indices in ascending order.
private final class IndexQueue: Sendable {
    private let nextStart = Atomic<Int>(0)
    private let count: Int
    private let chunk: Int

    init(count: Int, chunk: Int) {
        self.count = count
        self.chunk = max(1, chunk)
    }

    func next() -> Range<Int>? {
        let start = nextStart.add(chunk, ordering: .relaxed).oldValue
        return start < count ? start..<min(start + chunk, count) : nil
    }

    /// After a failure later indices need not be looked at; earlier ones are handed out already.
    func stop() { nextStart.store(count, ordering: .relaxed) }
}
