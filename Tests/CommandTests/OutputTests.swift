import Foundation
import Testing

@Suite("Where results go")
struct OutputTests {
    private static let arguments = ["screen", "Layers/haixi/site.geojson", "-c", "Layers/haixi/catalog.yaml"]

    @Test("A file that exists is replaced only when asked for")
    func overwrite() throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "out.csv")
            try Data("mine".utf8).write(to: file)
            expectFailure(
                try Command.redline(Self.arguments + ["-o", file.path]), names: [file.path, "exists", "--overwrite"])
            #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
            #expect(try Command.redline(Self.arguments + ["-o", file.path, "--overwrite"]).status == 0)
            #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("finding_id,"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.csv"])
        }
    }

    @Test("The ending picks the format, and text is the same through a file as through a pipe")
    func ending() throws {
        try Command.withTemporaryFolder { folder in
            for (ending, format) in [("txt", "text"), ("json", "json"), ("geojson", "geojson"), ("csv", "csv")] {
                let file = folder.appending(path: "out.\(ending)")
                let result = try Command.redline(Self.arguments + ["-o", file.path])
                #expect(result.status == 0)
                #expect(result.output.isEmpty)
                let piped = try Command.redline(Self.arguments + ["-f", format])
                #expect(try String(contentsOf: file, encoding: .utf8) == piped.output)
            }
        }
    }

    @Test("A folder that is missing, and an output that is a folder or an input, are told before the work")
    func folders() throws {
        try Command.withTemporaryFolder { folder in
            let missing = folder.path + "/nowhere/out.csv"
            expectFailure(
                try Command.redline(Self.arguments + ["-o", missing]), names: [missing, "no folder", "Create"])
            expectFailure(
                try Command.redline(Self.arguments + ["-f", "csv", "-o", folder.path]), names: ["is a folder"])
            expectFailure(
                try Command.redline(
                    Self.arguments + ["-o", "Layers/haixi/site.geojson", "--overwrite"]), names: ["is an input"])
        }
    }

    @Test("A full disk is told, on standard output and through a link")
    func fullDisk() throws {
        let words = ["no space is left"]
        expectFailure(try Command.redline(Self.arguments + ["-f", "json"], output: "/dev/full"), names: words)
        try Command.withTemporaryFolder { folder in
            let link = folder.appending(path: "out.csv")
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "/dev/full")
            expectFailure(try Command.redline(Self.arguments + ["-o", link.path]), names: [link.path] + words)
        }
    }

    @Test("Sites come from standard input as GeoJSON and as one feature a line")
    func standardInput() throws {
        let feature =
            #"{"type":"Feature","properties":{"id":"p"},"geometry":{"type":"Point","coordinates":[92.26,37.13]}}"#
        let lines = feature + "\n" + feature.replacing("\"p\"", with: "\"q\"") + "\n"
        for input in [feature, lines] {
            let result = try Command.redline(["screen", "-", "-c", Self.arguments[3], "-f", "csv"], input: input)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains(",p,p,units,"))
        }
    }

    @Test("Two runs give the same bytes, whatever the number of threads")
    func determinism() throws {
        let sites = ["screen", "Layers/haixi/sites.geojson", "-c", Self.arguments[3], "--distance", "500"]
        let one = try Command.redline(sites + ["--threads", "1"])
        #expect(one.status == 0)
        for threads in ["2", "5"] {
            let several = try Command.redline(sites + ["--threads", threads])
            #expect(several.output == one.output)
        }
    }
}

@Suite("Exit status")
struct ExitStatusTests {
    private static let catalog = "Layers/haixi/catalog.yaml"

    /// Two sites in Haixi: `good` far from every redline, `bowtie` with a ring that crosses itself.
    private static let sites = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"good"},"geometry":{"type":"Polygon","coordinates":\
        [[[90.9138,37.4242],[90.9165,37.4244],[90.9163,37.4258],[90.9136,37.4256],[90.9138,37.4242]]]}},
        {"type":"Feature","properties":{"id":"bowtie"},"geometry":{"type":"Polygon","coordinates":\
        [[[90.92,37.42],[90.93,37.43],[90.93,37.42],[90.92,37.43],[90.92,37.42]]]}}]}
        """

    private func screen(_ options: [String], sites: String = sites) throws -> CommandResult {
        try Command.redline(["screen", "-", "-c", Self.catalog] + options, input: sites)
    }

    @Test("A broken site is named with its reason, the others are screened, and the status is 1")
    func skippedSite() throws {
        let result = try screen(["-f", "json"])
        #expect(result.status == 1)
        #expect(result.errors.contains("1 of 2 sites was skipped"))
        #expect(result.errors.contains("site bowtie: "))
        #expect(result.errors.contains("elf-intersection"))
        #expect(result.output.contains(#""sites":{"read":2,"skipped":1,"repaired":0}"#))
        #expect(result.output.contains(#"{"site_id":"good","site_name":"good","state":"conflict""#))
        #expect(result.output.contains(#"{"site_id":"bowtie","site_name":"bowtie","state":"skipped""#))
    }

    @Test("Findings are written to the file where only sites were skipped")
    func skippedSiteInFile() throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "out.geojson")
            let result = try screen(["-o", file.path])
            #expect(result.status == 1)
            let written = try String(contentsOf: file, encoding: .utf8)
            #expect(written.contains(#""site_id":"good""#))
        }
    }

    @Test("With --repair the broken site is screened and counted, and the status is 0")
    func repairedSite() throws {
        let result = try screen(["-f", "json", "--repair"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains(#""sites":{"read":2,"skipped":0,"repaired":1}"#))
        #expect(result.output.contains(#""state":"conflict","repaired":true"#))
    }

    @Test(
        "Findings at or above the level end with status 2, unjudged ones included",
        arguments: ["any", "restrict", "forbid"])
    func failOn(level: String) throws {
        #expect(try screen(["--repair", "--fail-on", level]).status == 2)
        #expect(try screen(["--fail-on", level]).status == 1, "Skipped sites win.")
    }

    @Test("A mere touch and clear ground do not count")
    func touch() throws {
        // HX-007 touches a redline, and lies in no zone of this layer.
        let result = try Command.redline([
            "screen", "Layers/haixi/sites.geojson", "-c", Self.catalog, "--layers", "redline", "--sql-where",
            "id = 'HX-007'", "--fail-on", "any", "-f", "csv",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains(",touches,"))
    }
}

@Suite("Tables in files")
struct TableFileTests {
    @Test("A workbook and a GeoPackage hold the columns of CSV, a row for each finding", arguments: ["xlsx", "gpkg"])
    func tables(ending: String) throws {
        let arguments = ["screen", "Layers/haixi/sites.geojson", "-c", "Layers/haixi/catalog.yaml"]
        let csv = try Command.redline(arguments + ["-f", "csv"]).output.split(separator: "\n")
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "out.\(ending)")
            let result = try Command.redline(arguments + ["-o", file.path])
            #expect(result.status == 0, "\(result.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == [file.lastPathComponent])
            let info = try Command.redline(["info", file.path, "--layer", "findings", "-f", "json"])
            #expect(info.status == 0, "\(info.errors)")
            #expect(info.output.contains(#""features":\#(csv.count - 1),"#))
            let fields = info.output.matches(of: /\{"name":"(\w+)","type"/).map(\.output.1)
            #expect(fields == csv[0].split(separator: ","))
            #expect(info.output.contains(#""geometry_type":"None""#) == (ending == "xlsx"))
            let about = try Command.redline(["info", file.path, "--layer", "about"])
            #expect(about.status == 0, "\(about.errors)")
        }
    }
}
