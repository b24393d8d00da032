import Foundation

/// How long and with which seed parsers are fed with broken input.
///
/// `REDLINE_FUZZ_SECONDS` sets the time for each parser (default 2), `REDLINE_FUZZ_SEED` the seed. Where a time is set,
/// each test says on standard output how many rounds it made.
package enum FuzzSettings {
    private static let environment = ProcessInfo.processInfo.environment

    /// The seconds for each parser.
    package static let seconds = environment["REDLINE_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2

    /// The seed: the one that was asked for, else the usual one.
    package static func seed(_ usual: UInt64) -> UInt64 {
        environment["REDLINE_FUZZ_SEED"].flatMap { UInt64($0) } ?? usual
    }

    /// Calls `body` again and again for as long as is asked, and at least `least` times.
    ///
    /// - Returns: How many times, and how long the longest took.
    package static func repeatedly(
        _ name: String, seed: UInt64, least: Int = 50, isolation: isolated (any Actor)? = #isolation,
        _ body: (Int) async throws -> Void
    ) async rethrows -> (runs: Int, longest: Duration) {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var (runs, longest) = (0, Duration.zero)
        while clock.now < end || runs < least {
            let start = clock.now
            try await body(runs)
            longest = max(longest, clock.now - start)
            runs += 1
        }
        if environment["REDLINE_FUZZ_SECONDS"] != nil {
            print("fuzzed \(name): \(runs) rounds, seed \(seed), the longest \(longest)")
        }
        return (runs, longest)
    }
}
