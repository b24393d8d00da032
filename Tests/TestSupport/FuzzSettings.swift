import Foundation
import Glibc

/// How long and with which seed parsers are fed with broken input.
///
/// `REDLINE_FUZZ_SECONDS` sets the time for each parser (default 2), `REDLINE_FUZZ_SEED` the seed, and
/// `REDLINE_FUZZ_ONLY` names the one parser that gets more than its least rounds. Where a time is set, each test says
/// on standard output how many rounds it made.
package enum FuzzSettings {
    private static let environment = ProcessInfo.processInfo.environment

    /// The seconds for each parser.
    package static let seconds = environment["REDLINE_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2

    /// The seed: the one that was asked for, else the usual one.
    package static func seed(_ usual: UInt64) -> UInt64 {
        environment["REDLINE_FUZZ_SEED"].flatMap { UInt64($0) } ?? usual
    }

    /// The time of the process: by the clock or by its processors, whichever is less, so that neither other tests
    /// beside it nor a process that is held count as the parser's own.
    private struct Time {
        private var wall = ContinuousClock.now
        private var processors = clock()

        func elapsed() -> Duration {
            min(ContinuousClock.now - wall, .microseconds(Int64(clock() - processors)))
        }
    }

    /// Calls `body` again and again for as long as is asked, and at least `least` times.
    ///
    /// - Returns: How many times, and how long the longest took.
    package static func repeatedly(
        _ name: String, seed: UInt64, least: Int = 50, isolation: isolated (any Actor)? = #isolation,
        _ body: (Int) async throws -> Void
    ) async rethrows -> (runs: Int, longest: Duration) {
        let isAsked = environment["REDLINE_FUZZ_ONLY"].map { $0 == name } ?? true
        let time: Duration = isAsked ? .seconds(seconds) : .zero
        var (runs, spent, longest) = (0, Duration.zero, Duration.zero)
        while spent < time || runs < least {
            let round = Time()
            try await body(runs)
            let elapsed = round.elapsed()
            longest = max(longest, elapsed)
            spent += elapsed
            runs += 1
        }
        if environment["REDLINE_FUZZ_SECONDS"] != nil {
            print("fuzzed \(name): \(runs) rounds, seed \(seed), the longest \(longest)")
        }
        return (runs, longest)
    }
}
