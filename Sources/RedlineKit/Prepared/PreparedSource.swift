import Foundation

/// Size and time of a file, by which it is taken for unchanged.
struct SourceState {
    /// Size in bytes and time of change in microseconds, as they are kept.
    let stamp: String

    init?(of path: String) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? NSNumber, let date = attributes[.modificationDate] as? Date
        else { return nil }
        stamp = "\(size.int64Value)\t\(Int64(date.timeIntervalSince1970 * 1e6))"
    }
}

/// A file that a prepared catalog was made from, as it was then.
struct PreparedSource: Hashable {
    let path: String
    /// Size, time, SHA-256 and path, with tabs between them.
    let line: String
}

extension [PreparedSource] {
    /// Some files as they are now; those that are no plain files, as databases are, are left out.
    ///
    /// - Throws: ``RedlineError`` if a file cannot be read.
    init(of paths: [String]) throws { try self.init(of: paths, paths.map { SourceState(of: $0) }, digest: nil) }

    /// Files that were read.
    ///
    /// - Parameters:
    ///   - paths: The files.
    ///   - states: How each was before it was read; nil for one that is no plain file.
    ///   - digest: The digest that was reckoned as they were read, which is that of the file where it is one.
    /// - Throws: ``RedlineError`` if a file cannot be read or is not what it was.
    init(of paths: [String], _ states: [SourceState?], digest: String?) throws {
        self = try zip(paths, states).compactMap { path, state in
            guard let state else { return nil }
            let known = paths.count == 1 ? digest : nil
            guard let digest = try known ?? FileDigest.sha256(of: [path]) else { return nil }
            guard SourceState(of: path)?.stamp == state.stamp else {
                throw RedlineError(
                    "was changed while it was read.", file: path, remedy: "Prepare the catalog again once it is whole.")
            }
            return PreparedSource(path: path, line: "\(state.stamp)\t\(digest)\t\(path)")
        }
    }
}
