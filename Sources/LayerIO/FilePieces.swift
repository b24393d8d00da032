import Glibc

/// A plain file that is read in pieces, at any place; a file that is changed meanwhile is refused.
final class FilePieces {
    /// In bytes, when the file was opened.
    let count: Int
    private let descriptor: Int32
    private let path: String
    private let modified: timespec

    init(_ path: String) throws(LayerError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: FileSystem.lastReason) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else {
            let reason = FileSystem.lastReason
            close(descriptor)
            throw .unreadable(path: path, reason: reason)
        }
        count = information.st_size
        modified = information.st_mtim
        self.path = path
    }

    deinit { close(descriptor) }

    /// The bytes of a range that lies within the file.
    func read(_ range: Range<Int>) throws(LayerError) -> [UInt8] {
        var information = stat()
        let isKnown = unsafe fstat(descriptor, &information) == 0
        guard isKnown, information.st_size == count, information.st_mtim.tv_sec == modified.tv_sec,
            information.st_mtim.tv_nsec == modified.tv_nsec
        else { throw .changed(path: path) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        while bytes.count < range.count {
            let rest = range.count - bytes.count
            let place = range.lowerBound + bytes.count
            var status = 0
            bytes.append(addingCapacity: rest) { output in
                unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                    repeat {
                        status = unsafe pread(descriptor, buffer.baseAddress, rest, place)
                    } while status < 0 && errno == EINTR
                    initialized = max(0, status)
                }
            }
            guard status >= 0 else { throw .unreadable(path: path, reason: FileSystem.lastReason) }
            if status == 0 { throw .changed(path: path) }
        }
        return bytes
    }
}
