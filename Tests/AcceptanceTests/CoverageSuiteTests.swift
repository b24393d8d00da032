import Foundation
import TestSupport
import Testing

/// Shapes and rasters that once broke other programs, and what is to come out: fractions of exactextract 0.3, whose cells
/// are good to 1e-7, and the published counts of python-rasterstats.
@Suite("Coverage: suites of peers", .enabled(if: SharedData.root != nil))
struct CoverageSuiteTests {
    private func folder(_ regions: String, _ raster: String, _ more: String...) throws -> WorkFolder {
        let root = try #require(SharedData.root) + "/data/suites/zonal/python-rasterstats/"
        let folder = try WorkFolder()
        let keys = ["source: \(root)\(raster)", "family: land-cover", "crs: EPSG:9674"] + more
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region", source: "source: \(root)\(regions)", "crs: EPSG:9674"),
            "  - id: lc\n" + keys.map { "    \($0)\n" }.joined(),
        ])
        return folder
    }

    @Test(
        "python-rasterstats: classes of slope, within 1e-6",
        arguments: [
            ("polygons.shp", [[1: 1], [1: 0.043750056, 2: 0.175211052, 5: 0.781038892]]),
            ("multipolygons.shp", [[1: 0.614146208, 2: 0.070698931, 5: 0.315154861]]),
            (
                "polygons_partial_overlap.shp",
                [
                    [1: 0.75762175, 2: 0.045819818, 5: 0.196558433], [1: 0.75762175, 2: 0.045819818, 5: 0.196558433],
                    [1: 0.551452305, 2: 0.159263128, 5: 0.289284567], [1: 0.348946545, 2: 0.165026982, 5: 0.486026472],
                    [1: 0.468929605, 2: 0.027174864, 5: 0.503895531], [1: 0.15012046, 2: 0.225378781, 5: 0.624500758],
                    [1: 0.407426688, 2: 0.238410324, 5: 0.354162989], [1: 0.572843478, 2: 0.003996257, 5: 0.423160265],
                    [1: 0.596893994, 2: 0.061251646, 5: 0.34185436],
                ]
            ),
        ] as [(String, [[Int: Double]])])
    func classes(regions: String, expected: [[Int: Double]]) throws {
        let table = try CoverageTable(try folder(regions, "slope_classes.tif"), "lc", "--weight", "cell")
        for (place, fractions) in expected.enumerated() {
            let region = String(place + 1)
            let rest = try #require(table.row(region, "unclassified")?.share)
            for (value, fraction) in fractions {
                let found = (table.row(region, String(value))?.share ?? 0) / (1 - rest)
                #expect(abs(found - fraction) < 1e-6, "\(regions) \(region) \(value): \(found)")
            }
        }
    }

    @Test("python-rasterstats: counts by centre, and means of a slope")
    func published() throws {
        // Its tests expect 75 and 50 cells, and the means of these.
        let centre = try CoverageTable(
            try folder("polygons.shp", "slope_classes.tif"), "lc", "--weight", "cell", "--edge", "centre")
        #expect(centre.row("1", "1")?.share == 1)
        let parts = try ["1", "2", "5"].map { try #require(centre.row("2", $0)?.share) * 50 }
        #expect(parts.allSatisfy { abs($0 - $0.rounded()) < 1e-9 } && abs(parts.reduce(0, +) - 50) < 1e-9)
        let slope = try CoverageTable(
            try folder("polygons.shp", "slope.tif", "content: cover"), "lc", "--edge", "centre")
        #expect(abs((slope.row("1", "covered")?.meanCover ?? 0) - 14.660084635416666) < 1e-5)
        #expect(abs((slope.row("2", "covered")?.meanCover ?? 0) - 56.605761718750003) < 1e-5)
    }

    @Test("python-rasterstats: no overlap, no data at all, a mask of the data set")
    func nothing() throws {
        let outside = try CoverageTable(try folder("polygons_no_overlap.shp", "slope_classes.tif"), "lc")
        #expect(
            outside.rows.count == 9
                && outside.rows.prefix(8).allSatisfy { $0.class == "not-assessable" && $0.share == nil })
        let empty = try CoverageTable(try folder("polygons.shp", "all_nodata.tif", "content: cover"), "lc")
        for region in ["1", "2"] {
            let rows = empty.rows.filter { $0.region == region }
            #expect(rows.map(\.class) == ["not-assessable"] && rows[0].share == nil && rows[0].meanCover == nil)
        }
        let masked = try CoverageTable(try folder("polygons.shp", "dataset_mask.tif"), "lc")
        // What the mask leaves out is no class, whatever value stands there.
        let shares = masked.rows.filter { $0.region == "1" }.map { ($0.class, $0.share ?? -1) }
        #expect(abs(shares.reduce(0) { $0 + $1.1 } - 1) < 1e-9)
    }

    /// Classes 1 to 4 in slanted stripes, and the fractions of exactextract in the same raster.
    @Test(
        "exactextract: polygons of its regressions",
        arguments: [
            ("antarctica", 1.0, -180.0, -90.0, 360, 27, [0.2505566, 0.249767186, 0.25063031, 0.249045904]),
            ("russia", 1, -180, 41, 360, 41, [0.248170838, 0.251251375, 0.249489377, 0.25108841]),
            ("regression4", 0.05, -167, 66.95, 288, 89, [0.249042998, 0.250271394, 0.249824973, 0.250860635]),
            ("regression6", 0.05, 145.9, -35.55, 30, 42, [0.2463548, 0.251215067, 0.249696233, 0.2527339]),
        ] as [(String, Double, Double, Double, Int, Int, [Double])])
    func regressions(
        name: String, size: Double, west: Double, south: Double, columns: Int, rows: Int, fractions: [Double]
    ) throws {
        let path = try #require(SharedData.path("data/suites/zonal/exactextract/\(name).wkt"))
        let quoted = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let folder = try WorkFolder()
        try folder.write("regions.csv", "code,WKT\na,\(quoted)\n")
        var values: [[UInt8]] = []
        for row in 0..<rows {
            var line: [UInt8] = []
            for column in 0..<columns {
                let stripe = (7 * column + 3 * row) / 5
                line.append(UInt8(1 + stripe % 4))
            }
            values.append(line)
        }
        try folder.envi("lc.img", [values], west: west, north: south + Double(rows) * size, size: size)
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region", source: "source: regions.csv", "crs: OGC:CRS84"),
            WorkFolder.layer("lc", family: "land-cover", source: "source: lc.img"),
        ])
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        for (index, fraction) in fractions.enumerated() {
            let found = try #require(table.row("a", String(index + 1))?.share)
            #expect(abs(found - fraction) < 1e-6, "\(name) \(index + 1): \(found)")
        }
        #expect((table.row("a", "unclassified")?.share ?? 1) < 1e-12)
        // Areas are those of the region, whatever part of a cell lies in it.
        let exact = try CoverageTable(folder, "lc")
        let sum = exact.rows.reduce(0) { $0 + ($1.area ?? 0) }
        #expect(abs(sum - exact.rows[0].regionArea) < 1e-9 * sum)
    }
}
