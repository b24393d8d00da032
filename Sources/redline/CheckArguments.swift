import ArgumentParser
import Foundation
import RedlineGeometry
import RedlineKit
import RedlineMeasure
import RedlineReport

/// The faults at which `check` ends with status 2.
enum FaultLevel: String, CaseIterable, ExpressibleByArgument {
    case error, warning

    /// The mildest severity that counts.
    var severity: FaultSeverity { self == .error ? .error : .warning }
}

/// What to check, and how.
struct CheckArguments: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The catalog (YAML).", valueName: "file"))
    var catalog: String?

    @Option(
        help: ArgumentHelp("Check only these layers of the catalog, comma-separated.", valueName: "ids"),
        transform: Reading.ids)
    var layers: [String]?

    @Option(
        help: ArgumentHelp(
            "In place of the checks, list what of each protected area is not in this layer, and the reverse.",
            discussion: "With --layers, of these layers in place of the protected areas.", valueName: "layer"))
    var against: String?

    @Option(
        help: ArgumentHelp(
            "What the files are: region, control-unit, ecological-redline, land-cover, ...", valueName: "family"))
    var family: String?

    @Flag(help: "The zones of each file cover their ground without gap or overlap.")
    var tiling = false

    @Option(help: ArgumentHelp("Read only rows of the files that meet this SQL condition.", valueName: "condition"))
    var sqlWhere: String?

    @Option(
        help: ArgumentHelp(
            "Write a repaired copy (.gpkg, .geojson), and its changes as .changes.csv beside it.", valueName: "file"))
    var fix: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How far --fix may move vertices to a neighbour's line; 0 for not at all. (default: 0.1 m)",
            valueName: "length"), transform: Reading.length)
    var snap: Length?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The width below which gaps and overlaps are no faults, in place of the catalog's (else 1 mm).",
            valueName: "length"), transform: Reading.length)
    var tolerance: Length?

    @Option(help: ArgumentHelp("End with status 2 where faults are at or above this.", valueName: "level"))
    var failOn: FaultLevel?

    @Option(
        help: ArgumentHelp(
            "How areas are measured: ellipsoidal, notice32, geodesic or EPSG:n. (default: ellipsoidal)",
            valueName: "method"), transform: Reading.areaMethod)
    var areaMethod = AreaMethod.ellipsoidal

    @Option(
        help: ArgumentHelp(
            "Check the editions in force on this day. Default: the catalog's as_of, else the newest.",
            valueName: "yyyy-mm-dd"), transform: Reading.day)
    var asOf: CalendarDate?

    @OptionGroup var work: ThreadOptions

    func validate() throws {
        if let fix {
            guard RepairDestination.accepts(fix) else {
                throw ValidationError("--fix writes .gpkg or .geojson; '\(fix)' is neither.")
            }
            if against != nil { throw ValidationError("--fix goes with the checks, not with --against.") }
        } else if snap != nil {
            throw ValidationError("--snap says how far --fix may move vertices; name its file with --fix.")
        }
    }

    /// The options of the run.
    var options: CheckOptions {
        var options = CheckOptions()
        options.layers = layers
        options.against = against
        options.tolerance = tolerance
        options.areaMethod = areaMethod
        options.asOf = asOf
        options.threads = work.taskCount
        return options
    }

    /// How far a repair may move vertices.
    var snapDistance: Length { snap ?? Length(meters: 0.1) }
}
