import Foundation
import LayerIO
import RedlineGeometry

/// Small files of every format, with the same three places.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
}

/// A folder that is removed when the value goes.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "layerio-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
        return path + "/" + name
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    /// Copies fixtures and returns the path of the first.
    func copy(_ names: String...) throws -> String {
        for name in names { try FileManager.default.copyItem(atPath: Fixture.path(name), toPath: path + "/" + name) }
        return path + "/" + names[0]
    }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

extension LayerReader {
    /// All rows at once.
    func rows(_ fields: [String] = [], within envelope: Envelope? = nil) throws -> [FeatureRow] {
        var all: [FeatureRow] = []
        try read(fields: fields, within: envelope) { all += $0 }
        return all
    }
}

extension FeatureRow {
    /// The geometry, or nil where there is none or it is broken.
    var shape: Geometry? { (try? geometry.get()) ?? nil }
}

/// The error of opening and reading everything in a file; nil where all goes well.
func errorOfReading(_ source: LayerSource) -> LayerError? {
    do {
        let reader = try LayerReader(source)
        _ = try reader.rows(reader.description.fields.map(\.name))
        return nil
    } catch {
        return error as? LayerError
    }
}

/// Text in GBK, for tests of encodings.
enum GBK {
    /// The bytes; nil where the text cannot be written so.
    static func bytes(_ text: String) -> [UInt8]? {
        // kCFStringEncodingGB_18030_2000, as Foundation numbers it.
        text.data(using: String.Encoding(rawValue: 0x8000_0632)).map { Array($0) }
    }
}
