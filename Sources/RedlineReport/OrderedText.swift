import Dispatch
import RedlineKit
import Synchronization

/// Makes the parts of a text on several threads and hands them on in order, some parts ahead, so that memory stays
/// bounded; while some are handed on, the next are made.
///
/// - Parameters:
///   - count: How many elements there are.
///   - threads: How many make texts at once; the bytes do not depend on it.
///   - make: Makes the text of a range of elements.
///   - write: Takes the texts in order.
/// - Throws: Whatever `write` throws.
func writeInOrder(
    count: Int, threads: Int, _ make: @escaping @Sendable (Range<Int>) -> [UInt8], to write: ByteWriter
) throws {
    // Some hundred elements make a text worth a task.
    let chunk = 256
    let ranges = stride(from: 0, to: count, by: chunk).map { $0..<min($0 + chunk, count) }
    let texts = TextQueue(ranges: ranges, ahead: max(threads, 1) * 4)
    let group = DispatchGroup()
    for number in 0..<min(max(threads, 1), ranges.count) {
        // A queue of its own gives each a thread: the shared ones give no more threads than cores, and the writer,
        // which waits most of the time, counts as one.
        DispatchQueue(label: "text \(number)").async(group: group) { while texts.makeNext(make) {} }
    }
    // What was started ends before an error leaves.
    defer {
        texts.stop()
        group.wait()
    }
    for part in ranges.indices { try write(texts.take(part)) }
}

/// Texts in the making: a ring of places, each taken again once its text was handed on.
private final class TextQueue: Sendable {
    private let ranges: [Range<Int>]
    private let texts: Mutex<[[UInt8]]>
    private let next = Atomic<Int>(0)
    private let isStopped = Atomic<Bool>(false)
    /// As many as places are free.
    private let room: DispatchSemaphore
    /// For each place whether its text is there.
    private let ready: [DispatchSemaphore]

    init(ranges: [Range<Int>], ahead: Int) {
        self.ranges = ranges
        texts = Mutex(Array(repeating: [], count: ahead))
        // Made with none and then raised: one that is let go with less than it was made with is a fault.
        room = DispatchSemaphore(value: 0)
        for _ in 0..<ahead { room.signal() }
        ready = (0..<ahead).map { _ in DispatchSemaphore(value: 0) }
    }

    /// Makes the next text; false where there is none to make.
    func makeNext(_ make: (Range<Int>) -> [UInt8]) -> Bool {
        room.wait()
        let part = next.add(1, ordering: .relaxed).oldValue
        guard part < ranges.count, !isStopped.load(ordering: .relaxed) else {
            room.signal()  // For the next who finds none.
            return false
        }
        let text = make(ranges[part])
        texts.withLock { $0[part % ready.count] = text }
        ready[part % ready.count].signal()
        return true
    }

    /// The text of a part, in order; waits for it.
    func take(_ part: Int) -> [UInt8] {
        let place = part % ready.count
        ready[place].wait()
        let text = texts.withLock { texts in
            let text = texts[place]
            texts[place] = []
            return text
        }
        room.signal()
        return text
    }

    /// Lets nobody begin another.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        room.signal()
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
