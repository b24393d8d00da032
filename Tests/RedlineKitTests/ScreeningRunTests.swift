import Foundation
import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// Sites one after the other, in batches and on threads.
@Suite("A screening that hands sites on")
struct ScreeningRunTests {
    private static let haixi = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Layers/haixi").path

    private func run(threads: Int) async throws -> ScreeningRun {
        var options = ScreeningOptions()
        options.threads = threads
        options.distance = Length(meters: 500)
        options.findsProhibitions = true
        return try await ScreeningRun(
            SiteInput(paths: [Self.haixi + "/sites.geojson"]),
            against: Catalog(contentsOf: Self.haixi + "/catalog.yaml"),
            options: options)
    }

    /// Everything that a run says, with the sites that it hands on.
    private func told(threads: Int, batch: Int) async throws -> Told {
        var text = ""
        let result = try await run(threads: threads).forEachSite(inBatchesOf: batch) {
            { Self.text(of: $0) }
        } inOrder: {
            text += $0 + "\n"
        }
        #expect(result.sites.isEmpty)
        return Told(sites: text, summary: result.summary, warnings: result.warnings)
    }

    private struct Told: Equatable {
        var sites: String
        var summary: ScreeningResult.Summary
        var warnings: [Remark]
    }

    private static func text(of site: ScreenedSite) -> String {
        let findings = site.findings.map { finding in
            [
                finding.id, finding.relation.rawValue, "\(finding.reason as Any)", "\(finding.area as Any)",
                "\(finding.length as Any) \(finding.points as Any) \(finding.distance as Any)",
                "\(finding.siteShare as Any) \(finding.zoneShare as Any) \(finding.region as Any)",
                "\(finding.margin as Any) \(finding.certainty as Any) \(finding.geometry as Any)",
                "\(finding.verdict.rules.map(\.id)) \(finding.verdict.open.map(\.rule.id))",
            ].joined(separator: " ")
        }
        let prohibition = site.prohibition.map { "\($0.zone) \($0.distance) \($0.rules.map(\.id))" } ?? "none"
        return "\(site.id) \(site.state) \(site.margin as Any) \(site.certainty as Any) \(prohibition)\n"
            + findings.joined(separator: "\n")
    }

    @Test("says the same in batches of any size, on any number of threads")
    func batches() async throws {
        let expected = try await told(threads: 1, batch: 1000)
        #expect(expected.sites.count > 1000)
        for (threads, batch) in [(1, 1), (2, 3), (3, 7), (2, 1000)] {
            #expect(try await told(threads: threads, batch: batch) == expected)
        }
    }

    @Test("holds what it hands on, where all is asked for")
    func held() async throws {
        let run = try await run(threads: 2)
        let held = try await run.result()
        #expect(held.sites.count == run.siteCount && held.summary.readSites == run.siteCount)
        var handed: [String] = []
        let result = try await run.forEachSite {
            { $0.id }
        } inOrder: {
            handed.append($0)
        }
        #expect(handed == held.sites.map(\.id))
        #expect(result.summary == held.summary && result.warnings == held.warnings)
    }

    @Test("ends where what takes a part throws")
    func stopped() async throws {
        struct Full: Error {}
        var taken = 0
        await #expect(throws: Full.self) {
            try await run(threads: 2).forEachSite(inBatchesOf: 2) {
                { $0.id }
            } inOrder: { _ in
                taken += 1
                if taken == 3 { throw Full() }
            }
        }
        #expect(taken == 3)
    }

    @Test("cuts a zone as often as it is told, and gives the same pieces again")
    func cutZone() throws {
        // A ring of 5000 vertices, so that it is cut several times.
        let ring = (0...5000).map { step in
            let angle = Double(step % 5000) / 5000 * 2 * .pi
            return Position(x: 96 + 0.3 * cos(angle), y: 37 + 0.3 * sin(angle))
        }
        let ground = Ground(polygons: [Polygon(exteriorRing: ring)])
        let context = try GeometryContext()
        let zones = CutZones()
        let window = Envelope(minX: 96.28, minY: 36.99, maxX: 96.31, maxY: 37.01)
        let key = CutZones.Key(layer: 0, zone: 0)
        let first = try zones.pieces(of: ground, key, near: window, in: context)
        #expect(!first.isEmpty && first.allSatisfy { $0.envelope.intersects(window) })
        #expect(
            first.allSatisfy { piece in
                if case .polygon(let polygon) = piece.geometry { polygon.positionCount <= 2048 } else { false }
            })
        let again = try zones.pieces(of: ground, key, near: window, in: context)
        #expect(again.map(\.envelope) == first.map(\.envelope))
        let away = Envelope(minX: 97, minY: 37, maxX: 97.1, maxY: 37.1)
        #expect(try zones.pieces(of: ground, key, near: away, in: context).isEmpty)
    }
}
