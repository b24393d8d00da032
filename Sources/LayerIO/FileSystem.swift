import Glibc

/// The size of a file.
public enum FileSize {
    /// In bytes; nil where there is no plain file.
    public static func bytes(of path: String) -> Int? {
        guard case .file(let size) = FileSystem.status(of: path) else { return nil }
        return size
    }
}

/// The few questions that are asked of the operating system, without GDAL.
enum FileSystem {
    /// What lies at a path.
    enum Status: Hashable {
        case missing
        case folder
        case file(size: Int)
        /// A pipe or a device: can be read once, from start to end.
        case stream
        case refused(reason: String)
    }

    static func status(of path: String) -> Status {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else {
            return errno == ENOENT || errno == ENOTDIR ? .missing : .refused(reason: lastReason)
        }
        switch information.st_mode & S_IFMT {
        case S_IFDIR: return unsafe access(path, R_OK | X_OK) == 0 ? .folder : .refused(reason: lastReason)
        case S_IFREG:
            return unsafe access(path, R_OK) == 0 ? .file(size: information.st_size) : .refused(reason: lastReason)
        default: return .stream
        }
    }

    /// The names in a folder, sorted by their bytes; without `.` and `..`.
    static func contents(of folder: String) -> [String] {
        guard let handle = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(handle) }
        var names: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The bytes of a file or stream.
    ///
    /// - Parameters:
    ///   - path: Any path; `-` is standard input.
    ///   - limit: The greatest number of bytes that is read.
    /// - Returns: At most `limit` bytes.
    /// - Throws: ``LayerError/unreadable(path:reason:)``.
    static func read(_ path: String, limit: Int = .max) throws(LayerError) -> [UInt8] {
        let descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastReason) }
        defer { if descriptor != 0 { close(descriptor) } }
        var information = stat()
        let isFile = unsafe fstat(descriptor, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
        // One more than the size, so that the end is seen without another growth.
        var capacity = min(limit, isFile ? information.st_size + 1 : 1 << 16)
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let count = bytes.count
            let room = max(1, capacity - count)
            var status = 0
            bytes.append(addingCapacity: room) { output in
                unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                    repeat {
                        status = unsafe Glibc.read(descriptor, buffer.baseAddress, room)
                    } while status < 0 && errno == EINTR
                    initialized = max(0, status)
                }
            }
            guard status >= 0 else { throw .unreadable(path: path, reason: lastReason) }
            if status == 0 { break }
            if bytes.count == capacity { capacity = min(limit, 2 * capacity) }
        }
        return bytes
    }

    /// The last error of the operating system in words.
    static var lastReason: String { unsafe String(cString: strerror(errno)) }
}
