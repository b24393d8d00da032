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
}
