import Foundation
import Testing

@Suite("Tables as people and programs see them")
struct TableGoldenTests {
    private static let haixi = ["-c", "Layers/haixi/catalog.yaml"]

    @Test(
        "Tables of the sample are as they were",
        arguments: [
            (
                "share-zh.txt",
                ["share", "--zones", "redline,protected", "-f", "text", "--language", "zh", "--unit", "mu"]
            ),
            ("share-class.csv", ["share", "--zones", "redline", "--by", "class", "-f", "csv"]),
            ("share.json", ["share", "--zones", "protected", "--without", "land-cover:water", "-f", "json"]),
            ("ledger.csv", ["share", "--zones", "protected", "--ledger", "-f", "csv"]),
            ("overlaps-zh.txt", ["overlaps", "--layers", "protected", "--touching", "-f", "text", "--language", "zh"]),
            ("overlaps.csv", ["overlaps", "--layers", "redline,protected", "-f", "csv"]),
            ("overlaps.json", ["overlaps", "--layers", "protected", "-f", "json"]),
        ])
    func tables(name: String, arguments: [String]) throws {
        let result = try Command.redline(arguments + Self.haixi)
        #expect(result.status == 0, "\(result.errors)")
        // Residuals are rounding, and no two processors round alike.
        let text = Golden.stable(result.output).replacing(/("residual_m2"|"regions_overlap_m2"):[-\d.e]+/) {
            "\($0.output.1):0"
        }.replacing(/"sha256":"[0-9a-f]+"/, with: "\"sha256\":\"\"")
        try Golden.expect(text, "haixi-\(name)")
    }

    @Test(
        "A workbook and a GeoPackage hold the columns of CSV; regions lie in the GeoPackage",
        arguments: ["xlsx", "gpkg"])
    func files(ending: String) throws {
        let arguments = ["share", "--zones", "redline"] + Self.haixi
        let csv = try Command.redline(arguments + ["-f", "csv"]).output.split(separator: "\n")
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "out.\(ending)").path
            #expect(try Command.redline(arguments + ["-o", file]).status == 0)
            let info = try Command.redline(["info", file, "--layer", "share", "-f", "json"])
            #expect(info.output.contains(#""features":\#(csv.count - 1),"#))
            let fields = info.output.matches(of: /\{"name":"(\w+)","type"/).map(\.output.1)
            #expect(fields == csv[0].split(separator: ","))
            #expect(info.output.contains(#""geometry_type":"None""#) == (ending == "xlsx"))
            // An output that exists is kept.
            let again = try Command.redline(arguments + ["-o", file])
            #expect(again.status == 1 && again.errors.contains("the output file exists"))
        }
    }
}
