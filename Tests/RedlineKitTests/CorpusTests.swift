import Foundation
import LayerIO
import RedlineGeometry
import Testing

@testable import RedlineKit

/// One line of the corpus of odd files: what is read, and what must happen.
struct OddFile: CustomTestStringConvertible, Sendable {
    var file: String
    var options: String
    var expected: String
    var sites: Int?
    var middle: Position?
    var words: [String]
    var testDescription: String { file }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus").path

    /// The lines of the manifest, which `Tests/Corpus/generate.py` writes.
    static let all: [OddFile] = {
        guard let table = try? DelimitedText(contentsOf: folder + "/manifest.csv") else { return [] }
        return table.rows.dropFirst().compactMap { row in
            guard row.cells.count == 8 else { return nil }
            let cells = row.cells
            var middle: Position?
            if let x = Double(cells[4]), let y = Double(cells[5]) { middle = Position(x: x, y: y) }
            return OddFile(
                file: cells[0], options: cells[1], expected: cells[2], sites: Int(cells[3]), middle: middle,
                words: cells[6].isEmpty ? [] : cells[6].split(separator: " + ").map { String($0) })
        }
    }()

    var input: SiteInput {
        var input = SiteInput(paths: [Self.folder + "/" + file])
        let parts = options.split(separator: "=", maxSplits: 1).map { String($0) }
        guard parts.count == 2 else { return input }
        switch parts[0] {
        case "crs": input.crs = parts[1]
        case "layer": input.layer = parts[1]
        case "list-as": input.listShape = ListShape(rawValue: parts[1])
        default: Issue.record("\(options) is no option of the corpus")
        }
        return input
    }
}

@Suite("Corpus of odd files")
struct CorpusTests {
    @Test("There are at least eighty of them")
    func count() { #expect(OddFile.all.count >= 80) }

    @Test("Each file is read right, or refused with its diagnosis", arguments: OddFile.all)
    func file(odd: OddFile) async throws {
        let catalog = try Catalog(contentsOf: OddFile.folder + "/catalog.yaml")
        let result: ScreeningResult
        do {
            result = try await screen(odd.input, against: catalog)
        } catch {
            #expect(odd.expected == "refused", "\(error)")
            expectWords(odd.words, in: "\(error)")
            #expect("\(error)".contains(odd.file), "the message names the file: \(error)")
            return
        }
        let problems = result.sites.compactMap(\.problem)
        let messages = (problems + result.warnings.map(\.en)).joined(separator: "\n")
        expectWords(odd.words, in: messages)
        switch odd.expected {
        case "read":
            #expect(problems.isEmpty, "\(problems)")
            #expect(result.sites.count == odd.sites)
            let attributes = try SiteAttributes(nil, added: [])
            let sites = try await SiteReader(input: odd.input, repairs: false, threads: 1, attributes: attributes)
                .read().sites
            let middle = try #require(sites.first).ground.envelope.center
            let expected = try #require(odd.middle)
            // A centimetre: files are written to a tenth of a millimetre, or to a hundredth of a second whose digits are
            // zeros. An edge of a kilometre that is straight in BD-09 bows by half a metre.
            let tolerance = odd.options == "crs=BD-09" ? 1e-5 : 1e-7
            #expect(
                abs(middle.x - expected.x) < tolerance && abs(middle.y - expected.y) < tolerance, "\(middle)")
        case "skipped": #expect(!problems.isEmpty && problems.count == result.sites.count)
        default: Issue.record("\(odd.file) must be refused, and is read: \(messages)")
        }
    }

    private func expectWords(_ words: [String], in text: String) {
        for word in words { #expect(text.contains(word), "'\(word)' is not in: \(text)") }
    }

    @Test("The corpus and its table are as generated")
    func generated() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", OddFile.folder + "/generate.py", "--check"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
