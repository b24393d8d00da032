import Foundation
import Testing

/// Runs the built program as a user does.
struct RedlineCommand {
    /// What a run left behind.
    struct Outcome {
        var status: Int32
        var output: String
        var message: String
    }

    /// The program: `$REDLINE_EXECUTABLE`, else the one built beside these tests.
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["REDLINE_EXECUTABLE"] { return path }
        return URL(filePath: ProcessInfo.processInfo.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "redline").path
    }()

    /// Runs `redline` with these arguments, `input` on its standard input, and waits for its end.
    static func run(_ arguments: [String], in folder: WorkFolder, input: String? = nil) throws -> Outcome {
        let name = UUID().uuidString
        let (outputPath, messagePath) = (folder.path("\(name).out"), folder.path("\(name).err"))
        for path in [outputPath, messagePath] {
            try #require(FileManager.default.createFile(atPath: path, contents: nil))
        }
        // Files in place of pipes: nothing waits for a reader.
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.root)
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: messagePath))
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input ?? "/dev/null"))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : -1,
            output: try String(contentsOfFile: outputPath, encoding: .utf8),
            message: try String(contentsOfFile: messagePath, encoding: .utf8))
    }
}
