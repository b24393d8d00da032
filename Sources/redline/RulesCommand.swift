import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Read and try the rules of a catalog or of rule packs.",
        discussion: """
            Rules come from rule packs (YAML), named as files or by a catalog (--catalog). Each has an id, an effect \
            from forbid to advise, a summary in our own words and a citation; what screen does with them is a \
            screening, not an approval.

            EXIT STATUS
              0   done
              1   failed: a pack cannot be read or is wrong, no rule has the id, or a test did not pass
              64  wrong usage

            EXAMPLES
              redline rules list -c catalog.yaml
              redline rules show haixi-46 Layers/rules/haixi.yaml
              redline rules test Layers/rules/*.yaml
            """,
        subcommands: [RulesListCommand.self, RulesShowCommand.self, RulesTestCommand.self])
}

/// Where rules come from.
struct RuleSourceOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The catalog whose rule packs are read.", valueName: "file"))
    var catalog: String?

    @Option(
        help: ArgumentHelp(
            "Rules not in force on this day are marked. Default: the catalog's as_of, else none.",
            valueName: "yyyy-mm-dd"), transform: Reading.day)
    var asOf: CalendarDate?

    @Option(help: "The language of text. Default: from the locale.")
    var language: Language?

    /// Reads the packs of the catalog, then those named as files, each file once.
    func book(_ packs: [String]) throws -> RuleBook {
        let catalog = try self.catalog.map { try Catalog(contentsOf: $0) }
        if let catalog, catalog.rules.isEmpty, packs.isEmpty {
            throw RedlineError(
                "the catalog names no rule packs.", file: catalog.path, remedy: "Name them under 'rules', or as files.")
        }
        var seen: Set<String> = []
        let paths = ((catalog?.rules ?? []) + packs).filter {
            seen.insert(URL(filePath: $0).standardizedFileURL.path).inserted
        }
        return try RuleBook(
            paths: paths, asOf: asOf ?? catalog?.asOf, order: catalog?.effectOrder ?? .usual,
            settings: catalog?.parameters ?? [], catalog: catalog)
    }

    var chosenLanguage: Language { language ?? Console.localeLanguage }

    func check(_ packs: [String]) throws {
        if catalog == nil && packs.isEmpty {
            throw ValidationError("Name a catalog with --catalog, or rule packs as files.")
        }
    }
}

struct RulesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the rules, pack by pack, and the rows that are no spatial rules.")

    @Argument(help: ArgumentHelp("Rule packs (YAML).", valueName: "packs"))
    var packs: [String] = []

    @OptionGroup var source: RuleSourceOptions

    func validate() throws { try source.check(packs) }

    func run() async throws {
        let book = try source.book(packs)
        let destination = try ReportDestination(path: nil, overwrites: false, inputs: [])
        try destination.write { try RuleText(book, language: source.chosenLanguage).writeList(to: $0) }
    }
}

struct RulesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one rule: what it says, of what, when, and where it stands.")

    @Argument(help: "The rule's id.")
    var id: String

    @Argument(help: ArgumentHelp("Rule packs (YAML).", valueName: "packs"))
    var packs: [String] = []

    @OptionGroup var source: RuleSourceOptions

    func validate() throws { try source.check(packs) }

    func run() async throws {
        let book = try source.book(packs)
        let language = source.chosenLanguage
        guard let rule = book.packs.lazy.flatMap(\.rules).first(where: { $0.id == id }) else {
            throw RedlineError("no rule has the id '\(id)'.", remedy: book.remedy(forUnknown: id, language: language))
        }
        let destination = try ReportDestination(path: nil, overwrites: false, inputs: [])
        try destination.write { try RuleText(book, language: language).write(rule, to: $0) }
    }
}

struct RulesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests that stand beside the rules; status 1 where one does not pass.")

    @Argument(help: ArgumentHelp("Rule packs (YAML).", valueName: "packs"))
    var packs: [String] = []

    @OptionGroup var source: RuleSourceOptions

    func validate() throws { try source.check(packs) }

    func run() async throws {
        let book = try source.book(packs)
        let outcomes = book.runTests()
        let destination = try ReportDestination(path: nil, overwrites: false, inputs: [])
        try destination.write { try RuleText(book, language: source.chosenLanguage).write(outcomes, to: $0) }
        if outcomes.contains(where: { $0.problem != nil }) { throw ExitCode.failure }
    }
}
