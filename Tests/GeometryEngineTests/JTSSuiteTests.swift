import GeometryEngine
import TestSupport
import Testing

@Suite("JTS XML suite")
struct JTSSuiteTests {
    private static let folder = SharedData.path("data/suites/jts-xml")

    @Test(
        "Every case that the interface can express gives JTS' answer, but for the known differences",
        .enabled(if: folder != nil, "The JTS XML suite is missing: no data/suites/jts-xml under the shared folder."))
    func all() throws {
        let tests = try JTSReader.tests(in: #require(Self.folder))
        let runner = JTSRunner(context: try GeometryContext())
        var (passed, known, notExposed) = (0, 0, 0)
        var met: Set<String> = []
        for test in tests {
            let reason = JTSKnownDifferences.reasons[test.name]
            met.insert(test.name)
            switch runner.run(test) {
            case .notExposed: notExposed += 1
            case .passed:
                passed += 1
                #expect(reason == nil, "\(test.name) is listed as a known difference and passes.")
            case .failed(let answer):
                known += reason == nil ? 0 : 1
                #expect(reason != nil, "\(test.name): expected \(test.expected.prefix(200)), \(answer)")
            }
        }
        for name in JTSKnownDifferences.reasons.keys where !met.contains(name) {
            Issue.record("\(name) is listed as a known difference and is not in the suite.")
        }
        print(
            "JTS XML suite: \(tests.count) tests, \(tests.count - notExposed) run, \(passed) passed,",
            "\(known) known differences, \(notExposed) not exposed.")
        // Fewer would mean that files were not read: the suite has 3385.
        #expect(tests.count > 3000)
    }
}
