import Dispatch
import RedlineKit
import Synchronization

/// Makes the parts of a text on several threads and hands them on in order, some parts at a time, so that memory stays
/// bounded; while some are handed on, the next are made.
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
    // Some hundred elements make a text worth a task; some for each thread let none wait long for the others.
    let (chunk, tasks) = (256, max(threads, 1) * 4)
    var waves = stride(from: 0, to: count, by: chunk * tasks).makeIterator()
    func start() -> TextWave? {
        waves.next().map { TextWave(first: $0, count: count, chunk: chunk, tasks: tasks, threads: threads, make) }
    }
    var current = start()
    while let wave = current {
        wave.wait()
        // Made while this one is handed on; what was started ends before an error leaves.
        let next = start()
        defer { next?.wait() }
        for part in 0..<tasks { try write(wave.takeText(part)) }
        current = next
    }
}

/// Texts that are made at the same time.
private final class TextWave: Sendable {
    private let texts: Mutex<[[UInt8]]>
    private let group = DispatchGroup()

    init(
        first: Int, count: Int, chunk: Int, tasks: Int, threads: Int,
        _ make: @escaping @Sendable (Range<Int>) -> [UInt8]
    ) {
        texts = Mutex(Array(repeating: [], count: tasks))
        for worker in 0..<max(min(threads, tasks), 1) {
            DispatchQueue.global().async(group: group) { [self] in
                for part in stride(from: worker, to: tasks, by: max(threads, 1)) {
                    let start = min(first + part * chunk, count)
                    let text = make(start..<min(start + chunk, count))
                    texts.withLock { $0[part] = text }
                }
            }
        }
    }

    func wait() { group.wait() }

    /// The text of a part, which is given once.
    func takeText(_ part: Int) -> [UInt8] {
        texts.withLock { texts in
            let text = texts[part]
            texts[part] = []
            return text
        }
    }
}

/// Counts findings through all sites, so that parts of them can be made apart.
struct FindingIndex: Sendable {
    /// How many findings stand before each site, and, last, how many there are.
    private var starts: [Int] = [0]

    init(_ sites: [ScreenedSite]) {
        starts.reserveCapacity(sites.count + 1)
        for place in sites.indices { starts.append(starts[place] + sites[place].findings.count) }
    }

    /// The number of findings.
    var count: Int { starts[starts.count - 1] }

    /// Calls `body` with the site, and the place in it, of findings counted through.
    func forEachPlace(in range: Range<Int>, _ body: (_ site: Int, _ finding: Int) -> Void) {
        guard !range.isEmpty else { return }
        // The last site that begins at or before the range.
        var (low, high) = (0, starts.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
        var site = low
        for place in range {
            while place >= starts[site + 1] { site += 1 }
            body(site, place - starts[site])
        }
    }
}
