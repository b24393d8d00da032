import Foundation
import Testing

@Suite("Boundary points")
struct BoundaryPointTests {
    @Test("The overlaps as exchange text are sites again, with the areas of the findings")
    func roundTrip() throws {
        try Command.withTemporaryFolder { folder in
            let text = folder.appending(path: "conflicts.txt").path
            let catalog = "Layers/haixi/catalog.yaml"
            let first = try Command.redline(
                [
                    "screen", "Layers/haixi/site.geojson", "-c", catalog, "-f", "json", "--layers", "redline",
                    "--boundary-points", text,
                ])
            #expect(first.status == 0, "\(first.errors)")
            let lines = try String(contentsOfFile: text, encoding: .utf8).split(separator: "\n")
            #expect(lines.first == "[属性描述]" && lines.contains("坐标系=2000国家大地坐标系") && lines.contains("带号=31"))
            let second = try Command.redline(["screen", text, "-c", catalog, "-f", "json", "--layers", "redline"])
            #expect(second.status == 0, "\(second.errors)")
            let areas = [first, second].map { result in
                result.output.matches(of: /"overlap_area_m2":([0-9.]+)/).compactMap { Double($0.output.1) }
            }
            #expect(areas[0].count == 1 && areas[1].count == 1)
            // Points are written to a millimetre, and edges of a kilometre straight in the plane bow by 2 cm.
            #expect(abs(areas[0][0] - areas[1][0]) < 30, "\(areas)")
        }
    }

    @Test("Nothing is written where nothing overlaps, and never over an input or the result")
    func refusals() throws {
        try Command.withTemporaryFolder { folder in
            let text = folder.appending(path: "none.txt").path
            let clear = try Command.redline(
                [
                    "screen", "97.2,37.9", "-c", "Layers/haixi/catalog.yaml", "-f", "csv", "--layers", "parks",
                    "--boundary-points", text,
                ])
            #expect(clear.status == 0 && clear.errors.contains("no boundary points"))
            #expect(!FileManager.default.fileExists(atPath: text))
            let same = try Command.redline(
                [
                    "screen", "Layers/haixi/site.geojson", "-c", "Layers/haixi/catalog.yaml", "-o", text,
                    "--boundary-points", text,
                ])
            #expect(same.status == 64)
        }
    }

    /// A catalog with one redline zone of 0.1° around each of some places, and sites in their middles.
    private func scene(_ folder: URL, _ places: [Double], halfWidth: Double = 0.05) throws -> [String] {
        func box(_ x: Double, _ half: Double, _ id: String) -> String {
            let corners = [(-half, -0.05), (half, -0.05), (half, 0.05), (-half, 0.05), (-half, -0.05)]
            let ring = corners.map { "[\(x + $0.0),\(37 + $0.1)]" }.joined(separator: ",")
            return """
                {"type":"Feature","properties":{"id":"\(id)","name":"\(id)"},\
                "geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}
                """
        }
        func write(_ name: String, _ features: [String]) throws -> String {
            let path = folder.appending(path: name).path
            try #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
                .write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
        _ = try write("zones.geojson", places.enumerated().map { box($1, halfWidth, "Z\($0)") })
        let sites = try write("sites.geojson", places.enumerated().map { box($1 + 0.01, halfWidth, "S\($0)") })
        let catalog = folder.appending(path: "catalog.yaml").path
        try """
        schema: 1
        extent: {bbox: [50, 20, 145, 50]}
        layers:
          - {id: redline, family: ecological-redline, source: zones.geojson, fields: {code: id}}
        """.write(toFile: catalog, atomically: true, encoding: .utf8)
        return ["screen", sites, "-c", catalog]
    }

    @Test("Plots of several zones come in one file for each, every plot in the zone of its own middle")
    func zones() throws {
        try Command.withTemporaryFolder { folder in
            let places = [93.2, 96.0, 97.3, 97.7, 104.0]  // Zones 31, 32, 32, 33, 35.
            let command = try scene(folder, places)
            let text = folder.appending(path: "plots.v1.txt").path
            let first = try Command.redline(command + ["-f", "json", "--boundary-points", text])
            #expect(first.status == 0, "\(first.errors)")
            #expect(!FileManager.default.fileExists(atPath: text))
            let files = [31, 32, 33, 35].map { folder.appending(path: "plots.v1-zone\($0).txt").path }
            for (file, number) in zip(files, [31, 32, 33, 35]) {
                let lines = try String(contentsOfFile: file, encoding: .utf8)
                #expect(lines.contains("带号=\(number)\n") && first.errors.contains(file))
                // Eastings of the zone itself, within half its width.
                let eastings = lines.matches(of: /(?m)^J\d+,\d+,[0-9.]+,([0-9.]+)$/).compactMap { Double($0.output.1) }
                #expect(eastings.count == (number == 32 ? 10 : 5))
                #expect(eastings.allSatisfy { abs($0 - Double(number) * 1e6 - 5e5) < 150_000 }, "\(eastings)")
            }
            let again = try Command.redline(["screen"] + files + ["-c", command[3], "-f", "json"])
            #expect(again.status == 0, "\(again.errors)")
            let areas = [first, again].map { result in
                result.output.matches(of: /"overlap_area_m2":([0-9.]+)/).compactMap { Double($0.output.1) }
            }
            #expect(areas[0].count == 5 && areas[1].count == 5)
            // Edges of 8 km, straight here and there, bow by a metre.
            for (before, after) in zip(areas[0], areas[1]) { #expect(abs(before - after) < 1e-4 * before) }
            // Before anything is written, each of the files is looked at.
            let report = folder.appending(path: "report.json").path
            try FileManager.default.removeItem(atPath: files[0])
            let refused = try Command.redline(command + ["-o", report, "--boundary-points", text])
            #expect(refused.status == 1 && refused.errors.contains("zone32.txt"))
            #expect(!FileManager.default.fileExists(atPath: report))
            #expect(!FileManager.default.fileExists(atPath: files[0]))
            let both = try Command.redline(
                command + ["-f", "json", "-o", files[0], "--overwrite", "--boundary-points", text])
            #expect(both.status == 1 && both.errors.contains("zone31.txt: is read or written"), "\(both.errors)")
            #expect(!FileManager.default.fileExists(atPath: files[0]))
            let stream = try Command.redline(command + ["-o", report, "--boundary-points", "-"])
            #expect(stream.status == 1 && stream.errors.contains("31, 32, 33, 35"))
            #expect(!FileManager.default.fileExists(atPath: report))
        }
    }

    @Test(
        "What no zone can hold is told before the report is written", arguments: [(60.0, 0.05), (96, 6), (138, 0.05)])
    func beyond(place: Double, halfWidth: Double) throws {
        try Command.withTemporaryFolder { folder in
            let report = folder.appending(path: "report.json").path
            let text = folder.appending(path: "plots.txt").path
            let command = try scene(folder, [place], halfWidth: halfWidth)
            let result = try Command.redline(command + ["-o", report, "--boundary-points", text])
            #expect(result.status == 1 && result.errors.contains("overlap"), "\(result.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
        }
    }
}
