import Foundation
import TestSupport
import Testing

private let folderOfCounties = SharedData.path("data/cn-qinghai-gansu-admin")

/// The counties of Haixi in five files: what agencies hand over, and what they mean.
@Suite(
    "One set of counties in several formats", .enabled(if: folderOfCounties != nil, "the reference data are not there"))
struct CountyFormatTests {
    static let codes = ["632801", "632802", "632803", "632821", "632822", "632823", "632825"]

    /// Counties as sites in one zone that covers them: names, and areas in square metres by the chosen method.
    private func counties(_ file: String, _ options: String...) throws -> [String: (name: String, area: Double)] {
        let folder = try WorkFolder()
        try folder.write("world.geojson", [Shape.box(80, 110, 25, 45).zone("W")])
        _ = try folder.catalog([WorkFolder.layer("world")])
        let path = try #require(folderOfCounties) + "/" + file
        let arguments = ["screen", path, "-c", "catalog.yaml", "-f", "geojson", "--id-field", "adcode"] + options
        let found = try FindingFile(try RedlineCommand.run(arguments, in: folder))
        #expect(found.status == 0, "\(found.message)")
        return Dictionary(
            uniqueKeysWithValues: found.findings.map { ($0.site_id, ($0.site_name, $0.overlap_area_m2 ?? 0)) })
    }

    static let files = [
        "haixi_cgcs2000_3deg_z32_gbk.zip", "haixi_cgcs2000_3deg_z32_gbk_nocpg.zip", "haixi_cgcs2000.gdb.zip",
        "county.geojson",
    ]

    @Test("Names and geodesic areas agree with the published ones", arguments: files)
    func geodesic(file: String) throws {
        let counties = try counties(file, "--area-method", "geodesic")
        for row in try Self.expected() {
            let county = try #require(counties[row.code], "\(row.code) is missing in \(file)")
            #expect(county.name == row.name)
            // Printed to 100 m²; edges straight in the plane of a projected file are nearly geodesics, not quite.
            let tolerance = file.contains("z32") ? 3e-7 : 0
            #expect(abs(county.area - row.geodesic * 1e6) <= 51 + tolerance * county.area, "\(row.code) in \(file)")
        }
    }

    @Test("Areas in the plane of EPSG:4520 are those of the published comparison", arguments: files)
    func plane(file: String) throws {
        let counties = try counties(file, "--area-method", "EPSG:4520")
        for row in try Self.expected() {
            let county = try #require(counties[row.code])
            // Printed to 100 m²; a projected file may gain vertices, each within 1 mm of its edge.
            let tolerance = file.contains("z32") ? 3e-8 : 0
            #expect(abs(county.area - row.plane * 1e6) <= 51 + tolerance * county.area, "\(row.code) in \(file)")
        }
    }

    @Test("The areas on the ellipsoid are the same whatever file they come from", arguments: files.dropLast())
    func sameArea(file: String) throws {
        let (here, there) = (try counties(file), try counties("county.geojson"))
        for code in Self.codes {
            let (area, other) = (try #require(here[code]?.area), try #require(there[code]?.area))
            // A projected file draws its edges straight in its own plane: 4e-6 for the longest edges (乌兰县).
            #expect(abs(area - other) <= (file.contains("z32") ? 5e-6 : 1e-12) * area, "\(code) in \(file)")
        }
    }

    private struct Expected {
        var code: String
        var name: String
        var geodesic: Double
        var plane: Double
    }

    private static func expected() throws -> [Expected] {
        let path = try #require(folderOfCounties) + "/expected-area-by-method.csv"
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        return try rows.map { row in
            let cells = row.split(separator: ",").map(String.init)
            return Expected(
                code: cells[0], name: cells[1], geodesic: try #require(Double(cells[2])),
                plane: try #require(Double(cells[3])))
        }.filter { codes.contains($0.code) }
    }
}
