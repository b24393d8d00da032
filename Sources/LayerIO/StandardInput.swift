import Synchronization

/// Standard input, which can be read only once and may be opened several times: to describe it, then to read it.
enum StandardInput {
    private static let bytes = Mutex<[UInt8]?>(nil)

    /// Everything that came on standard input, read on the first call; at most `limit` bytes.
    static func read(limit: Int) throws(LayerError) -> [UInt8] {
        try bytes.withLock { (cached) throws(LayerError) -> [UInt8] in
            if let cached { return cached }
            let all = try FileSystem.read("-", limit: limit)
            cached = all
            return all
        }
    }
}
