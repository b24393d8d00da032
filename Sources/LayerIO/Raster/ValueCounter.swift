/// Counts how often values occur along a run of cells.
///
/// Rasters of classes are mostly runs of one value: eight cells are looked at together, and one addition counts them
/// while they are all alike.
package struct ValueCounter: Sendable {
    /// How often each value occurred.
    package private(set) var counts: [Int]
    /// The sum of the places of each value, counted from the start of the run.
    package private(set) var places: [Int]
    /// The values that may have occurred, each once.
    package private(set) var seen: [Int] = []
    private var isSeen: [Bool]

    /// Creates a counter for values from 0 below `limit`.
    package init(limit: Int = 256) {
        counts = Array(repeating: 0, count: limit)
        places = counts
        isSeen = Array(repeating: false, count: limit)
    }

    /// Makes room for more values.
    package mutating func grow(to limit: Int) {
        let more = limit - counts.count
        guard more > 0 else { return }
        counts += Array(repeating: 0, count: more)
        places += Array(repeating: 0, count: more)
        isSeen += Array(repeating: false, count: more)
    }

    /// Counts a run of bytes, after which ``seen`` holds all values with a count.
    package mutating func count(_ values: Span<UInt8>) {
        var counted = 0
        unsafe values.withUnsafeBytes { bytes in
            unsafe counts.withUnsafeMutableBufferPointer { counts in
                let length = bytes.count
                var index = 0
                while index + 8 <= length {
                    let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let first = UInt8(truncatingIfNeeded: word)
                    let repeated = UInt64(first) &* 0x0101_0101_0101_0101
                    if word == repeated {
                        let start = index
                        index += 8
                        while index + 8 <= length,
                            unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) == repeated
                        {
                            index += 8
                        }
                        unsafe counts[Int(first)] &+= index - start
                    } else {
                        var rest = word
                        for _ in 0..<8 {
                            unsafe counts[Int(UInt8(truncatingIfNeeded: rest))] &+= 1
                            rest >>= 8
                        }
                        index += 8
                    }
                }
                while index < length {
                    unsafe counts[Int(bytes[index])] &+= 1
                    index += 1
                }
            }
            counted = bytes.count
        }
        note(counted)
    }

    /// Counts a run of bytes and the places where they stand.
    package mutating func countPlaces(_ values: Span<UInt8>) {
        var index = 0
        while index < values.count {
            let value = values[index]
            let start = index
            index += 1
            while index < values.count, values[index] == value { index += 1 }
            add(Int(value), start, index)
        }
        note(values.count)
    }

    /// Counts a run of values of more than 8 bits and the places where they stand; all are below the limit.
    package mutating func countPlaces(_ values: Span<UInt32>) {
        var index = 0
        while index < values.count {
            let value = values[index]
            let start = index
            index += 1
            while index < values.count, values[index] == value { index += 1 }
            add(Int(value), start, index)
        }
        note(values.count)
    }

    /// Counts cells from `start` below `end`.
    @inline(__always)
    private mutating func add(_ value: Int, _ start: Int, _ end: Int) {
        let length = end - start
        counts[value] += length
        places[value] += length * (start + end - 1) / 2
    }

    /// Takes the counts away, for the next run.
    package mutating func clear() {
        for value in seen {
            counts[value] = 0
            places[value] = 0
        }
    }

    /// Looks for values that are new, if the known ones do not make up the run.
    private mutating func note(_ length: Int) {
        guard seen.reduce(0, { $0 + counts[$1] }) != length else { return }
        for value in counts.indices where counts[value] != 0 && !isSeen[value] {
            isSeen[value] = true
            seen.append(value)
        }
    }
}
