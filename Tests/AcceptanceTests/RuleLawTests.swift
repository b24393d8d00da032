import Foundation
import TestSupport
import Testing

/// Laws of rules and findings, on sites and zones under a seed.
@Suite("Laws of rules")
struct RuleLawTests {
    let folder: WorkFolder
    private static let packs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Layers/rules").path

    init() throws {
        folder = try WorkFolder()
        var generator = SeededGenerator(seed: 11)
        func boxes(_ count: Int, _ size: Double, _ properties: (Int) -> [String: String]) -> [Shape] {
            (0..<count).map { number in
                let (x, y) = (
                    Double.random(in: 95...95.2, using: &generator), Double.random(in: 37...37.2, using: &generator)
                )
                let (w, h) = (
                    Double.random(in: 0.2...1, using: &generator), Double.random(in: 0.2...1, using: &generator)
                )
                return Shape.box(x, x + size * w, y, y + size * h).with(properties(number))
            }
        }
        let activities = ["chemical", "mining", "tourism", "soil-polluting-project industry", ""]
        let triggers = ["new", "existing", ""]
        try folder.write(
            "sites.geojson",
            boxes(60, 0.01) { ["id": "s\($0)", "activity": activities[$0 % 5], "trigger": triggers[$0 % 3]] })
        try folder.write("redline.geojson", boxes(8, 0.06) { ["code": "R\($0)"] })
        try folder.write("schools.geojson", boxes(10, 0.005) { ["code": "S\($0)", "class": "school"] })
        try folder.write("parks.geojson", boxes(4, 0.08) { ["code": "P\($0)", "name": "德令哈\($0)"] })
    }

    private func screen(
        _ layers: [String], packs: [String] = [], accuracy: String = "5 m", _ options: String...
    ) throws -> FindingFile {
        let families = ["redline": "ecological-redline", "schools": "sensitive-receptor", "parks": "industrial-park"]
        let names = packs.isEmpty ? ["national", "haixi", "wuwei"].map { "\(Self.packs)/\($0).yaml" } : packs
        _ = try folder.catalog(
            layers.map { WorkFolder.layer($0, family: families[$0] ?? "", "accuracy: \(accuracy)") },
            top: "extent: {bbox: [90, 30, 100, 40]}\nrules: [\(names.joined(separator: ", "))]")
        let arguments = ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "geojson"] + options
        return try FindingFile(try RedlineCommand.run(arguments, in: folder))
    }

    @Test("Adding a layer never removes a finding")
    func layers() throws {
        let fewer = Set(try screen(["redline"]).findings.map(\.finding_id))
        let more = Set(try screen(["redline", "schools", "parks"]).findings.map(\.finding_id))
        #expect(!fewer.isEmpty && more.isSuperset(of: fewer) && more.count > fewer.count)
    }

    @Test("Widening a distance never removes a finding")
    func distances() throws {
        var before: Set<String> = []
        for metres in [100, 500, 2_000] {
            let file = try screen(["schools"], "--set", "distance.wuwei-51=\(metres)m", "--distance", "\(metres)m")
            let found = Set(file.findings.filter { $0.relation != "not-assessable" }.map(\.finding_id))
            #expect(found.isSuperset(of: before), "\(metres) m")
            before = found
        }
        #expect(!before.isEmpty)
    }

    @Test("A larger error of the lines never turns possible into certain")
    func accuracy() throws {
        var possible: Set<String> = []
        for accuracy in ["1 m", "50 m", "500 m"] {
            let findings = try screen(["redline", "parks"], accuracy: accuracy, "--distance", "1km").findings
            let certain = Set(findings.filter { $0.certainty == "certain" }.map(\.finding_id))
            #expect(certain.isDisjoint(with: possible), "\(accuracy)")
            possible = Set(findings.filter { $0.certainty == "possible" }.map(\.finding_id))
        }
        #expect(!possible.isEmpty)
    }

    @Test("The order of the rules in a pack changes nothing")
    func order() throws {
        let text = try String(contentsOfFile: Self.packs + "/haixi.yaml", encoding: .utf8)
            .replacing("uses: [vocabulary.yaml]", with: "uses: [\(Self.packs)/vocabulary.yaml]")
        let parts = text.components(separatedBy: "not_spatial:")[0].components(separatedBy: "  - id: ")
        let rules = parts.dropFirst()
        func pack(_ rules: [String]) -> String { parts[0] + rules.map { "  - id: " + $0 }.joined() }
        try folder.write("one.yaml", pack(Array(rules)))
        try folder.write("other.yaml", pack(rules.reversed()))
        let one = try screen(["redline", "schools", "parks"], packs: ["one.yaml"])
        let other = try screen(["redline", "schools", "parks"], packs: ["other.yaml"])
        // The catalog's checksum differs, because it names another file.
        func features(_ file: FindingFile) -> String { file.text.components(separatedBy: "\"redline\":{")[0] }
        #expect(!one.findings.isEmpty && features(one) == features(other))
    }
}
