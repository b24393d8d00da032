public import ArgumentParser
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

    /// Whether a finding is at or above the level: one whose effect is not judged is, a mere touch never is.
    func includes(_ finding: Finding) -> Bool { finding.relation != .touches }
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
