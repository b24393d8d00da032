import Foundation
import TestSupport
import Testing

/// Land cover whose shares are known by hand or by construction.
@Suite("Coverage: cases")
struct CoverageCaseTests {
    private static let polygons = WorkFolder.layer(
        "patches", family: "land-cover", "fields: {class: class}", "crs: OGC:CRS84")

    private func rasterFolder(
        _ regions: [Shape], _ rows: [[String]], west: Double = 95, south: Double = 37, size: Double = 0.01,
        noData: String? = "-9999", _ more: String...
    ) throws -> WorkFolder {
        let folder = try WorkFolder()
        try folder.write("regions.geojson", regions)
        try folder.grid("lc.asc", rows, west: west, south: south, size: size, noData: noData)
        let keys = ["source: lc.asc", "family: land-cover", "crs: EPSG:4490"] + more
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region"),
            "  - id: lc\n" + keys.map { "    \($0)\n" }.joined(),
        ])
        return folder
    }

    @Test("B-18: a row of four cells, covered 1, 1, 0.37 and 0")
    func edgeCells() throws {
        let folder = try rasterFolder(
            [Shape.box(95, 95.0237, 37, 37.01).zone("a")], [["3", "3", "4", "4"]],
            "classes: {'3': forest, '4': grassland}")
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        #expect(abs((table.row("a", "forest")?.share ?? 0) - 2 / 2.37) < 1e-12)
        #expect(abs((table.row("a", "grassland")?.share ?? 0) - 0.37 / 2.37) < 1e-12)
        #expect(table.row("a", "unclassified")?.area == 0)
        let exact = try CoverageTable(folder, "lc")
        // Strips of one row: their areas are in proportion to their widths.
        let whole = try #require(exact.row("a", "forest")?.regionArea)
        #expect(abs((exact.row("a", "forest")?.area ?? 0) - whole * 2 / 2.37) < 1e-9 * whole)
    }

    @Test("B-18: nodata counts in unclassified, and so does ground beyond the raster")
    func noData() throws {
        let folder = try rasterFolder(
            [
                Shape.box(95, 95.02, 37, 37.01).zone("in"), Shape.box(95.03, 95.06, 37, 37.01).zone("over"),
                Shape.box(96, 96.1, 37, 37.1).zone("out"), Shape.box(95.012, 95.018, 37, 37.01).zone("void"),
            ],
            [["3", "-9999", "4", "3"]])
        let table = try CoverageTable(folder, "lc")
        #expect(abs((table.row("in", "3")?.share ?? 0) - 0.5) < 1e-12)
        #expect(abs((table.row("in", "unclassified")?.share ?? 0) - 0.5) < 1e-12)
        #expect(abs((table.row("over", "3")?.share ?? 0) - 1.0 / 3) < 1e-9)
        #expect(abs((table.row("over", "unclassified")?.share ?? 0) - 2.0 / 3) < 1e-9)
        let outside = table.rows.filter { $0.region == "out" }
        #expect(outside.map(\.class) == ["not-assessable"])
        #expect(outside[0].area == nil && outside[0].share == nil)
        // Where nothing is known nothing is 0 %.
        let void = table.rows.filter { $0.region == "void" }
        #expect(void.map(\.class) == ["not-assessable"])
        #expect(void[0].area == nil && void[0].share == nil)
        #expect(abs(outside[0].regionArea - Cell.area) < 1e-9 * Cell.area)
    }

    @Test("A checkerboard under a triangle along its diagonal")
    func checkerboard() throws {
        let rows = (0..<4).map { row in (0..<4).map { column in (row + column) % 2 == 0 ? "1" : "2" } }
        let folder = try rasterFolder(
            [Shape.polygon([(95, 37), (95.04, 37), (95.04, 37.04)]).zone("a")], rows)
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        // Six whole cells below the diagonal and four halves on it, eight in all. Counted from the south-west, halves
        // lie where column = row; the north-west cell is 1, so that these have the value 2 and the six whole ones
        // 3 + 1 of the value 1 and 2 of the value 2.
        #expect(abs((table.row("a", "1")?.share ?? 0) - 4.0 / 8) < 1e-12)
        #expect(abs((table.row("a", "2")?.share ?? 0) - 4.0 / 8) < 1e-12)
    }

    @Test("One cell, a dot inside it, and a hole inside it")
    func singleCell() throws {
        let holed = Shape(
            geometry: "{\"type\":\"Polygon\",\"coordinates\":[[[95,37],[95.01,37],[95.01,37.01],[95,37.01],[95,37]],"
                + "[[95.002,37.002],[95.002,37.004],[95.004,37.004],[95.004,37.002],[95.002,37.002]]]}")
        let folder = try rasterFolder(
            [
                Shape.box(95.0031, 95.0032, 37.0031, 37.0032).zone("dot"), holed.zone("holed"),
                Shape.box(95, 95.01, 37, 37.01).zone("cell"),
            ],
            [["7"]])
        let table = try CoverageTable(folder, "lc")
        for region in ["dot", "holed", "cell"] {
            let row = try #require(table.row(region, "7"))
            #expect(abs((row.area ?? 0) - row.regionArea) < 1e-8 * row.regionArea)
            #expect(row.share == 1)
            #expect(table.row(region, "unclassified")?.area == 0)
        }
    }

    @Test("Neighbours along cell edges get nothing of each other's cells")
    func cellEdges() throws {
        let folder = try rasterFolder(
            [Shape.box(95, 95.02, 37, 37.02).zone("west"), Shape.box(95.02, 95.04, 37, 37.02).zone("east")],
            [["1", "1", "2", "2"], ["1", "1", "2", "2"]])
        let table = try CoverageTable(folder, "lc")
        #expect(table.rows.filter { $0.region == "west" }.map(\.class) == ["1", "unclassified"])
        #expect(table.rows.filter { $0.region == "east" }.map(\.class) == ["2", "unclassified"])
    }

    /// Random classes on a grid, a star as region, and the cells as squares.
    private func sample(_ seed: UInt64, _ size: Double) -> (rows: [[String]], star: [(Double, Double)]) {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<12).map { _ in (0..<12).map { _ in String(Int.random(in: 1...4, using: &generator)) } }
        let star = (0..<14).map { index in
            let radius = Double.random(in: 1.5...5.9, using: &generator)
            let angle = Double(index) / 14 * 2 * .pi
            return (6 + radius * cos(angle), 6 + radius * sin(angle))
        }
        return (rows, star)
    }

    @Test("A raster turned into polygons gives the same table on a geographic grid", arguments: [1, 2, 3])
    func sameAsPolygons(seed: UInt64) throws {
        let (rows, star) = sample(seed, 0.01)
        let folder = try rasterFolder(
            [Shape.polygon(star.map { (95 + $0.0 * 0.01, 37 + $0.1 * 0.01) }).zone("a")], rows)
        var patches: [Shape] = []
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() {
                let (west, south) = (95 + Double(column) * 0.01, 37 + Double(11 - row) * 0.01)
                patches.append(Shape.box(west, west + 0.01, south, south + 0.01).with(["class": value]))
            }
        }
        try folder.write("patches.geojson", patches)
        let catalog = try String(contentsOfFile: folder.path("catalog.yaml"), encoding: .utf8)
        try folder.write("catalog.yaml", catalog + Self.polygons)
        let raster = try CoverageTable(folder, "lc")
        let polygons = try CoverageTable(folder, "patches")
        for value in ["1", "2", "3", "4"] {
            let row = try #require(raster.row("a", value))
            let other = try #require(polygons.row("a", value))
            let (area, otherArea) = (try #require(row.area), try #require(other.area))
            #expect(abs(area - otherArea) < 1e-9 * row.regionArea)
            #expect(abs((row.share ?? 0) - (other.share ?? 0)) < 1e-9)
        }
    }

    @Test("A raster turned into polygons gives the same table to a millionth on a projected grid")
    func sameAsPolygonsInPlane() throws {
        let (rows, star) = sample(4, 100)
        let folder = try WorkFolder()
        // EPSG:4520 is the zone of 3 degrees around 96° E, false easting 32 500 000.
        let (west, south) = (32_400_000.0, 4_100_000.0)
        func crs(_ name: String, _ shapes: [Shape]) throws {
            let text = shapes.map(\.json).joined(separator: ",\n")
            let crs = "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4520\"}}"
            try folder.write(name, "{\"type\":\"FeatureCollection\",\"crs\":\(crs),\"features\":[\(text)]}")
        }
        try crs(
            "regions.geojson",
            [Shape.polygon(star.map { (west + $0.0 * 1000, south + $0.1 * 1000) }).with(["code": "a"])])
        var patches: [Shape] = []
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() {
                let (x, y) = (west + Double(column) * 1000, south + Double(11 - row) * 1000)
                patches.append(Shape.box(x, x + 1000, y, y + 1000).with(["class": value]))
            }
        }
        try crs("patches.geojson", patches)
        try folder.grid("lc.asc", rows, west: west, south: south, size: 1000)
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region"),
            WorkFolder.layer("lc", family: "land-cover", source: "source: lc.asc", "crs: EPSG:4520"),
            WorkFolder.layer("patches", family: "land-cover", "fields: {class: class}"),
        ])
        let raster = try CoverageTable(folder, "lc")
        let polygons = try CoverageTable(folder, "patches")
        for value in ["1", "2", "3", "4"] {
            let (row, other) = (try #require(raster.row("a", value)), try #require(polygons.row("a", value)))
            #expect(abs((row.area ?? 0) - (other.area ?? 0)) < 1e-6 * row.regionArea)
        }
    }

    @Test("Patches that overlap count once, for the class that comes first, and the message says how much")
    func overlaps() throws {
        let folder = try WorkFolder()
        try folder.write("regions.geojson", [Shape.box(95, 95.2).zone("a")])
        try folder.write(
            "patches.geojson",
            [Shape.box(95, 95.1).with(["class": "grass"]), Shape.box(95.05, 95.15).with(["class": "wood"])])
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region"),
            WorkFolder.layer(
                "patches", family: "land-cover", "fields: {class: class}", "classes: {wood: forest, grass: grassland}"),
        ])
        let table = try CoverageTable(folder, "patches")
        let tolerance = Cell.tolerance(2 * Cell.area)
        #expect(abs((table.row("a", "forest")?.area ?? 0) - Cell.area) < tolerance)
        #expect(abs((table.row("a", "grassland")?.area ?? 0) - Cell.area / 2) < tolerance)
        #expect(abs((table.row("a", "unclassified")?.share ?? 0) - 0.25) < 1e-12)
        #expect(table.message.contains("49359578 m²"))
        #expect(table.message.contains("forest, grassland"))
    }

    @Test("Twenty thousand patches in a GeoPackage, read in parts: a third of them twice, on any number of threads")
    func manyPatches() throws {
        let folder = try WorkFolder()
        // Strips of 0.1° of longitude, half a parallel apart, so that areas are known by counting.
        try folder.write(
            "regions.geojson", [Shape.box(95, 96, 37, 38).zone("west"), Shape.box(96, 97.5, 37, 38).zone("east")])
        var patches: [Shape] = []
        for row in 0..<100 {
            for column in 0..<150 {
                // A column lies on both sides of the border between the regions.
                let (x, y) = (95.005 + Double(column) * 0.01, 37 + Double(row) * 0.01)
                let patch = Shape.box(x, x + 0.01, y, y + 0.01)
                patches.append(patch.with(["class": column % 2 == 0 ? "a" : "b"]))
                if column % 3 == 0 { patches.append(patch.with(["class": "c"])) }
            }
        }
        try folder.write("patches.geojson", patches)
        let convert = Process()
        convert.executableURL = URL(filePath: "/usr/bin/env")
        convert.arguments = ["ogr2ogr", folder.path("patches.gpkg"), folder.path("patches.geojson")]
        try convert.run()
        convert.waitUntilExit()
        try #require(convert.terminationStatus == 0, "ogr2ogr (Debian: gdal-bin) makes the file")
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region"),
            WorkFolder.layer(
                "patches", family: "land-cover", source: "source: patches.gpkg", "fields: {class: class}",
                "classes: {c: grassland, a: forest, b: water}"),
        ])
        let table = try CoverageTable(folder, "patches", "--threads", "3")
        // 99.5 columns lie in the west, of which every third is grassland and the others are forest and water in turn:
        // column 99 is the 34th of the grassland.
        for (region, shares) in [
            ("west", ["grassland": 33.5, "forest": 33, "water": 33, "unclassified": 0.5]),
            ("east", ["grassland": 16.5, "forest": 17, "water": 17, "unclassified": 99.5]),
        ] {
            let width = region == "west" ? 100.0 : 150
            for (name, columns) in shares {
                let share = try #require(table.row(region, name)?.share)
                #expect(abs(share - columns / width) < 1e-10, "\(region) \(name)")
            }
        }
        #expect(table.message.contains("patches overlap"))
        func run(_ threads: String) throws -> String {
            try RedlineCommand.run(
                [
                    "coverage", "-c", "catalog.yaml", "--land-cover", "patches", "--regions", "regions", "-f", "json",
                    "--threads", threads,
                ], in: folder
            ).output
        }
        #expect(try run("1") == run("4"))
    }

    @Test("B-17: cover is a mean, beside the share of grassland")
    func cover() throws {
        let folder = try WorkFolder()
        // Strips of one width have one area: 6, 4 and 15 of 25 parts.
        try folder.write("regions.geojson", [Shape.box(95, 95.25).zone("a")])
        try folder.write(
            "patches.geojson",
            [
                Shape.box(95, 95.06).with(["class": "0401", "fvc": "70"]),
                Shape.box(95.06, 95.10).with(["class": "0403", "fvc": "20"]),
                Shape.box(95.10, 95.25).with(["class": "1206"]),
            ])
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region"),
            WorkFolder.layer(
                "patches", family: "land-cover", "fields: {class: class}", "class_map: third-survey"),
        ])
        let row = try #require(try CoverageTable(folder, "patches", "--cover-field", "fvc").row("a", "grassland"))
        #expect(abs((row.share ?? 0) - 0.4) < 1e-12)
        #expect(abs((row.meanCover ?? 0) - 50) < 1e-9)
        #expect(abs((row.coveredArea ?? 0) - Cell.area) < Cell.tolerance(Cell.area))
        #expect(row.definition.contains("comprehensive grassland vegetation cover"))
        // Without cover values there is no number and no such name.
        let plain = try #require(try CoverageTable(folder, "patches").row("a", "grassland"))
        #expect(plain.meanCover == nil)
        #expect(!plain.definition.contains("vegetation cover"))
    }

    @Test("A raster of cover values gives their mean, weighted by area")
    func coverRaster() throws {
        let folder = try rasterFolder(
            [Shape.box(95, 95.03, 37, 37.01).zone("a")], [["70.5", "20", "-9999"]], "content: cover")
        let table = try CoverageTable(folder, "lc")
        let row = try #require(table.row("a", "covered"))
        #expect(abs((row.meanCover ?? 0) - 45.25) < 1e-9)
        #expect(abs((row.share ?? 0) - 2.0 / 3) < 1e-12)
        #expect(abs((table.row("a", "unclassified")?.share ?? 0) - 1.0 / 3) < 1e-12)
    }

    @Test("B-19: the official name only where the catalog declares the definition")
    func forestName() throws {
        let regions = [Shape.box(95, 95.02, 37, 37.01).zone("a")]
        let plain = try CoverageTable(try rasterFolder(regions, [["20", "30"]], "class_map: globeland30"), "lc")
        let share = try #require(plain.row("a", "forest")?.definition)
        #expect(share.contains("forest land-cover share") && share.contains("20 Forest"))
        #expect(!share.contains("forest coverage"))
        let declared = try rasterFolder(
            regions, [["20", "30"]], "class_map: {base: globeland30, implements: {forest: forest-coverage}}")
        #expect(try CoverageTable(declared, "lc").row("a", "forest")?.definition.contains("forest coverage") == true)
    }

    @Test("Keys compare as text, and an unknown value keeps its area")
    func unknown() throws {
        let folder = try rasterFolder(
            [Shape.box(95, 95.02, 37, 37.01).zone("a")], [["3", "9"]], "classes: {'03': forest, '9': grassland}")
        let table = try CoverageTable(folder, "lc")
        #expect(abs((table.row("a", "unknown:3")?.share ?? 0) - 0.5) < 1e-12)
        #expect(table.message.contains("the value 3 is not in the class map"))
        #expect(table.row("a", "forest") == nil)
    }

    @Test("Haixi: forest is 4.1 % of the territory by construction, in patches and in the raster")
    func haixi() throws {
        let folder = try WorkFolder()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let catalog = root.appending(path: "Layers/haixi/catalog.yaml").path
        for (layer, tolerance) in [("land-cover", 1e-10), ("land-cover-raster", 1e-8)] {
            let outcome = try RedlineCommand.run(
                ["coverage", "-c", catalog, "--land-cover", layer, "--regions", "counties", "-f", "csv"], in: folder)
            #expect(outcome.status == 0)
            let rows = CoverageTable.cells(outcome.output).dropFirst().filter { $0[3] == "forest" }
            let forest = rows.reduce(0) { $0 + (Double($1[4]) ?? .nan) }
            let whole = rows.reduce(0) { $0 + (Double($1[2]) ?? .nan) }
            #expect(abs(forest / whole - 0.041) < tolerance)
        }
    }

    @Test("The number of threads changes no byte")
    func threads() throws {
        let (rows, star) = sample(9, 0.01)
        let folder = try rasterFolder(
            [Shape.polygon(star.map { (95 + $0.0 * 0.01, 37 + $0.1 * 0.01) }).zone("a")], rows)
        func run(_ threads: String) throws -> String {
            try RedlineCommand.run(
                [
                    "coverage", "-c", "catalog.yaml", "--land-cover", "lc", "--regions", "regions", "-f", "json",
                    "--threads", threads,
                ],
                in: folder
            ).output
        }
        #expect(try run("1") == run("4"))
    }

    @Test("A region on both sides of the antimeridian, and one that runs on beyond 180°")
    func antimeridian() throws {
        let rows = [Array(repeating: "1", count: 18) + Array(repeating: "2", count: 18)]
        let split = Shape.polygons([
            [(170, 0), (180, 0), (180, 10), (170, 10)], [(-180, 0), (-160, 0), (-160, 10), (-180, 10)],
        ])
        let folder = try rasterFolder(
            [split.zone("split"), Shape.box(170, 200, 0, 10).zone("on")], rows, west: -180, south: 0, size: 10)
        let table = try CoverageTable(folder, "lc")
        for region in ["split", "on"] {
            #expect(abs((table.row(region, "1")?.share ?? 0) - 2.0 / 3) < 1e-12)
            #expect(abs((table.row(region, "2")?.share ?? 0) - 1.0 / 3) < 1e-12)
        }
    }
}
