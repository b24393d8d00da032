import Crypto
import Foundation

/// The SHA-256 of the files that make up a source, so that a result says what it was made from.
enum FileDigest {
    /// The digest of one file; of several files that of the list of their digests and names, as `sha256sum` prints it
    /// in the order of names.
    ///
    /// - Throws: ``RedlineError`` if a file cannot be read.
    /// - Complexity: Reads every byte, 64 KiB at a time: pieces of a mebibyte cost new pages of memory each.
    static func sha256(of paths: [String]) throws -> String? {
        guard let first = paths.first else { return nil }
        guard paths.count > 1 else { return try sha256(of: first).hexadecimal }
        var list = SHA256()
        for path in paths.sorted() {
            let name = URL(filePath: path).lastPathComponent
            list.update(data: Data("\(try sha256(of: path).hexadecimal)  \(name)\n".utf8))
        }
        return list.finalize().hexadecimal
    }

    private static func sha256(of path: String) throws -> SHA256.Digest {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw RedlineError(
                "cannot be read.", file: path, remedy: "Check that it is there and that you may read it.")
        }
        defer { try? handle.close() }
        var hash = SHA256()
        while let chunk = try handle.read(upToCount: 1 << 16), !chunk.isEmpty { hash.update(data: chunk) }
        return hash.finalize()
    }
}
