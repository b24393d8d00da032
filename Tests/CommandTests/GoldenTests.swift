import Testing

@Suite("What people see")
struct GoldenTests {
    private static let haixi = "Layers/haixi"

    @Test(
        "Help says everything by itself",
        arguments: [
            ["--help"], ["screen", "--help"], ["info", "--help"], ["rules", "--help"], ["rules", "list", "--help"],
            ["share", "--help"], ["coverage", "--help"], ["overlaps", "--help"], ["compare", "--help"],
            ["check", "--help"], ["prepare", "--help"], ["rules", "show", "--help"], ["rules", "test", "--help"],
        ])
    func help(arguments: [String]) throws {
        let result = try Command.redline(arguments)
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        let name = (["help"] + arguments.dropLast()).joined(separator: "-")
        try Golden.expect(result.output, "\(name).txt")
    }

    @Test("The version is one line")
    func version() throws {
        let result = try Command.redline(["--version"])
        #expect(result.status == 0)
        #expect(result.output.wholeMatch(of: /redline \d+\.\d+\.\d+\n/) != nil)
    }

    @Test(
        "A site is screened in every text format",
        arguments: [
            ("text-en.txt", ["-f", "text"]), ("text-zh.txt", ["-f", "text", "--language", "zh", "--unit", "mu"]),
            ("findings.json", ["-f", "json"]), ("findings.geojson", ["-f", "geojson", "--precision", "9"]),
            ("findings.csv", ["-f", "csv"]),
            ("all-areas.txt", ["-f", "text", "--all-areas", "--area-method", "EPSG:4526"]),
        ])
    func oneSite(name: String, options: [String]) throws {
        let result = try Command.redline(
            ["screen", "\(Self.haixi)/site.geojson", "-c", "\(Self.haixi)/catalog.yaml"] + options)
        #expect(result.status == 0)
        #expect(result.errors.isEmpty || result.errors.contains("Not assessable: the catalog has no layer"))
        try Golden.expect(Golden.stable(result.output), "haixi-site-\(name)")
    }

    @Test(
        "Every situation of the sample sites is told apart",
        arguments: [
            ("en.txt", ["-f", "text"]), ("zh.txt", ["-f", "text", "--language", "zh"]), ("csv", ["-f", "csv"]),
            ("json", ["-f", "json"]), ("geojson", ["-f", "geojson", "--precision", "9"]),
        ])
    func allSites(name: String, options: [String]) throws {
        let result = try Command.redline(
            ["screen", "\(Self.haixi)/sites.geojson", "-c", "\(Self.haixi)/catalog.yaml", "--distance", "500"]
                + options)
        #expect(result.status == 0)
        try Golden.expect(Golden.stable(result.output), "haixi-sites.\(name)")
    }

    @Test(
        "Land cover by region, from patches and from a raster",
        arguments: [
            ("patches-zh.txt", ["--land-cover", "land-cover", "-f", "text", "--language", "zh", "--unit", "km2"]),
            ("raster-en.txt", ["--land-cover", "land-cover-raster", "-f", "text"]),
            ("raster.csv", ["--land-cover", "land-cover-raster", "-f", "csv", "--edge", "centre", "--weight", "cell"]),
        ])
    func coverage(name: String, options: [String]) throws {
        let result = try Command.redline(["coverage", "-c", "\(Self.haixi)/catalog.yaml"] + options)
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        try Golden.expect(Golden.stable(result.output), "haixi-coverage-\(name)")
    }

    @Test("Files and catalogs are described", arguments: ["en", "zh"])
    func info(language: String) throws {
        let catalog = try Command.redline(["info", "\(Self.haixi)/catalog.yaml", "--language", language])
        #expect(catalog.status == 0)
        try Golden.expect(catalog.output, "info-catalog-\(language).txt")
        let units = try Command.redline(["info", "\(Self.haixi)/units.shp", "--explain", "--language", language])
        #expect(units.status == 0)
        try Golden.expect(units.output, "info-units-\(language).txt")
    }

    @Test("Wrong usage is refused before any file is opened, with status 64")
    func usage() throws {
        let cases: [[String]] = [
            ["frobnicate"], ["screen"], ["screen", "a.geojson"],
            ["screen", "a.geojson", "-c", "c.yaml", "-o", "x.foo"],
            ["screen", "a.geojson", "-c", "c.yaml", "-o", "noending"],
            ["screen", "a.geojson", "-c", "c.yaml", "-f", "xlsx"],
            ["screen", "a.geojson", "-c", "c.yaml", "-f", "pdf"],
            ["screen", "a.geojson", "-c", "c.yaml", "--distance", "-5"],
            ["screen", "a.geojson", "-c", "c.yaml", "--distance", "5 ha"],
            ["screen", "a.geojson", "-c", "c.yaml", "--as-of", "2023-02-30"],
            ["screen", "a.geojson", "-c", "c.yaml", "--unit", "acre"],
            ["screen", "a.geojson", "-c", "c.yaml", "--area-method", "flat"],
            ["screen", "a.geojson", "-c", "c.yaml", "--fail-on", "all"],
            ["screen", "a.geojson", "-c", "c.yaml", "--threads", "0"],
            ["screen", "a.geojson", "-c", "c.yaml", "--threads", "-1"],
            ["screen", "a.geojson", "-c", "c.yaml", "--precision", "16"],
            ["screen", "a.geojson", "-c", "c.yaml", "--layers", ","],
            ["screen", "a.geojson", "-c", "c.yaml", "--quiet", "--verbose"],
            ["screen", "-", "-", "-c", "c.yaml"], ["screen", "a.geojson", "-c", "c.yaml", "--langauge", "zh"],
            ["compare", "a.shp", "b.shp"], ["compare", "a.shp", "--regions", "c.shp"],
            ["compare", "a.shp", "b.shp", "--regions", "c.shp", "--tolerance", "-1"],
            ["compare", "a.shp", "b.shp", "--regions", "c.shp", "--threads", "0"],
            ["share", "-c", "c.yaml"], ["share", "-c", "c.yaml", "--zones", ","],
            ["share", "-c", "c.yaml", "--zones", "a", "--by", "size"],
            ["share", "-c", "c.yaml", "--zones", "a", "--within", "b:"],
            ["share", "-c", "c.yaml", "--zones", "a", "--by", "class", "--ledger"],
            ["overlaps", "-c", "c.yaml"], ["overlaps", "-c", "c.yaml", "--layers", "a,b,c"],
            ["check"], ["check", "a.shp", "-c", "c.yaml"], ["check", "-c", "c.yaml", "--tiling"],
            ["check", "a.shp", "--against", "redline"], ["check", "a.shp", "--fix", "a.shp"],
            ["check", "a.shp", "--snap", "1m"], ["check", "a.shp", "--fail-on", "note"],
            ["info"], ["info", "a.shp", "-f", "csv"], ["rules", "list"], ["rules", "show"],
            ["rules", "test", "--as-of", "x"],
            ["info", "a.shp", "-o", "a.gpkg"],
        ]
        var text = ""
        for arguments in cases {
            let result = try Command.redline(arguments)
            #expect(result.status == 64, "\(arguments)")
            #expect(result.output.isEmpty, "\(arguments)")
            text += "$ redline \(arguments.joined(separator: " "))\n\(result.errors)\n"
        }
        try Golden.expect(text, "usage-errors.txt")
    }
}
