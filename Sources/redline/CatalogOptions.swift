import ArgumentParser
import Foundation
import RedlineKit

/// Which catalog, as of when, and on how many threads: for verbs that make tables.
struct CatalogOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The catalog: YAML, or prepared with 'redline prepare'.", valueName: "file"))
    var catalog: String

    @Option(help: "What to do where a source changed after the catalog was prepared: refuse it, or ignore that.")
    var stale = StaleSources.refuse

    @Option(
        help: ArgumentHelp(
            "Use the editions in force on this day. Default: the catalog's as_of, else the newest.",
            valueName: "yyyy-mm-dd"), transform: Reading.day)
    var asOf: CalendarDate?

    @OptionGroup var work: ThreadOptions

    /// The number of tasks.
    var taskCount: Int { work.taskCount }
}

extension Reading {
    /// Ids separated by commas.
    static func ids(_ text: String) throws -> [String] {
        let ids = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !ids.isEmpty else { throw ValidationError("name at least one layer.") }
        return ids
    }

    /// Layers separated by commas, each with a class behind a colon or without.
    static func parts(_ text: String) throws -> [LayerPart] {
        try ids(text).map { word in
            let halves = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard !halves[0].isEmpty, halves.last?.isEmpty == false else {
                throw ValidationError("write a layer, or a layer and a class as 'layer:class'.")
            }
            return LayerPart(layer: halves[0], zoneClass: halves.count > 1 ? halves[1] : nil)
        }
    }
}
