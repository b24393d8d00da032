import Foundation
import RedlineGeometry
import RedlineKit
import RedlineReport

/// The files of boundary points beside a screening: one, or one for each 3-degree zone, as the head of the exchange text
/// has room for one zone only.
struct BoundaryPointFiles {
    private let path: String
    private let overwrites: Bool
    private let inputs: [String]
    private let single: ReportDestination

    /// Checks that the file can be written, before any work is done.
    ///
    /// - Throws: As `ReportDestination`.
    init(path: String, overwrites: Bool, inputs: [String]) throws {
        single = try ReportDestination(path: path, overwrites: overwrites, inputs: inputs)
        (self.path, self.overwrites, self.inputs) = (path, overwrites, inputs)
    }

    /// The files that a report needs, and that they can be written; to be asked before the report itself is.
    ///
    /// - Returns: Zones with their files; none where there is nothing to write.
    /// - Throws: `RedlineError` where a plot fits no zone or a file cannot be written.
    func prepared(for report: ScreeningReport) throws -> Prepared {
        let zones = try report.boundaryPointZones()
        guard zones.count > 1 else { return Prepared(parts: zones.map { Part(zone: $0, name: path, file: single) }) }
        guard single.isFile else {
            let numbers = zones.map { String($0.number) }.joined(separator: ", ")
            throw RedlineError(
                "the overlaps lie in the 3-degree zones \(numbers), and a text holds one.", file: path,
                remedy: "Name a file for --boundary-points: one is written for each zone.")
        }
        return Prepared(
            parts: try zones.map { zone in
                let name = name(for: zone)
                // The report itself may not be there yet, so that no one else would notice.
                guard !inputs.contains(where: { Self.isSame($0, name) }) else {
                    throw RedlineError(
                        "is read or written by this run already.", file: name,
                        remedy: "Name another file with --boundary-points.")
                }
                let file = try ReportDestination(path: name, overwrites: overwrites, inputs: inputs)
                return Part(zone: zone, name: name, file: file)
            })
    }

    /// `plots.txt` as `plots-zone33.txt`.
    private func name(for zone: GaussKrugerZone) -> String {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let file = path.dropFirst(folder.count)
        // A dot in front hides a file and ends no stem.
        let dot = file.dropFirst().lastIndex(of: ".") ?? file.endIndex
        return "\(folder)\(file[..<dot])-zone\(zone.number)\(file[dot...])"
    }

    private static func isSame(_ first: String, _ second: String) -> Bool {
        URL(filePath: first).standardizedFileURL.resolvingSymlinksInPath().path
            == URL(filePath: second).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// A zone and its file.
    struct Part {
        let zone: GaussKrugerZone
        let name: String
        let file: ReportDestination
    }

    /// The files of a report.
    struct Prepared {
        let parts: [Part]

        /// Writes them, and says on standard error what a user would not expect.
        func write(_ report: ScreeningReport, language: Language) throws {
            for part in parts { try part.file.write { try report.writeBoundaryPoints(in: part.zone, to: $0) } }
            if parts.isEmpty {
                Console.say(
                    language.pick(
                        zh: "没有重叠的地块，未写界址点文件。",
                        en: "no site overlaps a zone with an area: no boundary points were written."))
            } else if parts.count > 1 {
                let names = parts.map(\.name).joined(separator: language.pick(zh: "、", en: ", "))
                Console.say(
                    language.pick(
                        zh: "重叠地块位于 \(parts.count) 个 3 度带，界址点按带分写：\(names)。",
                        en:
                            "the overlaps lie in \(parts.count) 3-degree zones; boundary points were written to one file "
                            + "for each: \(names)."))
            }
        }
    }
}
