import Foundation
import FoundationXML

/// One operation of the JTS XML suite, with its expected answer.
struct JTSTest {
    /// Where it stands: file, number of the case and of the test in it, operation.
    var name: String
    /// The operation in lower case.
    var operation: String
    /// The arguments: `a`, `b`, numbers or patterns.
    var arguments: [String]
    /// The geometry called A, as text.
    var a: String
    /// The geometry called B, as text; empty where there is none.
    var b: String
    /// The answer, as text.
    var expected: String
    /// The grid of the file's precision model; nil for floating precision.
    var gridSize: Double?
    /// How far numbers and coordinates may lie from the answer, where the file says so.
    var tolerance: Double?
    /// Whether the file compares as buffers are compared, with a tolerance for the arcs.
    var isBuffer: Bool
}

/// Reads a file of the JTS XML suite.
final class JTSReader: NSObject, XMLParserDelegate {
    private let file: String
    private var tests: [JTSTest] = []
    private var path: [String] = []
    private var text = ""
    private var attributes: [String: String] = [:]
    private var (caseNumber, testNumber) = (0, 0)
    private var (a, b) = ("", "")
    private var gridSize: Double?
    private var tolerance: Double?
    private var isBuffer = false

    private init(file: String) { self.file = file }

    /// The tests of all files under `folder`, in order of their names.
    static func tests(in folder: String) throws -> [JTSTest] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".xml") }.sorted()
        return try files.flatMap { file in
            let reader = JTSReader(file: file)
            let parser = XMLParser(data: try Data(contentsOf: URL(filePath: folder + "/" + file)))
            parser.delegate = reader
            guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
            return reader.tests
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        self.attributes = attributes
        switch name {
        case "case":
            caseNumber += 1
            testNumber = 0
            (a, b) = ("", "")
        case "test": testNumber += 1
        case "precisionModel": gridSize = attributes["scale"].flatMap(Double.init).map { 1 / $0 }
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let content = text.trimmingCharacters(in: .whitespacesAndNewlines)
        switch name {
        case "a": a = content
        case "b": b = content
        case "tolerance": tolerance = Double(content)
        case "resultMatcher": isBuffer = content.hasSuffix("BufferResultMatcher")
        case "op":
            let operation = (attributes["name"] ?? "").lowercased()
            let arguments = ["arg1", "arg2", "arg3"].compactMap { attributes[$0] }
                .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            tests.append(
                JTSTest(
                    name: "\(file) \(caseNumber).\(testNumber) \(operation)", operation: operation,
                    arguments: arguments, a: a, b: b, expected: content, gridSize: gridSize, tolerance: tolerance,
                    isBuffer: isBuffer))
        default: break
        }
    }
}
