import Foundation
import Testing

@Suite("check")
struct CheckTests {
    /// Two units that overlap by 11 m, the second with a class that its code contradicts and a broken ring in a third.
    private static let units = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"HJGKDYBM":"ZH63280110001","GKDYFL":"优先保护单元","MJ":98.7},"geometry":{"type":"Polygon","coordinates":[[[95,37],[95.01,37],[95.01,37.01],[95,37.01],[95,37]]]}},
        {"type":"Feature","properties":{"HJGKDYBM":"ZH63280110002","GKDYFL":"一般管控单元","MJ":99.7},"geometry":{"type":"Polygon","coordinates":[[[95.0099,37],[95.02,37],[95.02,37.01],[95.0099,37.01],[95.0099,37]]]}},
        {"type":"Feature","properties":{"HJGKDYBM":"ZH63280130001","GKDYFL":"一般管控单元","MJ":null},"geometry":{"type":"Polygon","coordinates":[[[95.03,37],[95.04,37.01],[95.04,37],[95.03,37.01],[95.03,37]]]}}
        ]}
        """

    private func withUnits<R>(_ body: (URL) throws -> R) throws -> R {
        try Command.withTemporaryFolder { folder in
            try Self.units.write(to: folder.appending(path: "units.geojson"), atomically: true, encoding: .utf8)
            return try body(folder)
        }
    }

    @Test("The samples are clean", arguments: ["haixi", "wuwei"])
    func clean(sample: String) throws {
        let result = try Command.redline(
            ["check", "-c", "Layers/\(sample)/catalog.yaml", "-f", "csv", "--fail-on", "warning"])
        #expect(result.status == 0)
        #expect(
            result.output
                == "fault_id,severity,kind,layer,feature,zone_code,message,area_m2,width_m,longitude,latitude\n")
        #expect(result.errors.isEmpty)
    }

    @Test("Faults read well in both languages and as data", arguments: ["en", "zh", "csv", "json", "geojson"])
    func formats(name: String) throws {
        try withUnits { folder in
            let format = name == "en" || name == "zh" ? ["-f", "text", "--language", name] : ["-f", name]
            let result = try Command.redline(
                ["check", folder.path + "/units.geojson", "--family", "control-unit"] + format)
            #expect(result.status == 0)
            let isText = format.count == 4
            let stable = Golden.stable(result.output).replacing(
                /"sha256":"[0-9a-f]*"/, with: #""sha256":"""#)
            try Golden.expect(stable, isText ? "check-units-\(name).txt" : "check-units.\(name)")
        }
    }

    @Test("--fail-on decides the status", arguments: [("error", 2), ("warning", 2)])
    func failOn(level: String, status: Int32) throws {
        try withUnits { folder in
            let result = try Command.redline(
                ["check", folder.path + "/units.geojson", "--family", "control-unit", "--fail-on", level])
            #expect(result.status == status)
        }
    }

    @Test("A repaired copy passes what could be repaired, and the file that was read is as it was")
    func fix() throws {
        try withUnits { folder in
            let source = folder.path + "/units.geojson"
            let before = try Data(contentsOf: URL(filePath: source))
            for ending in ["gpkg", "geojson"] {
                let fixed = folder.path + "/fixed.\(ending)"
                let result = try Command.redline(
                    [
                        "check", source, "--family", "control-unit", "--fix", fixed, "--snap", "12m", "--overwrite",
                        "--quiet",
                    ])
                #expect(result.status == 0)
                #expect(result.errors.isEmpty)
                #expect(try Data(contentsOf: URL(filePath: source)) == before)
                let again = try Command.redline(["check", fixed, "--family", "control-unit", "-f", "csv"])
                #expect(!again.output.contains("invalid-geometry"))
                #expect(!again.output.contains("overlap"))
                #expect(again.output.contains("code-grammar"))
                let log = try String(contentsOfFile: folder.path + "/fixed.changes.csv", encoding: .utf8)
                #expect(log.contains("units,2,ZH63280110002,snapped"))
                #expect(log.contains("units,3,ZH63280130001,made-valid"))
            }
        }
    }

    @Test("Neither the file itself nor a file that exists is replaced")
    func neverInPlace() throws {
        try withUnits { folder in
            let source = folder.path + "/units.geojson"
            for extra in [[], ["--overwrite"]] {
                let result = try Command.redline(["check", source, "--fix", source] + extra)
                #expect(result.status == 1)
                #expect(result.output.isEmpty)
            }
            #expect(try String(contentsOfFile: source, encoding: .utf8) == Self.units)
        }
    }

    @Test("A layer that cannot be read is a fault, the others are checked, and the status is 1")
    func unreadable() throws {
        try withUnits { folder in
            try """
            schema: 1
            layers:
              - {id: units, family: control-unit, source: units.geojson}
              - {id: gone, family: wetland, source: gone.shp}
            """.write(to: folder.appending(path: "catalog.yaml"), atomically: true, encoding: .utf8)
            let result = try Command.redline(["check", "-c", folder.path + "/catalog.yaml", "-f", "csv"])
            #expect(result.status == 1)
            #expect(result.output.contains(",error,unreadable,gone,"))
            #expect(result.output.contains("code-grammar,units,2"))
            #expect(!result.output.contains(folder.path))
            #expect(result.errors.contains("layer gone was not checked"))
        }
    }

    @Test("Protected areas are compared with the redline, both ways")
    func against() throws {
        let result = try Command.redline(
            ["check", "-c", "Layers/wuwei/catalog.yaml", "--against", "redline", "-f", "csv"])
        #expect(result.status == 0)
        let rows = result.output.split(separator: "\n").dropFirst()
        #expect(rows.contains { $0.contains(",warning,not-covered,protected,") })
        #expect(rows.contains { $0.contains(",note,not-covered,redline,") })
        #expect(rows.allSatisfy { $0.contains("not-covered") })
    }
}
