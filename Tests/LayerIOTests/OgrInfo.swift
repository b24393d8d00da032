import Foundation

/// What `ogrinfo` says of a file: the oracle for the peers' suites.
struct OgrInfo: Hashable {
    struct Layer: Hashable {
        var name: String
        var count: Int
        /// How many rows have which kind of geometry.
        var kinds: [String: Int]
    }

    var layers: [Layer]

    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo")

    /// Asks `ogrinfo`; nil where it fails, crashes or takes longer than 20 seconds.
    static func ask(_ path: String) throws -> OgrInfo? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["20", "/usr/bin/ogrinfo", "-ro", "-al", path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else { return nil }
        return OgrInfo(layers: parse(String(decoding: bytes, as: UTF8.self)))
    }

    private static let kinds: Set = [
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
        "CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE", "POLYHEDRALSURFACE", "TIN",
        "TRIANGLE",
    ]

    private static func parse(_ text: String) -> [Layer] {
        var layers: [Layer] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("Layer name: ") {
                layers.append(Layer(name: String(line.dropFirst(12)), count: 0, kinds: [:]))
            } else if line.hasPrefix("Feature Count: "), !layers.isEmpty {
                layers[layers.count - 1].count = Int(line.dropFirst(15)) ?? -1
            } else if !layers.isEmpty, let match = line.prefixMatch(of: /\ \ ([A-Z]+)(?: Z| M| ZM)? (?:\(|EMPTY)/),
                kinds.contains(String(match.1)), !line.contains(") = ")
            {
                layers[layers.count - 1].kinds[String(match.1), default: 0] += 1
            }
        }
        return layers
    }
}
