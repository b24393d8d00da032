import Foundation
import Testing

@Suite("Two editions on the command line")
struct CompareTests {
    private static let editions = ["Layers/haixi/protected-2018.geojson", "Layers/haixi/protected.geojson"]
    private static let arguments = ["compare"] + editions + ["--regions", "Layers/haixi/counties.geojson"]

    @Test(
        "The sample editions in every text format",
        arguments: [
            ("en.txt", ["-f", "text", "--unit", "km2"]), ("zh.txt", ["-f", "text", "--language", "zh"]),
            ("csv", ["-f", "csv"]), ("json", ["-f", "json"]),
        ])
    func formats(name: String, options: [String]) throws {
        let result = try Command.redline(Self.arguments + options)
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        try Golden.expect(Golden.stable(result.output), "haixi-compare.\(name)")
    }

    @Test("Columns are those of the contract, and the total comes last")
    func columns() throws {
        let lines = try Command.redline(Self.arguments + ["-f", "csv"]).output.split(separator: "\n")
        let columns = [
            "region_code", "region_name", "old_area_m2", "new_area_m2", "lost_m2", "gained_m2", "unchanged_m2",
            "net_m2",
            "noise_lost_m2", "noise_gained_m2", "old_count", "new_count", "changed_attributes", "verdict_area",
            "verdict_location", "verdict_nature", "verdict_function",
        ]
        #expect(lines.first.map(String.init) == columns.joined(separator: ","))
        #expect(lines.last?.hasPrefix("total,,") == true)
    }

    @Test("GeoJSON holds the lost and gained pieces with width and zone codes")
    func pieces() throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "changes.geojson")
            #expect(try Command.redline(Self.arguments + ["-o", file.path]).status == 0)
            let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
            let features = try #require(json?["features"] as? [[String: Any]])
            let properties = features.compactMap { $0["properties"] as? [String: Any] }
            func sum(_ change: String) -> Double {
                properties.filter { $0["change"] as? String == change }.compactMap { $0["area_m2"] as? Double }
                    .reduce(0, +)
            }
            // The table's own totals, from cells.
            #expect(abs(sum("lost") - 82_124_422.174) < 1)
            #expect(abs(sum("gained") - 1_876_638_888.311) < 1)
            let added = try #require(
                properties.first { ($0["zone_codes"] as? [String]) == ["BHD63280007YB"] })
            #expect(added["change"] as? String == "gained")
            #expect(added["noise"] as? Bool == false)
            #expect((added["width_m"] as? Double ?? 0) > 1000)
            #expect(added["region_code"] as? String == "632803")
            #expect(properties.contains { $0["noise"] as? Bool == true })
        }
    }

    @Test("The same bytes on any number of threads, and in a workbook the same table")
    func threads() throws {
        let one = try Command.redline(Self.arguments + ["-f", "geojson", "--threads", "1"])
        let four = try Command.redline(Self.arguments + ["-f", "geojson", "--threads", "4"])
        #expect(one.status == 0 && one.output == four.output)
        try Command.withTemporaryFolder { folder in
            for ending in ["xlsx", "gpkg"] {
                let file = folder.appending(path: "changes.\(ending)")
                let result = try Command.redline(Self.arguments + ["-o", file.path])
                #expect(result.status == 0)
                let size = try Data(contentsOf: file).count
                #expect(size > 1000)
            }
        }
    }

    @Test("Catalogs give layer, accuracy and regions")
    func catalogs() throws {
        let catalog = "Layers/haixi/catalog.yaml"
        let own = try Command.redline(
            ["compare", catalog, catalog, "--layer", "protected", "--regions", "counties", "-f", "json"])
        #expect(own.status == 0)
        #expect(own.output.contains("\"noise\":{\"width_m\":10.0,\"source\":\"declared\"}"))
        #expect(own.output.contains("\"measure\":\"lost\",\"sum_m2\":0.0,\"whole_m2\":0.0"))
        // Without --layer, the only ecological redline.
        let redline = try Command.redline(["compare", catalog, catalog, "--regions", "counties", "-f", "json"])
        #expect(redline.status == 0)
        #expect(redline.output.contains("\"width_m\":5.0"))
    }

    @Test("Prepared catalogs give what the YAML ones give, to the byte")
    func prepared() throws {
        try Command.withTemporaryFolder { folder in
            let yaml = "Layers/haixi/catalog.yaml"
            let ready = folder.appending(path: "haixi.gpkg").path
            #expect(try Command.redline(["prepare", "-c", yaml, "-o", ready]).status == 0)
            let old = Self.editions[0]
            let pairs = [
                ([old, yaml], [old, ready]), ([yaml, old], [ready, old]), ([yaml, yaml], [ready, ready]),
                ([yaml, yaml], [yaml, ready]),
            ]
            for (plain, prepared) in pairs {
                for format in ["json", "geojson"] {
                    // A file that is the new edition brings no catalog with regions.
                    let regions = plain[1] == old ? "Layers/haixi/counties.geojson" : "counties"
                    let more = ["--layer", "protected", "--regions", regions, "-f", format]
                    let expected = try Command.redline(["compare"] + plain + more)
                    let found = try Command.redline(["compare"] + prepared + more)
                    #expect(expected.status == 0 && expected.output.count > 500)
                    #expect(found.output == expected.output && found.errors == expected.errors)
                }
            }
            let end = ["--layer", "protected", "--regions", "counties"]
            expectFailure(
                try Command.redline(["compare", ready, ready, "--sql-where", "BHDLX = 'x'"] + end),
                names: ["haixi.gpkg", "was prepared without the condition", "YAML"])
            expectFailure(
                try Command.redline(["compare", ready, ready, "--layer", "land-cover", "--regions", "counties"]),
                names: ["no fields of land cover", "YAML"])
            #expect(try Command.redline(["compare", ready, ready, "--id-field", "BHDBM"] + end).status == 0)
        }
    }

    @Test("Two editions of one layer of a catalog, in YAML and prepared")
    func twoEditions() throws {
        try Command.withTemporaryFolder { folder in
            for name in ["protected", "protected-2018", "counties"] {
                try FileManager.default.copyItem(
                    at: Command.repository.appending(path: "Layers/haixi/\(name).geojson"),
                    to: folder.appending(path: "\(name).geojson"))
            }
            let yaml = folder.appending(path: "catalog.yaml")
            try Data(
                """
                schema: 1
                layers:
                  - {id: counties, family: region, source: counties.geojson}
                  - id: protected
                    family: protected-area
                    editions:
                      - {edition: 2018-12-31, source: protected-2018.geojson}
                      - {edition: 2023-12-31, source: protected.geojson}
                """.utf8
            ).write(to: yaml)
            let ready = folder.appending(path: "catalog.gpkg").path
            #expect(try Command.redline(["prepare", "-c", yaml.path, "-o", ready]).status == 0)
            let files = try Command.redline(Self.arguments + ["-f", "csv"])
            for catalog in [yaml.path, ready] {
                let end = ["--regions", "counties", "-f", "csv"]
                let found = try Command.redline(["compare", catalog, catalog, "--old-as-of", "2020-01-01"] + end)
                #expect(found.status == 0 && found.output == files.output)
                let same = try Command.redline(["compare", catalog, catalog, "--as-of", "2020-01-01"] + end)
                #expect(same.output.split(separator: "\n").last?.contains(",0.0,0.0,") == true)
                expectFailure(
                    try Command.redline(["compare", catalog, catalog, "--old-as-of", "2010-01-01"] + end),
                    names: ["protected", "no edition in force on 2010-01-01"])
            }
        }
    }

    @Test("Rules on what must not fall are listed and held against what became of the layer")
    func duties() throws {
        let catalog = "Layers/haixi/catalog.yaml"
        try Command.withTemporaryFolder { folder in
            // The same redline without its last zone.
            let text = try String(
                contentsOf: Command.repository.appending(path: "Layers/haixi/redline.geojson"), encoding: .utf8)
            var rows = text.split(separator: "\n", omittingEmptySubsequences: false)
            let last = try #require(rows.lastIndex { $0.hasPrefix("{\"type\":\"Feature\"") })
            rows.remove(at: last)
            rows[last - 1] = rows[last - 1].hasSuffix(",") ? rows[last - 1].dropLast() : rows[last - 1]
            try rows.joined(separator: "\n").write(
                to: folder.appending(path: "fewer.geojson"), atomically: true, encoding: .utf8)
            let rules = Command.repository.appending(path: "Layers/rules").path
            let own = folder.appending(path: "catalog.yaml")
            try """
            schema: 1
            name: {zh: 新, en: New}
            rules: [\(rules)/haixi.yaml, \(rules)/gansu.yaml]
            layers:
              - {id: redline, family: ecological-redline, source: fewer.geojson, fields: {code: HXDM, class: HXLX}}
            """.write(to: own, atomically: true, encoding: .utf8)
            let arguments = [
                "compare", catalog, own.path, "--layer", "redline", "--regions", "Layers/haixi/counties.geojson",
            ]
            let english = try Command.redline(arguments + ["-f", "text"])
            #expect(english.status == 0, "\(english.errors)")
            #expect(english.output.contains("What loaded rules demand for this layer (all regions together):"))
            #expect(english.output.contains("haixi-49  no loss:") && english.output.contains("area-share lost"))
            #expect(english.output.contains("haixi-48  supervised:"))
            #expect(
                try Command.redline(arguments + ["-f", "text", "--language", "zh"]).output.contains("haixi-49  不减少："))
            let json = try Command.redline(arguments + ["-f", "json"]).output
            #expect(json.contains("\"rule\":\"haixi-49\",\"effect\":\"no-loss\""))
            #expect(json.contains("\"verdicts\":{\"function\":\"not-evaluable\",\"area\":\"lost\",\"nature\":"))
            // Nothing is lost where nothing changed; a file has no packs.
            let same = try Command.redline([
                "compare", own.path, own.path, "--regions", "Layers/haixi/counties.geojson", "-f", "text",
            ])
            #expect(same.output.contains("area-share kept"))
            #expect(try !Command.redline(Self.arguments + ["-f", "json"]).output.contains("\"duties\""))
        }
    }

    @Test("What is missing or unknown is named with the remedy")
    func faults() throws {
        let counties = "Layers/haixi/counties.geojson"
        let catalog = "Layers/haixi/catalog.yaml"
        expectFailure(
            try Command.redline(["compare", "nowhere.shp", Self.editions[1], "--regions", counties]),
            names: ["nowhere.shp", "no such file"])
        expectFailure(
            try Command.redline(["compare", catalog, catalog, "--layer", "redlines", "--regions", counties]),
            names: ["redlines", "Did you mean 'redline'?"])
        expectFailure(
            try Command.redline(Self.arguments + ["--class-field", "GNFQQ"]), names: ["GNFQQ", "GNFQ"])
        expectFailure(
            try Command.redline(["compare"] + Self.editions + ["--regions", "nowhere.shp"]), names: ["nowhere.shp"])
    }

    @Test("Zones that cannot be compared are named, in text, in json and on standard error")
    func warnings() throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "old.geojson")
            try Data(
                """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","properties":{"code":"L"},"geometry":{"type":"LineString","coordinates":[[95,37],[96,37]]}},
                {"type":"Feature","properties":{"code":"N"},"geometry":null}]}
                """.utf8
            ).write(to: file)
            let arguments = [
                "compare", file.path, Self.editions[1], "--regions", "Layers/haixi/counties.geojson", "-f",
            ]
            let words = ["features without area", "without usable geometry"]
            let text = try Command.redline(arguments + ["text"])
            let json = try Command.redline(arguments + ["json"])
            for word in words {
                #expect(text.output.contains(word))
                #expect(json.output.contains(word))
                #expect(json.errors.contains(word))
            }
        }
    }
}
