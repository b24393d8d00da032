import Foundation
import Testing

/// Kinds of raster files: each is read right, or refused with what helps.
@Suite("Coverage: kinds of rasters")
struct CoverageRasterTests {
    private func folder(_ region: Shape, _ lines: String...) throws -> WorkFolder {
        let folder = try WorkFolder()
        try folder.write("regions.geojson", [region.zone("a")])
        _ = try folder.catalog([
            WorkFolder.layer("regions", family: "region"),
            "  - id: lc\n    family: land-cover\n" + lines.map { "    \($0)\n" }.joined(),
        ])
        return folder
    }

    private static let square = Shape.box(95, 95.02, 37, 37.02)

    /// The first two cells of the first two rows of a tile, each of so many bytes.
    private func tile(_ values: [[Int]], bytes: Int = 1) -> Data {
        var data = Data()
        for row in values {
            for value in row {
                for place in 0..<bytes { data.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
            }
            data.append(Data(count: (16 - row.count) * bytes))
        }
        return data
    }

    private func expectQuarters(
        _ file: TIFFFile, _ data: Data, _ classes: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = try folder(Self.square, "source: lc.tif")
        try file.write(to: folder.path("lc.tif"), [0: data])
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        #expect(table.rows.map(\.class) == classes + ["unclassified"], sourceLocation: sourceLocation)
        for row in table.rows.dropLast() {
            #expect(abs((row.share ?? 0) - 0.25) < 1e-12, sourceLocation: sourceLocation)
        }
        let rest = 1 - 0.25 * Double(classes.count)
        #expect(abs((table.rows.last?.share ?? 2) - rest) < 1e-12, sourceLocation: sourceLocation)
    }

    @Test("A palette: classes are its places, not its colours")
    func palette() throws {
        let file = TIFFFile(width: 2, height: 2, hasPalette: true, noData: "0")
        try expectQuarters(file, tile([[10, 20], [30, 0]]), ["10", "20", "30"])
    }

    @Test("Numbers of 16 and 32 bits, with and without a sign")
    func wide() throws {
        var file = TIFFFile(width: 2, height: 2, bits: 16, noData: "65535")
        try expectQuarters(file, tile([[300, 65534], [40000, 65535]], bytes: 2), ["300", "40000", "65534"])
        (file.sampleFormat, file.noData) = (2, "-9999")
        try expectQuarters(file, tile([[-300, 0], [300, -9999]], bytes: 2), ["-300", "0", "300"])
        (file.bits, file.noData) = (32, nil)
        try expectQuarters(
            file, tile([[-100_000, 0], [7, 2_000_000_000]], bytes: 4), ["-100000", "0", "7", "2000000000"])
    }

    @Test("Signed bytes are not taken for 128 to 255")
    func signedBytes() throws {
        let file = TIFFFile(width: 2, height: 2, sampleFormat: 2, noData: "-128")
        try expectQuarters(file, tile([[-2, -1], [5, -128]]), ["-2", "-1", "5"])
    }

    @Test("Float classes: whole ones are written without a fraction, and NaN is no data")
    func floats() throws {
        let file = TIFFFile(width: 2, height: 2, bits: 32, sampleFormat: 3, noData: "nan")
        let values = [[Float(41), 1.5], [-3, .nan]].map { $0.map { Int($0.bitPattern) } }
        try expectQuarters(file, tile(values, bytes: 4), ["-3", "1.5", "41"])
    }

    @Test("A file of more than 4 GB: its last tile lies beyond 32 bits, and only what a region touches is read")
    func huge() throws {
        let folder = try folder(Shape.box(95.9998, 96, 36.4, 36.4002), "source: lc.tif")
        // 100 000 × 60 000 cells of 10⁻⁵°.
        let file = TIFFFile(width: 100_000, height: 60_000, tile: 256, noData: "0", north: 37, size: 1e-5)
        let last = file.tilesAcross * ((file.height + 255) / 256) - 1
        // Class 7 everywhere in the last tile but for every other row.
        var bytes = Data()
        for row in 0..<256 { bytes.append(Data(repeating: row % 2 == 0 ? 7 : 9, count: 256)) }
        try file.write(to: folder.path("lc.tif"), [last: bytes])
        let size = try FileManager.default.attributesOfItem(atPath: folder.path("lc.tif"))[.size] as? NSNumber
        #expect((size?.int64Value ?? 0) > 1 << 32)
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        #expect(table.rows.map(\.class) == ["7", "9", "unclassified"])
        for row in table.rows.dropLast() { #expect(abs((row.share ?? 0) - 0.5) < 1e-6) }
    }

    @Test("A raster in an archive is read there; of several one is named")
    func archives() throws {
        let folder = try folder(Self.square, "source: lc.zip", "classes: {'1': forest}")
        let file = TIFFFile(width: 2, height: 2)
        try file.write(to: folder.path("lc.tif"), [0: tile([[1, 1], [1, 1]])])
        try file.write(to: folder.path("other.tif"), [0: tile([[2, 2], [2, 2]])])
        func run(_ program: String, _ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [program] + arguments
            process.currentDirectoryURL = URL(filePath: folder.path("."))
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "\(program) makes the archive")
        }
        try run("python3", "-m", "zipfile", "-c", "lc.zip", "lc.tif")
        #expect(try CoverageTable(folder, "lc").row("a", "forest")?.share == 1)
        try run("gzip", "-k", "lc.tif")
        let packed = try self.folder(Self.square, "source: \(folder.path("lc.tif.gz"))", "classes: {'1': forest}")
        #expect(try CoverageTable(packed, "lc").row("a", "forest")?.share == 1)
        try run("python3", "-m", "zipfile", "-c", "two.zip", "lc.tif", "other.tif")
        func outcome(_ lines: String...) throws -> RedlineCommand.Outcome {
            let own = try WorkFolder()
            try own.write("regions.geojson", [Self.square.zone("a")])
            _ = try own.catalog([
                WorkFolder.layer("regions", family: "region"),
                "  - id: lc\n    family: land-cover\n" + lines.map { "    \($0)\n" }.joined(),
            ])
            return try RedlineCommand.run(
                ["coverage", "-c", "catalog.yaml", "--land-cover", "lc", "--regions", "regions", "-f", "csv"], in: own)
        }
        let two = folder.path("two.zip")
        let unnamed = try outcome("source: \(two)")
        #expect(unnamed.status == 1 && unnamed.message.contains("lc.tif") && unnamed.message.contains("other.tif"))
        let named = try outcome("source: \(two)", "layer: other")
        #expect(named.status == 0 && CoverageTable.cells(named.output)[1][3] == "2")
        let wrong = try outcome("source: \(two)", "layer: others")
        #expect(wrong.status == 1 && wrong.message.contains("no layer 'others'"))
        let virtual = try outcome("source: /vsizip/\(two)/lc.tif")
        #expect(virtual.status == 1 && virtual.message.contains("Give the archive itself"))
    }
}
