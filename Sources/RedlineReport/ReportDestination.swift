import Foundation
import LayerIO
import RedlineKit
import Synchronization

/// Where a report goes: standard output, or a file that appears whole or not at all.
public struct ReportDestination: Sendable {
    fileprivate enum Place {
        case standardOutput
        /// A pipe or a device, written straight through.
        case stream(path: String)
        /// A file, written beside its place and then renamed.
        case file(path: String, partial: String)
    }

    private let place: Place

    /// Checks that the report can go there, before any work is done; creates nothing.
    ///
    /// - Parameters:
    ///   - path: A file, or nil or `-` for standard output.
    ///   - overwrites: Whether a file that exists may be replaced.
    ///   - inputs: Files that are read, and therefore never replaced.
    /// - Throws: ``RedlineKit/RedlineError`` if the file exists, is an input, or its folder cannot take it.
    public init(path: String?, overwrites: Bool, inputs: [String] = []) throws {
        guard let path, path != "-", path != "/dev/stdout" else {
            place = .standardOutput
            return
        }
        let url = URL(filePath: path).resolvingSymlinksInPath()
        let folder = url.deletingLastPathComponent().path
        switch OutputPath.kind(of: path) {
        case .stream:
            place = .stream(path: path)
            return
        case .folder:
            throw RedlineError("is a folder.", file: path, remedy: "Name a file.")
        case .file where inputs.contains { URL(filePath: $0).resolvingSymlinksInPath().path == url.path }:
            throw RedlineError("is an input of this run.", file: path, remedy: "Name another output file.")
        case .file where !overwrites:
            throw RedlineError("the output file exists.", file: path, remedy: "Use --overwrite to replace it.")
        case .missing where OutputPath.kind(of: folder) != .folder:
            throw RedlineError(
                "there is no folder '\(folder)' for the output file.", file: path, remedy: "Create the folder first.")
        case .file, .missing: break
        }
        guard OutputPath.isWritable(folder: folder) else {
            throw RedlineError(
                "no file can be made in the folder '\(folder)'.", file: path, remedy: "Check its permissions.")
        }
        let partial = "\(folder)/.partial-\(ProcessInfo.processInfo.processIdentifier)-\(url.lastPathComponent)"
        place = .file(path: url.path, partial: partial)
    }

    /// Whether it is a file, and not a stream that is written straight through.
    public var isFile: Bool { if case .file = place { true } else { false } }

    /// Writes the report in chunks.
    ///
    /// - Throws: ``RedlineKit/RedlineError`` if it cannot be written (a file is then as it was before),
    ///   ``ClosedPipe``, or whatever `body` throws.
    public func write(_ body: (ByteWriter) throws -> Void) throws {
        let report = try OpenReport(place)
        defer { report.abandon() }
        try body(report.write)
        try report.publish()
    }

    /// Writes the report in chunks, as ``write(_:)`` does, where that takes other tasks.
    ///
    /// - Throws: As ``write(_:)``.
    public func writeAsynchronously(_ body: (ByteWriter) async throws -> Void) async throws {
        let report = try OpenReport(place)
        defer { report.abandon() }
        try await body(report.write)
        try report.publish()
    }

    /// Lets `body` make the file by itself, at the path that it is given and where no file is yet.
    ///
    /// - Throws: As ``write(_:)``; ``RedlineKit/RedlineError`` where this is no file.
    public func make(_ body: (String) throws -> Void) throws {
        guard case .file(let path, let partial) = place else { throw Self.needsFile }
        PartialFiles.begin(partial)
        defer { PartialFiles.remove(partial) }
        do {
            try body(partial)
        } catch LayerError.writeFailed(_, let message) {
            throw RedlineError("could not be written: \(message).", file: path)
        }
        try Self.rename(partial, to: path)
    }

    /// Lets `body` make the file by itself, as ``make(_:)`` does, where that takes other tasks.
    ///
    /// - Throws: Whatever `body` throws; ``RedlineKit/RedlineError`` where this is no file.
    public func makeAsynchronously(_ body: (String) async throws -> Void) async throws {
        guard case .file(let path, let partial) = place else {
            throw Self.needsFile
        }
        PartialFiles.begin(partial)
        defer { PartialFiles.remove(partial) }
        do {
            try await body(partial)
        } catch LayerError.writeFailed(_, let message) {
            throw RedlineError("could not be written: \(message).", file: path)
        }
        try Self.rename(partial, to: path)
    }

    fileprivate static func rename(_ partial: String, to path: String) throws {
        do {
            try OutputPath.rename(partial, to: path)
        } catch {
            throw RedlineError("could not be written: \(error.reason).", file: path)
        }
    }

    private static let needsFile = RedlineError("this format needs a file.", remedy: "Name one with --output.")

    /// Turns the system's errors into words.
    fileprivate static func explained(path: String?, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as CocoaError {
            let cause = error.underlying as? NSError
            if cause?.domain == NSPOSIXErrorDomain, cause?.code == Int(EPIPE) { throw ClosedPipe() }
            let name = path ?? "standard output"
            if error.code == .fileWriteOutOfSpace {
                throw RedlineError(
                    "could not be written: no space is left on the device.", file: name,
                    remedy: "Free some space, or write elsewhere with --output.")
            }
            throw RedlineError(
                "could not be written: \(cause?.localizedDescription ?? error.localizedDescription).", file: name)
        }
    }
}

/// A report that is being written.
private struct OpenReport {
    private let handle: FileHandle
    /// Where it goes, as the user named it; nil for standard output.
    private let name: String?
    /// The file that it is written to before it is whole.
    private let partial: String?

    init(_ place: ReportDestination.Place) throws {
        switch place {
        case .standardOutput: (handle, name, partial) = (.standardOutput, nil, nil)
        case .stream(let path): (handle, name, partial) = (try Self.handle(path, named: path), path, nil)
        case .file(let path, let partial):
            PartialFiles.begin(partial)
            do {
                try ReportDestination.explained(path: path) { try Data().write(to: URL(filePath: partial)) }
                handle = try Self.handle(partial, named: path)
            } catch {
                PartialFiles.remove(partial)
                throw error
            }
            (name, self.partial) = (path, partial)
        }
    }

    private static func handle(_ path: String, named name: String) throws -> FileHandle {
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw RedlineError("cannot be opened for writing.", file: name, remedy: "Check its permissions.")
        }
        return handle
    }

    func write(_ bytes: [UInt8]) throws {
        try ReportDestination.explained(path: name) { try handle.write(contentsOf: bytes) }
    }

    /// Puts the whole report in its place.
    func publish() throws {
        guard let name else { return }
        try ReportDestination.explained(path: name) { try handle.close() }
        if let partial { try ReportDestination.rename(partial, to: name) }
    }

    /// Leaves nothing of a report that was not published.
    func abandon() { if let partial { PartialFiles.remove(partial) } }
}

/// The reader of standard output has gone; nobody is left to tell.
public struct ClosedPipe: Error, Hashable, Sendable {}

/// The files that are being written, so that none is left behind when the program is stopped.
public enum PartialFiles {
    private static let paths = Mutex<Set<String>>([])
    // What SQLite keeps beside a database while it writes.
    private static let companions = ["", "-journal", "-wal", "-shm"]

    static func begin(_ path: String) {
        removeFiles(path)  // Left behind by a run that was killed and had the same process number.
        paths.withLock { _ = $0.insert(path) }
    }

    static func remove(_ path: String) {
        removeFiles(path)
        paths.withLock { _ = $0.remove(path) }
    }

    /// Removes every file that is not finished; for the moment before the program is stopped.
    public static func removeAll() {
        let all = paths.withLock { $0 }
        for path in all {
            removeFiles(path)
            // What a writer makes by itself beside the unfinished file begins with its name.
            let folder = URL(filePath: path).deletingLastPathComponent()
            let stem = "." + URL(filePath: path).deletingPathExtension().lastPathComponent
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            where name.hasPrefix(stem) {
                removeFiles(folder.appending(path: name).path)
            }
        }
    }

    private static func removeFiles(_ path: String) {
        for companion in companions { try? FileManager.default.removeItem(atPath: path + companion) }
    }
}
