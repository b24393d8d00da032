import Glibc

/// What the operating system is asked about a place to write to.
package enum OutputPath {
    /// What lies at a path, symbolic links followed.
    package enum Kind: Hashable, Sendable {
        case missing
        case folder
        case file
        /// A pipe or a device: it can be written to, but nothing can take its place.
        case stream
    }

    /// What lies at `path`; missing where the system refuses to tell.
    package static func kind(of path: String) -> Kind {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else { return .missing }
        return switch information.st_mode & S_IFMT {
        case S_IFDIR: .folder
        case S_IFREG: .file
        default: .stream
        }
    }

    /// Whether files can be made in `folder`.
    package static func isWritable(folder: String) -> Bool { unsafe access(folder, W_OK | X_OK) == 0 }

    /// Gives the file at `source` the name `target`, in place of a file that has it: a reader sees the old one or the
    /// new one, never a part.
    ///
    /// - Throws: ``RenameError`` with the system's reason; nothing is changed then.
    package static func rename(_ source: String, to target: String) throws(RenameError) {
        guard unsafe Glibc.rename(source, target) == 0 else {
            throw RenameError(reason: unsafe String(cString: strerror(errno)))
        }
    }

    /// Why a file could not be renamed, in the system's words.
    package struct RenameError: Error, Hashable, Sendable {
        package let reason: String
    }
}
