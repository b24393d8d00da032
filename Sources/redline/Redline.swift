import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

@main
struct Redline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redline",
        abstract: "Tell what stands in the way of a piece of land: ecological redlines, control units and other zones.",
        discussion: """
            Runs offline on your own files: nothing is sent anywhere. Results are findings for people to judge, not \
            approvals.

            EXIT STATUS
              0   done
              1   failed, or some sites were skipped
              2   done, with findings at or above --fail-on
              64  wrong usage
            """,
        version: "redline \(ScreeningReport.toolVersion)",
        subcommands: [
            ScreenCommand.self, ShareCommand.self, CoverageCommand.self, OverlapsCommand.self, CompareCommand.self,
            CheckCommand.self, PrepareCommand.self, InfoCommand.self, RulesCommand.self,
        ])

    static func main() async {
        Interruption.watch()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Ends the program: usage as ArgumentParser words it, everything else as one line.
    private static func end(with error: any Error) -> Never {
        guard exitCode(for: error) == .failure, !(error is ExitCode) else { exit(withError: error) }
        if !(error is ClosedPipe) { Console.say(String(describing: error)) }
        exit(withError: ExitCode.failure)
    }
}
