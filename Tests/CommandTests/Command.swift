import Foundation
import Testing

/// What a run of the built program gave.
struct CommandResult {
    let status: Int32
    let output: String
    let errors: String
}

/// The built program, run as a user runs it.
enum Command {
    /// The root of the repository, where runs start.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `$REDLINE_EXECUTABLE`, else `redline` beside the tests.
    static var executable: URL {
        get throws {
            if let path = ProcessInfo.processInfo.environment["REDLINE_EXECUTABLE"] { return URL(filePath: path) }
            return try built("redline")
        }
    }

    /// The built program `name` beside the tests.
    static func built(_ name: String) throws -> URL {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: name)
            if FileManager.default.isExecutableFile(atPath: candidate.path), !isFolder(candidate) {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return try #require(nil as URL?, "'\(name)' is not beside the tests; build it first.")
    }

    private static func isFolder(_ url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }

    /// Runs `redline` with the arguments, from the root of the repository, in an English locale.
    ///
    /// - Parameters:
    ///   - arguments: The arguments, without the program's name.
    ///   - input: The text on standard input.
    ///   - environment: Variables beside those of this process.
    ///   - output: A file or device in place of the captured standard output.
    /// - Returns: Its status and what it wrote.
    /// - Throws: An error if it could not be run at all.
    static func redline(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], output: String? = nil
    ) throws -> CommandResult {
        try run(executable, arguments, input: input, environment: environment, output: output)
    }

    /// Runs any program in the same way.
    static func run(
        _ program: URL, _ arguments: [String], input: String = "", environment: [String: String] = [:],
        output: String? = nil
    ) throws -> CommandResult {
        try withTemporaryFolder { folder in
            let names = ["in", "out", "err"].map { folder.appending(path: $0) }
            try Data(input.utf8).write(to: names[0])
            for name in names[1...] { try Data().write(to: name) }
            let process = Process()
            process.executableURL = program
            process.arguments = arguments
            process.currentDirectoryURL = repository
            let fixed = ["LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"]
            process.environment = ProcessInfo.processInfo.environment.merging(fixed) { $1 }
                .merging(environment) { $1 }
            process.standardInput = try FileHandle(forReadingFrom: names[0])
            process.standardOutput = try FileHandle(forWritingTo: output.map { URL(filePath: $0) } ?? names[1])
            process.standardError = try FileHandle(forWritingTo: names[2])
            try process.run()
            process.waitUntilExit()
            return CommandResult(
                status: process.terminationStatus,
                output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
                errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
        }
    }

    /// Makes a folder for `body` and removes it afterwards.
    static func withTemporaryFolder<R>(_ body: (URL) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

/// Files that hold what people see. `REDLINE_UPDATE_GOLDEN=1 swift test --filter CommandTests` writes them anew; read
/// the difference before you commit it.
enum Golden {
    /// Compares `text` with the file `name`.
    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["REDLINE_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
            return
        }
        let expected = try? String(contentsOf: file, encoding: .utf8)
        guard text != expected else { return }
        let lines = text.components(separatedBy: "\n")
        let expectedLines = (expected ?? "").components(separatedBy: "\n")
        let index = zip(lines, expectedLines).prefix { $0 == $1 }.underestimatedCount
        let place = min(index, max(lines.count, expectedLines.count) - 1)
        Issue.record(
            """
            \(name) differs from line \(place + 1) on (\(expected == nil ? "no such file" : "file has \(expectedLines.count) lines")).
            now:  \(place < lines.count ? lines[place] : "(ends)")
            file: \(place < expectedLines.count ? expectedLines[place] : "(ends)")
            """, sourceLocation: sourceLocation)
    }

    /// `text` without what differs between machines: versions of engines, and digits after the ninth, which depend on
    /// the instructions of the processor.
    static func stable(_ text: String) -> String {
        text.replacing(/"engines":\{[^}]*\}/, with: "\"engines\":{}")
            .replacing(/"version":"[^"]*"/, with: "\"version\":\"0\"")
            .replacing(/\b(\d+)\.(\d{5,})\b/) { match in
                let whole = match.output.1
                return whole + "." + rounded(match.output.2, to: max(0, 9 - (whole == "0" ? 0 : whole.count)))
            }
    }

    /// The first decimals, the rest cut off.
    private static func rounded(_ decimals: Substring, to count: Int) -> Substring { decimals.prefix(max(1, count)) }
}
