import CRedlineGDAL

/// Files as GDAL sees them, members of archives included (`/vsizip/…`).
struct VirtualFile {
    let gdal: GDALLibrary
    let log = MessageLog()

    /// The size in bytes; nil where there is no file.
    func size(_ path: String) -> Int? {
        log.collecting(gdal) {
            guard let file = unsafe gdal.functions.pointee.VSIFOpenL(path, "rb") else { return nil }
            defer { unsafe _ = gdal.functions.pointee.VSIFCloseL(file) }
            guard unsafe gdal.functions.pointee.VSIFSeekL(file, 0, SEEK_END) == 0 else { return nil }
            return Int(clamping: unsafe gdal.functions.pointee.VSIFTellL(file))
        }
    }

    /// At most `limit` bytes from the start of a file; nil where it cannot be read.
    func read(_ path: String, limit: Int = .max) -> [UInt8]? {
        log.collecting(gdal) {
            guard let file = unsafe gdal.functions.pointee.VSIFOpenL(path, "rb") else { return nil }
            defer { unsafe _ = gdal.functions.pointee.VSIFCloseL(file) }
            var bytes: [UInt8] = []
            while bytes.count < limit {
                let room = min(limit - bytes.count, max(1 << 16, bytes.count))
                var count = 0
                bytes.append(addingCapacity: room) { output in
                    unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                        count = unsafe gdal.functions.pointee.VSIFReadL(buffer.baseAddress, 1, room, file)
                        initialized = count
                    }
                }
                if count < room { break }
            }
            return bytes
        }
    }

    /// The paths of everything in a folder or archive, relative to it; at most ten thousand.
    func members(of folder: String) -> [String] {
        log.collecting(gdal) {
            guard let list = unsafe gdal.functions.pointee.VSIReadDirRecursive(folder) else { return [] }
            defer { unsafe gdal.functions.pointee.CSLDestroy(list) }
            var names: [String] = []
            var entry = unsafe list
            while names.count < 10_000, let name = unsafe entry.pointee {
                names.append(unsafe String(cString: name))
                unsafe entry += 1
            }
            return names
        }
    }
}
