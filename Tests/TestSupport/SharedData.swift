import Foundation

/// The reference data beside the repository: real layers and peers' suites, for tests only.
package enum SharedData {
    /// The folder: `$REDLINE_SHARED`, else `../shared` beside the repository; nil where there is none.
    package static var root: String? {
        let beside = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared").path
        let folder = ProcessInfo.processInfo.environment["REDLINE_SHARED"] ?? beside
        guard FileManager.default.fileExists(atPath: folder + "/data") else {
            _ = announceOnce
            return nil
        }
        return folder
    }

    /// The path of a file under the folder; nil where the folder or the file is missing.
    package static func path(_ relative: String) -> String? {
        guard let root else { return nil }
        let path = root + "/" + relative
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static let announceOnce: Void = print(
        "SKIPPED: tests on reference data, because there is no folder 'shared' beside the repository.")
}
