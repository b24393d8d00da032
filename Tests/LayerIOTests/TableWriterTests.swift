import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

@Suite("Writing")
struct TableWriterTests {
    private static let fields = [
        FieldDescription(name: "code", type: .string), FieldDescription(name: "n", type: .integer),
        FieldDescription(name: "area_m2", type: .real),
    ]
    private static let square = Geometry.polygon(
        Polygon(exteriorRing: [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map { Position(x: $0.0, y: $0.1) }))

    private static func write(_ path: String, _ format: TableWriter.Format) throws {
        let writer = try TableWriter(path: path, format: format)
        try writer.addTable("findings", fields: fields, crs: "EPSG:4326")
        try writer.append([.string("0632801"), .integer(3), .real(1.5)], geometry: square)
        try writer.append([.string("格尔木"), .null, .integer(2)], geometry: nil)
        try writer.addTable("notes", fields: [FieldDescription(name: "note", type: .string)])
        try writer.append([.string("=1+1 & <b>")])
        try writer.finish()
    }

    @Test("What is written to a GeoPackage reads back")
    func geoPackage() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.gpkg"
        try Self.write(path, .geoPackage)
        let reader = try LayerReader(LayerSource(path: path))
        #expect(reader.description.name == "findings", "the only one with geometry")
        #expect(reader.description.crs.authority == "EPSG:4326" && reader.description.fidColumn == "fid")
        let rows = try reader.rows(["code", "n", "area_m2"])
        #expect(rows.map(\.identifier) == [1, 2])
        #expect(
            rows.map(\.attributes) == [
                [.string("0632801"), .integer(3), .real(1.5)], [.string("格尔木"), .null, .real(2)],
            ])
        #expect(rows.map(\.shape) == [Self.square, nil])
        let notes = try LayerReader(LayerSource(path: path, layer: "notes")).rows(["note"])
        #expect(notes.first?.attributes == [.string("=1+1 & <b>")])
        #expect(folder.names == ["a.gpkg"])
    }

    @Test("A workbook keeps texts as texts and numbers as numbers")
    func workbook() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.xlsx"
        try Self.write(path, .xlsx)
        #expect(try VectorFile(path: path).layerNames == ["findings", "notes"])
        let rows = try LayerReader(LayerSource(path: path, layer: "findings")).rows(["code", "n", "area_m2"])
        #expect(rows.map { $0.attributes[0] } == [.string("0632801"), .string("格尔木")])
        #expect(rows.map { $0.attributes[1] } == [.integer(3), .null])
        #expect(rows.map { $0.attributes[2].number } == [1.5, 2])
        #expect(folder.names == ["a.xlsx"])
    }

    @Test("The same rows give the same bytes", arguments: [TableWriter.Format.geoPackage, .xlsx])
    func sameBytes(format: TableWriter.Format) throws {
        let folder = try TemporaryFolder()
        try Self.write(folder.path + "/a", format)
        // Longer than the two seconds in which a time stamp of a zip archive counts.
        Thread.sleep(forTimeInterval: 2.1)
        try Self.write(folder.path + "/b", format)
        let files = try ["a", "b"].map { try Data(contentsOf: URL(filePath: folder.path + "/" + $0)) }
        #expect(files[0] == files[1])
    }

    @Test("A file that is there stays, unless it shall be replaced", arguments: [TableWriter.Format.geoPackage, .xlsx])
    func existing(format: TableWriter.Format) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.out", "precious")
        #expect(throws: LayerError.self) { try TableWriter(path: path, format: format) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        do {
            let writer = try TableWriter(path: path, format: format, overwrites: true)
            try writer.addTable("t", fields: Self.fields)
            #expect(throws: LayerError.self, "a text is no number") { try writer.append([.null, .string("x")]) }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        #expect(folder.names == ["a.out"], "an unfinished file goes with its writer")
        let writer = try TableWriter(path: path, format: format, overwrites: true)
        try writer.addTable("t", fields: Self.fields)
        try writer.finish()
        #expect(try String(contentsOfFile: path, encoding: .isoLatin1) != "precious")
    }

    @Test("A folder that is not there is told by its reason")
    func noFolder() {
        #expect(throws: LayerError.writeFailed(path: "/nowhere/a.gpkg", message: "No such file or directory")) {
            try TableWriter(path: "/nowhere/a.gpkg", format: .geoPackage)
        }
    }

    @Test("An unknown CRS is told so")
    func unknownCRS() throws {
        let folder = try TemporaryFolder()
        let writer = try TableWriter(path: folder.path + "/a.gpkg", format: .geoPackage)
        #expect(throws: LayerError.writeFailed(path: folder.path + "/a.gpkg", message: "there is no CRS 'EPSG:1'")) {
            try writer.addTable("t", fields: [], crs: "EPSG:1")
        }
    }

    @Test("A full disk is an error and leaves nothing", arguments: [TableWriter.Format.geoPackage, .xlsx])
    func fullDisk(format: TableWriter.Format) async {
        // The limit on the size of files stands in for a full disk; it holds for a whole process.
        let isGeoPackage = format == .geoPackage
        await #expect(processExitsWith: .success) { [isGeoPackage = isGeoPackage as Bool] in
            signal(SIGXFSZ, SIG_IGN)
            let folder = try TemporaryFolder()
            let path = folder.path + "/a.out"
            var limit = rlimit(rlim_cur: 150_000, rlim_max: 150_000)
            _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            do {
                let writer = try TableWriter(path: path, format: isGeoPackage ? .geoPackage : .xlsx)
                try writer.addTable("t", fields: [FieldDescription(name: "t", type: .string)], crs: "EPSG:4326")
                var generator = SeededGenerator(seed: 3)
                for _ in 0..<20_000 {
                    try writer.append([.string("\(UInt64.random(in: 0...UInt64.max, using: &generator))")])
                }
                try writer.finish()
                exit(3)
            } catch {
                guard error is LayerError, folder.names.isEmpty else { exit(4) }
            }
        }
    }

    @Test("A GeoPackage that is cut is an error, never a shorter layer")
    func cut() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.gpkg"
        let writer = try TableWriter(path: path, format: .geoPackage)
        try writer.addTable("t", fields: Self.fields, crs: "EPSG:4326")
        for number in 0..<2000 { try writer.append([.string("\(number)")], geometry: Self.square) }
        try writer.finish()
        let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
        for length in stride(from: whole.count - 1, through: 1, by: -whole.count / 40) {
            let cut = try folder.write("cut.gpkg", Array(whole[..<length]))
            if errorOfReading(LayerSource(path: cut)) != nil { continue }
            #expect(try LayerReader(LayerSource(path: cut)).rows(["code"]).count == 2000, "cut at \(length)")
        }
    }
}
