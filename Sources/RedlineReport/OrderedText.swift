import Dispatch
import Synchronization

/// Makes the parts of a text on several threads and hands them on in order, some parts at a time, so that memory stays
/// bounded.
///
/// - Parameters:
///   - count: How many elements there are.
///   - threads: How many work at once; the bytes do not depend on it.
///   - make: Makes the text of a range of elements.
///   - write: Takes the texts in order.
/// - Throws: Whatever `write` throws.
func writeInOrder(
    count: Int, threads: Int, _ make: @escaping @Sendable (Range<Int>) -> [UInt8], to write: ByteWriter
) throws {
    // Some hundred elements make a text worth a task; four for each thread let none wait long for the others.
    let (chunk, tasks) = (256, max(threads, 1) * 4)
    for first in stride(from: 0, to: count, by: chunk * tasks) {
        let parts = Mutex<[[UInt8]]>(Array(repeating: [], count: tasks))
        let makePart = { @Sendable (part: Int) in
            let start = min(first + part * chunk, count)
            let text = make(start..<min(start + chunk, count))
            parts.withLock { $0[part] = text }
        }
        if threads > 1 {
            DispatchQueue.concurrentPerform(iterations: tasks, execute: makePart)
        } else {
            for part in 0..<tasks { makePart(part) }
        }
        for part in 0..<tasks { try write(parts.withLock { $0[part] }) }
    }
}
