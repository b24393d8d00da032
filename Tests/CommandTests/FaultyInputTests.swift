import Foundation
import Testing

@Suite("Faulty input")
struct FaultyInputTests {
    private static let catalog = "Layers/haixi/catalog.yaml"
    private static let site = "Layers/haixi/site.geojson"

    /// A file that is wrong, the options to read it with, and what the message has to name.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var file: String
        var content = ""
        var options: [String] = []
        var words: [String]
        /// Whether the message is about the file rather than about an option.
        var namesFile = true
    }

    private static func feature(_ geometry: String) -> String {
        #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":"# + geometry
            + "}]}"
    }

    static let cases = [
        Case(testDescription: "missing file", file: "", words: ["no such file", "Check the path"]),
        Case(testDescription: "empty file", file: "empty.geojson", words: ["the file is empty"]),
        Case(
            testDescription: "truncated GeoJSON", file: "cut.geojson",
            content: String(feature(#"{"type":"Point","coordinates":[95,37]}"#).dropLast(9)), words: ["cut short"]),
        Case(
            testDescription: "latitude out of range", file: "swapped.geojson",
            content: feature(#"{"type":"Point","coordinates":[37,95]}"#), words: ["axes may be swapped"]),
        Case(
            testDescription: "unknown CRS", file: "crs.geojson",
            content: feature(#"{"type":"Point","coordinates":[95,37]}"#), options: ["--crs", "EPSG:999999"],
            words: ["EPSG:999999", "--crs"], namesFile: false),
        Case(
            testDescription: "wrong layer name", file: "layer.geojson",
            content: feature(#"{"type":"Point","coordinates":[95,37]}"#), options: ["--layer", "nowhere"],
            words: ["no layer 'nowhere'", "there is"]),
        Case(
            testDescription: "wrong identifier field", file: "field.geojson",
            content: feature(#"{"type":"Point","coordinates":[95,37]}"#), options: ["--id-field", "ident"],
            words: ["no field 'ident'", "id"]),
        Case(
            testDescription: "wrong layer of the catalog", file: "layers.geojson",
            content: feature(#"{"type":"Point","coordinates":[95,37]}"#), options: ["--layers", "redlin"],
            words: ["no zone layer 'redlin'", "redline"], namesFile: false),
    ]

    @Test("Sites that cannot be read end with status 1 and a message that names the remedy", arguments: cases)
    func sites(fault: Case) throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: fault.file.isEmpty ? "missing.geojson" : fault.file)
            if !fault.file.isEmpty { try Data(fault.content.utf8).write(to: file) }
            let output = folder.appending(path: "out.geojson")
            let result = try Command.redline(
                ["screen", file.path, "-c", Self.catalog, "-o", output.path] + fault.options)
            expectFailure(result, names: fault.words + (fault.namesFile ? [file.path] : []))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.allSatisfy { $0 == fault.file })
        }
    }

    @Test("A shapefile without one of its files is named", arguments: ["shx", "dbf"])
    func shapefile(missing: String) throws {
        try Command.withTemporaryFolder { folder in
            for ending in ["shp", "shx", "dbf", "prj"] where ending != missing {
                try copy("Layers/haixi/units.\(ending)", to: folder.appending(path: "units.\(ending)"))
            }
            let result = try Command.redline(["screen", folder.path + "/units.shp", "-c", Self.catalog])
            expectFailure(result, names: ["units.shp", "units.\(missing)"])
        }
    }

    @Test("A shapefile without a CRS is an error, and --crs helps")
    func withoutCRS() throws {
        try Command.withTemporaryFolder { folder in
            for ending in ["shp", "shx", "dbf"] {
                try copy("Layers/haixi/units.\(ending)", to: folder.appending(path: "units.\(ending)"))
            }
            let arguments = ["screen", folder.path + "/units.shp", "-c", Self.catalog, "--layers", "parks"]
            expectFailure(try Command.redline(arguments), names: ["no CRS", "--crs"])
            #expect(try Command.redline(arguments + ["--crs", "EPSG:4490"]).status == 0)
        }
    }

    @Test("A field that the catalog names and the file lacks is named with its nearest")
    func catalogField() throws {
        let fault = try screenWithCatalog { $0.replacing("code: HXDM", with: "code: HXDMM") }
        expectFailure(fault, names: ["layer 'redline'", "'HXDMM'", "HXDM"])
    }

    @Test("A catalog that is wrong is refused with line and key")
    func catalogKey() throws {
        let fault = try screenWithCatalog { $0.replacing("tiling: true", with: "tilling: true") }
        expectFailure(fault, names: ["catalog.yaml:", "tilling", "Did you mean 'tiling'?"])
    }

    private func screenWithCatalog(_ edit: (String) -> String) throws -> CommandResult {
        try Command.withTemporaryFolder { folder in
            let haixi = Command.repository.appending(path: "Layers/haixi")
            for name in try FileManager.default.contentsOfDirectory(atPath: haixi.path) {
                try FileManager.default.createSymbolicLink(
                    at: folder.appending(path: name), withDestinationURL: haixi.appending(path: name))
            }
            let catalog = folder.appending(path: "catalog.yaml")
            let text = try String(contentsOf: catalog, encoding: .utf8)
            try FileManager.default.removeItem(at: catalog)
            let packs = Command.repository.appending(path: "Layers/rules").path
            try Data(edit(text.replacing("../rules", with: packs)).utf8).write(to: catalog)
            return try Command.redline(["screen", Self.site, "-c", catalog.path])
        }
    }

    private func copy(_ path: String, to target: URL) throws {
        try FileManager.default.copyItem(at: Command.repository.appending(path: path), to: target)
    }
}

/// One clear line on standard error, nothing on standard output, status 1.
func expectFailure(
    _ result: CommandResult, names words: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(result.status == 1, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(result.errors.hasPrefix("redline: "), sourceLocation: sourceLocation)
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)", sourceLocation: sourceLocation)
    for word in words where !word.isEmpty {
        #expect(result.errors.contains(word), "\(result.errors)", sourceLocation: sourceLocation)
    }
}
