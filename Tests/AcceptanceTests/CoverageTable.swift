import Foundation
import Testing

/// Runs `redline coverage` and reads its CSV.
struct CoverageTable {
    /// One row.
    struct Row {
        var region: String
        var name: String
        var regionArea: Double
        var `class`: String
        var area: Double?
        var share: Double?
        var definition: String
        var meanCover: Double?
        var coveredArea: Double?
    }

    var rows: [Row]
    /// What was said on standard error.
    var message: String

    /// Runs `coverage` on `catalog.yaml` of a folder; ends the test where the program fails.
    init(_ folder: WorkFolder, _ landCover: String, regions: String = "regions", _ options: String...) throws {
        let outcome = try RedlineCommand.run(
            ["coverage", "-c", "catalog.yaml", "--land-cover", landCover, "--regions", regions, "-f", "csv"] + options,
            in: folder)
        try #require(outcome.status == 0, "\(outcome.message)")
        message = outcome.message
        let lines = Self.cells(outcome.output)
        let heading = try #require(lines.first)
        #expect(
            Array(heading.prefix(7)) == [
                "region_code", "region_name", "region_area_m2", "class", "area_m2", "share", "definition",
            ])
        rows = lines.dropFirst().map { line in
            Row(
                region: line[0], name: line[1], regionArea: Double(line[2]) ?? .nan, class: line[3],
                area: Double(line[4]), share: Double(line[5]), definition: line[6],
                meanCover: line.count > 7 ? Double(line[7]) : nil, coveredArea: line.count > 8 ? Double(line[8]) : nil)
        }
    }

    /// The row of a region and class; nil where there is none.
    func row(_ region: String, _ class: String) -> Row? {
        rows.first { ($0.region == region || $0.name == region) && $0.class == `class` }
    }

    /// Compares shares with a published table.
    ///
    /// - Parameters:
    ///   - path: The CSV, with region, class and a number in its first columns.
    ///   - column: The column of the number, from 0.
    ///   - isAmount: Whether the numbers are amounts, of which parts are made; else parts of the cells with data.
    ///   - tolerance: Of a share.
    ///   - name: The region's code or name here, from what stands in the table.
    ///   - sourceLocation: Of the expectation.
    /// - Throws: An error if the table cannot be read.
    func expect(
        equal path: String, column: Int, isAmount: Bool = false, tolerance: Double,
        region name: (String) -> String = { $0 }, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let lines = Self.cells(try String(contentsOfFile: path, encoding: .utf8)).dropFirst()
        var sums: [String: Double] = [:]
        for line in lines { sums[line[0], default: 0] += Double(line[column]) ?? .nan }
        var compared = 0
        for line in lines {
            let region = name(line[0])
            let value = try #require(Double(line[column]))
            let expected = isAmount ? value / (sums[line[0]] ?? .nan) : value
            let rest = row(region, "unclassified")?.share ?? 0
            let found = (row(region, line[1])?.share ?? 0) / (1 - rest)
            let what = Comment(rawValue: "\(region) \(line[1]): \(found), expected \(expected)")
            #expect(abs(found - expected) <= tolerance, what, sourceLocation: sourceLocation)
            compared += 1
        }
        #expect(compared > 0, sourceLocation: sourceLocation)
    }

    /// The cells of CSV text, quotes taken off.
    static func cells(_ text: String) -> [[String]] {
        var lines: [[String]] = []
        var line: [String] = []
        var cell = ""
        var isQuoted = false
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                line.append(cell)
                cell = ""
            case "\n" where !isQuoted, "\r\n" where !isQuoted:
                lines.append(line + [cell])
                (line, cell) = ([], "")
            default: cell.append(character)
            }
        }
        return lines
    }
}

extension WorkFolder {
    /// Writes a raster as an ESRI ASCII grid, the first row the northern one, and returns its name.
    @discardableResult
    func grid(
        _ name: String, _ rows: [[String]], west: Double, south: Double, size: Double, noData: String? = "-9999"
    ) throws -> String {
        let head =
            "ncols \(rows[0].count)\nnrows \(rows.count)\nxllcorner \(west)\nyllcorner \(south)\ncellsize \(size)\n"
            + (noData.map { "NODATA_value \($0)\n" } ?? "")
        try write(name, head + rows.map { $0.joined(separator: " ") + "\n" }.joined())
        return name
    }

    /// Writes a raster of bytes in ENVI's format, longitude and latitude, and returns its name.
    @discardableResult
    func envi(
        _ name: String, _ bands: [[[UInt8]]], west: Double, north: Double, size: Double, more: String = "",
        isGeoreferenced: Bool = true
    ) throws -> String {
        let rows = bands[0]
        let place =
            isGeoreferenced
            ? "map info = {Geographic Lat/Lon, 1, 1, \(west), \(north), \(size), \(size), WGS-84, units=Degrees}\n" : ""
        try write(
            name + ".hdr",
            "ENVI\nsamples = \(rows[0].count)\nlines = \(rows.count)\nbands = \(bands.count)\nheader offset = 0\n"
                + "file type = ENVI Standard\ndata type = 1\ninterleave = bsq\nbyte order = 0\n\(place)\(more)")
        try Data(bands.flatMap { $0.flatMap { $0 } }).write(to: URL(filePath: path(name)))
        return name
    }
}
