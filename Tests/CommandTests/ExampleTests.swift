import Foundation
import Testing

@Suite("The examples work as they stand")
struct ExampleTests {
    private static let sites = "Layers/haixi/sites.geojson"
    private static let catalog = "Layers/haixi/catalog.yaml"

    @Test("From the shell: sites in the redline, each once, and a status that stops a pipeline")
    func shell() throws {
        let script = Command.repository.appending(path: "Examples/screen.sh")
        let result = try Command.run(script, [], environment: ["REDLINE": Command.executable.path])
        #expect(result.status == 2)
        // The sites that the sample's notes place in a redline.
        #expect(
            result.output == """
                Sites in the redline:
                  柴达木示范光伏电站
                  示范110千伏输电线路
                  示范输电线路12号塔
                  示范铅锌矿采矿区
                  示范环境监测站

                """)
    }

    @Test("From the shell: a failure stays one")
    func shellFailure() throws {
        let script = Command.repository.appending(path: "Examples/screen.sh")
        let result = try Command.run(script, [], environment: ["REDLINE": "/bin/false"])
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
    }

    @Test("From the shell: forest by county from patches and from cells of 0.02°, which differ at patch edges only")
    func coverage() throws {
        let script = Command.repository.appending(path: "Examples/coverage.sh")
        let result = try Command.run(script, [], environment: ["REDLINE": Command.executable.path])
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n").dropFirst()
        #expect(lines.count == 7)
        for line in lines {
            let numbers = line.split(separator: " ").dropFirst().compactMap { Double($0) }
            #expect(numbers.count == 2 && abs(numbers[0] - numbers[1]) < 1.5)
        }
    }

    @Test("In Python: overlaps by layer, from the GeoJSON of a run")
    func python() throws {
        try Command.withTemporaryFolder { folder in
            let conflicts = folder.appending(path: "conflicts.geojson").path
            let screening = try Command.redline(["screen", Self.sites, "-c", Self.catalog, "-o", conflicts])
            #expect(screening.status == 0)
            let result = try Command.run(
                URL(filePath: "/usr/bin/env"), ["python3", "Examples/read_findings.py", conflicts])
            #expect(result.status == 0)
            let lines = result.output.split(separator: "\n")
            #expect(lines.first == #"14 sites, areas by the method "ellipsoidal""#)
            // The sums that `--format text` prints.
            #expect(
                Set(lines.dropFirst()) == [
                    "redline\t130.57 ha", "protected\t252.00 ha", "units\t298.09 ha", "parks\t10.92 ha",
                    "eco-space\t6.00 ha",
                ])
        }
    }

    @Test("In Swift: every site with its state and findings")
    func swift() throws {
        let program = try Command.built("ScreenSites")
        let result = try Command.run(program, [Self.sites, Self.catalog])
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count { !$0.hasPrefix("\t") } == 14)
        #expect(lines.first == "HX-001\t柴达木示范光伏电站\tconflict")
        #expect(lines.contains("\toverlaps\tredline\t柴达木西部防风固沙生态保护红线\t75.49 ha"))
        #expect(lines.contains { $0.hasPrefix("\tnear\twater-sources\t德令哈市示范水源地") })

        let usage = try Command.run(program, [])
        #expect(usage.status == 64)
        let failure = try Command.run(program, ["missing.geojson", Self.catalog])
        #expect(failure.status == 1)
        #expect(failure.output.contains("missing.geojson"))
    }

    @Test("The README shows what the program prints")
    func readme() throws {
        let readme = try String(contentsOf: Command.repository.appending(path: "README.md"), encoding: .utf8)
        let result = try Command.redline(
            ["screen", "Layers/haixi/site.geojson", "--catalog", Self.catalog, "--format", "text"])
        #expect(readme.contains("\n```\n\(result.output)```\n"))
        let shares = try Command.redline(
            ["share", "-c", Self.catalog, "--zones", "redline", "--regions", "counties", "--format", "text"])
        #expect(readme.contains("\n```\n\(shares.output)```\n"))
    }

    @Test("From the shell: the counties that lie below the prefecture's share")
    func shares() throws {
        let script = Command.repository.appending(path: "Examples/share.sh")
        let result = try Command.run(script, [], environment: ["REDLINE": Command.executable.path])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.output == """
                Share of redline in all: 20.50 %
                Counties below it:
                  德令哈市  5.88 %
                  茫崖市  11.35 %
                  大柴旦行政委员会  17.94 %
                  天峻县  18.30 %

                """)
        let failure = try Command.run(script, [], environment: ["REDLINE": "/bin/false"])
        #expect(failure.status != 0 && failure.output.isEmpty)
    }
}
