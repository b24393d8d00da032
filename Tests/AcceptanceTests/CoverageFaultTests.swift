import Foundation
import TestSupport
import Testing

/// Rasters and catalogs that are wrong: named, with status 1, and nothing left behind.
@Suite("Coverage: bad input")
struct CoverageFaultTests {
    private func folder(_ lines: String..., top: String = "") throws -> WorkFolder {
        let folder = try WorkFolder()
        try folder.write("regions.geojson", [Shape.box(95, 95.02, 37, 37.02).zone("a")])
        _ = try folder.catalog(
            [
                WorkFolder.layer("regions", family: "region"),
                "  - id: lc\n    family: land-cover\n" + lines.map { "    \($0)\n" }.joined(),
            ], top: top)
        return folder
    }

    private func expectFailure(
        _ folder: WorkFolder, _ words: [String], _ options: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try RedlineCommand.run(
            ["coverage", "-c", "catalog.yaml", "--land-cover", "lc", "--regions", "regions", "-o", "out.csv"] + options,
            in: folder)
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        for word in words {
            #expect(outcome.message.contains(word), "\(word) in: \(outcome.message)", sourceLocation: sourceLocation)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("out.csv")), sourceLocation: sourceLocation)
    }

    private static let bytes: [[UInt8]] = [[1, 2], [3, 4]]

    @Test("No CRS")
    func noCRS() throws {
        let folder = try folder("source: lc.asc")
        try folder.grid("lc.asc", [["1", "2"]], west: 95, south: 37, size: 0.01)
        try expectFailure(folder, ["lc.asc", "no CRS", "crs: EPSG:n"])
    }

    @Test("No geotransform")
    func noGeotransform() throws {
        let folder = try folder("source: lc.img", "crs: EPSG:4490")
        try folder.envi("lc.img", [Self.bytes], west: 95, north: 37.02, size: 0.01, isGeoreferenced: false)
        try expectFailure(folder, ["lc.img", "no geotransform"])
    }

    @Test("Several bands, a band that is not there, and the right one")
    func bands() throws {
        let folder = try folder("source: lc.img")
        try folder.envi("lc.img", [Self.bytes, [[9, 9], [9, 9]]], west: 95, north: 37.02, size: 0.01)
        try expectFailure(folder, ["lc.img", "2 bands", "--band"])
        try expectFailure(folder, ["no band 3", "from 1 to 2"], ["--band", "3"])
        let table = try CoverageTable(folder, "lc", "--band", "2")
        #expect(table.row("a", "9")?.share == 1)
        #expect(table.message.contains("no value for cells without data"))
    }

    @Test("A block that breaks off")
    func truncated() throws {
        let folder = try folder("source: lc.img")
        let rows = Array(repeating: Array(repeating: UInt8(7), count: 2000), count: 2000)
        try folder.envi("lc.img", [rows], west: 95, north: 37.02, size: 0.00001)
        let path = folder.path("lc.img")
        let whole = try Data(contentsOf: URL(filePath: path))
        try whole.prefix(whole.count / 2).write(to: URL(filePath: path))
        // GDAL would read a raw file that is too short as zeros.
        try expectFailure(folder, ["lc.img", "cut short", "bytes"])
    }

    @Test("A compressed tile that is damaged, and a GeoTIFF that ends early")
    func damagedTiles() throws {
        let folder = try folder("source: lc.tif")
        var generator = SeededGenerator(seed: 1)
        let rows = (0..<600).map { _ in (0..<600).map { _ in UInt8.random(in: 1...9, using: &generator) } }
        try folder.envi("raw.img", [rows], west: 95, north: 37.02, size: 0.02 / 600)
        let translate = Process()
        translate.executableURL = URL(filePath: "/usr/bin/env")
        translate.arguments = [
            "gdal_translate", "-q", "-co", "TILED=YES", "-co", "COMPRESS=DEFLATE", folder.path("raw.img"),
            folder.path("lc.tif"),
        ]
        try translate.run()
        translate.waitUntilExit()
        try #require(translate.terminationStatus == 0, "gdal_translate (Debian: gdal-bin) makes the file")
        let whole = try Data(contentsOf: URL(filePath: folder.path("lc.tif")))
        #expect(try CoverageTable(folder, "lc").rows.count == 10)
        var damaged = whole
        // Starts of tiles among it: what is damaged inside a tile may still unpack, to other values.
        damaged.replaceSubrange(
            whole.count / 4..<whole.count / 2, with: Data(repeating: 0xFF, count: whole.count / 2 - whole.count / 4))
        try damaged.write(to: URL(filePath: folder.path("lc.tif")))
        try expectFailure(folder, ["lc.tif", "block of band 1", "column", "row", "damaged"])
        try whole.prefix(whole.count * 2 / 3).write(to: URL(filePath: folder.path("lc.tif")))
        try expectFailure(folder, ["lc.tif"])
    }

    @Test("No raster at all, an empty file, a missing one, an address")
    func unreadable() throws {
        let folder = try folder("source: lc.tif")
        try expectFailure(folder, ["lc.tif", "no such file"])
        try folder.write("lc.tif", "")
        try expectFailure(folder, ["lc.tif", "empty"])
        try folder.write("lc.tif", "II*\u{0}nothing that a program would know")
        try expectFailure(folder, ["lc.tif"])
        try expectFailure(try self.folder("source: /vsicurl/http://example.org/lc.tif"), ["network"])
    }

    @Test("A rotated raster and one whose first row is the southern one")
    func rotated() throws {
        let folder = try folder("source: lc.vrt", "crs: EPSG:4490")
        try folder.grid("raw.asc", [["1", "2"], ["3", "4"]], west: 0, south: 0, size: 1)
        func turn(_ transform: String) throws {
            try folder.write(
                "lc.vrt",
                "<VRTDataset rasterXSize=\"2\" rasterYSize=\"2\"><GeoTransform>\(transform)</GeoTransform>"
                    + "<VRTRasterBand dataType=\"Int32\" band=\"1\"><SimpleSource>"
                    + "<SourceFilename relativeToVRT=\"1\">raw.asc</SourceFilename><SourceBand>1</SourceBand>"
                    + "</SimpleSource></VRTRasterBand></VRTDataset>")
        }
        // South up: the first row lies at 37.
        try turn("95, 0.01, 0, 37, 0, 0.01")
        let flipped = try CoverageTable(folder, "lc")
        for value in ["1", "2", "3", "4"] { #expect(abs((flipped.row("a", value)?.share ?? 0) - 0.25) < 1e-4) }
        // The first row weighs more than the second, because it lies further south.
        let south = try #require(flipped.row("a", "1")?.area)
        let north = try #require(flipped.row("a", "3")?.area)
        #expect(south > north)
        // Turned by a quarter: columns run north, rows run east.
        try turn("95, 0, 0.01, 37, 0.01, 0")
        let turned = try CoverageTable(folder, "lc")
        for (value, old) in [("1", "1"), ("2", "3"), ("3", "2"), ("4", "4")] {
            let (a, b) = (try #require(turned.row("a", value)?.area), try #require(flipped.row("a", old)?.area))
            #expect(abs(a - b) < 1e-7 * b)
        }
        // By 45 degrees: the region is the middle of the raster's diamond, half of its ground.
        try turn("95.01, 0.01, -0.01, 37, 0.01, 0.01")
        let diamond = try CoverageTable(folder, "lc")
        let sum = diamond.rows.reduce(0) { $0 + ($1.share ?? 0) }
        #expect(abs(sum - 1) < 1e-9)
    }

    @Test("Float classes, 16-bit classes, and amounts where classes are meant")
    func valueTypes() throws {
        let folder = try folder(
            "source: lc.asc", "crs: EPSG:4490", "classes: {'41': forest, '300': water, '1.5': other}")
        try folder.grid("lc.asc", [["41.0", "300"], ["1.5", "41"]], west: 95, south: 37, size: 0.01)
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        #expect(abs((table.row("a", "forest")?.share ?? 0) - 0.5) < 1e-9)
        #expect(abs((table.row("a", "water")?.share ?? 0) - 0.25) < 1e-9)
        #expect(abs((table.row("a", "other")?.share ?? 0) - 0.25) < 1e-9)
    }

    @Test("Class maps: an unknown one, a wrong indicator, two at once")
    func classMaps() throws {
        try expectFailure(try folder("source: lc.asc", "class_map: globland30"), ["globland30", "globeland30"])
        try expectFailure(
            try folder("source: lc.asc", "class_map: {base: nlcd, implements: {forest: forest}}"),
            ["forest-coverage", "class_map.implements.forest"])
        try expectFailure(
            try folder("source: lc.asc", "class_map: nlcd", "classes: {'1': forest}"), ["'class_map' stands in place"])
        try expectFailure(
            try folder("source: lc.asc", "class_map: {base: nlcd, precedence: [wood]}"), ["no value leads", "wood"])
    }

    @Test("Layers that are not there, or are something else")
    func layers() throws {
        let folder = try folder("source: lc.asc", "crs: EPSG:4490")
        try folder.grid("lc.asc", [["1", "2"]], west: 95, south: 37, size: 0.01)
        let outcome = try RedlineCommand.run(
            ["coverage", "-c", "catalog.yaml", "--land-cover", "lx", "--regions", "regions"], in: folder)
        #expect(outcome.status == 1 && outcome.message.contains("no layer 'lx'") && outcome.message.contains("lc"))
        let regions = try RedlineCommand.run(
            ["coverage", "-c", "catalog.yaml", "--land-cover", "regions", "--regions", "regions"], in: folder)
        #expect(regions.status == 1 && regions.message.contains("layer of regions"))
        let none = try RedlineCommand.run(["coverage", "-c", "catalog.yaml", "--land-cover", "lc"], in: folder)
        #expect(none.status == 1 && none.message.contains("--regions"))
        try expectFailure(folder, ["a raster has no fields"], ["--cover-field", "fvc"])
    }

    @Test("Wrong usage")
    func usage() throws {
        let folder = try folder("source: lc.asc")
        for options in [
            ["--band", "0"], ["--edge", "half"], ["--weight", "none"], ["--picture", "map.png"],
            ["--area-method", "notice32"], ["--threads", "0"],
        ] {
            let outcome = try RedlineCommand.run(
                ["coverage", "-c", "catalog.yaml", "--land-cover", "lc"] + options, in: folder)
            #expect(outcome.status == 64, "\(options)")
        }
    }

    @Test("The picture is SVG with the names of regions and classes, and a legend in Chinese")
    func picture() throws {
        let folder = try folder("source: lc.asc", "crs: EPSG:4490", "classes: {'1': forest, '2': grassland}")
        try folder.grid("lc.asc", [["1", "2"], ["1", "2"]], west: 95, south: 37, size: 0.01)
        let outcome = try RedlineCommand.run(
            [
                "coverage", "-c", "catalog.yaml", "--land-cover", "lc", "--regions", "regions", "-o", "out.geojson",
                "--picture", "map.svg", "--language", "zh",
            ], in: folder)
        #expect(outcome.status == 0, "\(outcome.message)")
        let text = try String(contentsOfFile: folder.path("map.svg"), encoding: .utf8)
        #expect(text.hasPrefix("<svg ") && text.contains("林地") && text.contains("占统计区的比例") && text.contains("50.00%"))
        let json = try String(contentsOfFile: folder.path("out.geojson"), encoding: .utf8)
        #expect(json.contains("\"class\":\"forest\"") && json.contains("\"type\":\"Polygon\""))
    }
}
