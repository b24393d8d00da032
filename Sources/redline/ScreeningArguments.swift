import ArgumentParser
import Foundation
import RedlineGeometry
import RedlineKit

/// What to screen against, and how.
struct ScreeningArguments: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The catalog: YAML, or prepared with 'redline prepare'.", valueName: "file"))
    var catalog: String

    @Option(help: "What to do where a source changed after the catalog was prepared: refuse it, or ignore that.")
    var stale = StaleSources.refuse

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Report zones within this distance as near.", valueName: "length"), transform: Reading.length
    )
    var distance: Length?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The width below which a meeting is a touch, in place of the catalog's.", valueName: "length"),
        transform: Reading.length)
    var tolerance: Length?

    @Option(
        help: ArgumentHelp("Screen only against these layers, comma-separated.", valueName: "ids"),
        transform: Reading.ids)
    var layers: [String]?

    @Option(
        help: ArgumentHelp(
            "End with status 2 where findings are at or above this; what could not be judged counts, touches do not.",
            valueName: "level"))
    var failOn: FailLevel?

    @Option(
        help: ArgumentHelp(
            "What rules ask of sites and the file does not say: activity=chemical, trigger=new. Repeatable.",
            valueName: "name=value"), transform: Reading.setting)
    var attributes: [RuleSetting] = []

    @Option(
        help: ArgumentHelp(
            "A parameter that rules leave open: distance.RULE=500m, or distance.FAMILY=500m. Repeatable.",
            valueName: "name=value"), transform: Reading.setting)
    var set: [RuleSetting] = []

    @Option(
        help: ArgumentHelp(
            "The GeoJSON of an earlier screening: findings are marked new, changed or unchanged, and those that are no "
                + "more are listed.", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "Accepted findings (YAML: finding, reason, who, until), which stay in the result and leave the count.",
            valueName: "file"))
    var suppressions: String?

    @Option(help: ArgumentHelp("The field of the site identifier.", valueName: "field"))
    var idField: String?

    @Option(help: ArgumentHelp("The field of the site name.", valueName: "field"))
    var nameField: String?

    @Option(help: ArgumentHelp("Read only rows that meet this SQL condition.", valueName: "condition"))
    var sqlWhere: String?

    @Flag(help: "Repair invalid sites, count them and screen them.")
    var repair = false

    @Option(
        help: ArgumentHelp(
            "Use the editions and rules in force on this day. Default: the catalog's as_of, else the newest and all.",
            valueName: "yyyy-mm-dd"), transform: Reading.day)
    var asOf: CalendarDate?

    @OptionGroup var work: ThreadOptions

    /// The options of the run.
    ///
    /// - Throws: `RedlineError` where the baseline or the suppressions cannot be read.
    func options(_ measure: MeasureOptions) throws -> ScreeningOptions {
        var options = ScreeningOptions()
        options.areaMethod = measure.areaMethod
        options.showsAllAreas = measure.allAreas
        options.distance = distance
        options.tolerance = tolerance
        options.layers = layers
        options.asOf = asOf
        options.repairsSites = repair
        options.attributes = attributes
        options.settings = set
        options.baseline = try baseline.map { try Baseline(contentsOf: $0) }
        options.suppressions = try suppressions.map { try Suppressions(contentsOf: $0) }
        options.threads = work.taskCount
        return options
    }
}
