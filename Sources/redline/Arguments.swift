public import ArgumentParser
import Foundation
public import RedlineGeometry
public import RedlineKit
import RedlineMeasure

/// The formats of results.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, geojson, csv, xlsx, gpkg

    /// The format that the ending of a file names.
    init?(ending: String) { self.init(rawValue: ending == "txt" ? "text" : ending) }

    /// Whether it can only be made as a file.
    var needsFile: Bool { self == .xlsx || self == .gpkg }
}

/// When progress is shown.
enum ProgressMode: String, CaseIterable, ExpressibleByArgument {
    case auto, never
}

/// The findings at which `screen` ends with status 2.
enum FailLevel: String, CaseIterable, ExpressibleByArgument {
    case forbid, restrict, any

    /// Whether a finding is at or above the level: one whose effect could not be judged is, a mere touch never is; under
    /// `any` every finding of a place is, while rules on any ground, which meet every site, are not.
    func includes(_ finding: Finding, _ order: EffectOrder) -> Bool {
        let level: Effect
        switch self {
        case .any: return finding.relation != .touches && finding.relation != .anywhere
        case .forbid: level = .forbid
        case .restrict: level = .restrict
        }
        if order.isAtLeast(finding.effect, level) { return true }
        if finding.verdict.open.contains(where: { order.isAtLeast($0.rule.effect, level) }) { return true }
        return finding.effect == nil && finding.reason != nil && finding.relation != .touches
    }
}

extension Language: ExpressibleByArgument {}
extension EdgeRule: ExpressibleByArgument {}
extension CellWeight: ExpressibleByArgument {}

extension ListShape: ExpressibleByArgument {}

extension AreaUnit: ExpressibleByArgument {
    /// Reads one of the units that are offered on the command line.
    public init?(argument: String) {
        guard Self.allValueStrings.contains(argument) else { return nil }
        self.init(rawValue: argument)
    }

    /// The units that are offered on the command line.
    public static var allValueStrings: [String] { ["m2", "ha", "mu", "km2"] }
}

/// Readers of values that say what they expect.
enum Reading {
    /// A number with an optional unit; negative ones are refused.
    static func length(_ text: String) throws -> Length {
        guard let length = Length(parsing: text) else {
            throw ValidationError("write a number with an optional unit: 500, 500m, 0.5 km.")
        }
        return length
    }

    /// `NAME=VALUE`.
    static func setting(_ text: String) throws -> RuleSetting {
        let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw ValidationError("write a name and a value: name=value.")
        }
        return RuleSetting(name: parts[0], value: parts[1])
    }

    /// `YYYY-MM-DD`.
    static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else {
            throw ValidationError("write a day of the calendar as YYYY-MM-DD.")
        }
        return day
    }

    /// The name of a method, or `EPSG:n`.
    static func areaMethod(_ text: String) throws -> AreaMethod {
        guard let method = AreaMethod(parsing: text) else {
            throw ValidationError("use ellipsoidal, notice32, geodesic or EPSG:n.")
        }
        return method
    }
}
