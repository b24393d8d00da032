import Foundation
import RedlineKit
import Synchronization

/// Messages to the person at the terminal: on standard error, so that standard output carries the result alone.
enum Console {
    /// Whether standard error is a terminal.
    static var isTerminal: Bool { isatty(STDERR_FILENO) != 0 }

    /// Whether standard output is a terminal.
    static var showsOutput: Bool { isatty(STDOUT_FILENO) != 0 }

    /// Writes `redline: message` as one line.
    static func say(_ message: String) { write("redline: " + message + "\n") }

    /// Writes as it is; what cannot be written is lost, since there is nowhere to say so.
    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Array(text.utf8)) }

    private static let kept = Mutex<[any Sendable]>([])

    /// Keeps a value to the end of the program.
    static func keep(_ value: any Sendable) { kept.withLock { $0.append(value) } }

    /// The language of the locale: Chinese where it says so, else English.
    static var localeLanguage: Language {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.lowercased().hasPrefix("zh") == true ? .zh : .en
    }
}

/// One line on the terminal that says how far a run has come, from its second second on.
final class ProgressLine: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant
        var isShown = false
        var isFinished = false
    }

    private let language: Language
    private let state: Mutex<State>

    /// A line that is first drawn a second from now.
    init(language: Language) {
        self.language = language
        // Drawn every fifth of a second; the first time a second from now.
        state = Mutex(State(lastDrawn: .now + .milliseconds(800)))
    }

    /// Says where the run stands; may be called from any task.
    func show(_ progress: ScreeningProgress) {
        state.withLock { state in
            let now = ContinuousClock.now
            guard !state.isFinished, now - state.lastDrawn >= .milliseconds(200) else { return }
            state.lastDrawn = now
            state.isShown = true
            Console.write("\r\u{1B}[K" + words(progress))
        }
    }

    /// Clears the line; nothing is drawn afterwards.
    func finish() {
        state.withLock { state in
            if state.isShown { Console.write("\r\u{1B}[K") }
            state.isShown = false
            state.isFinished = true
        }
    }

    private func words(_ progress: ScreeningProgress) -> String {
        let phase =
            switch progress.phase {
            case .sites: language.pick(zh: "读取用地", en: "reading sites")
            case .reading(let layer): language.pick(zh: "读取图层 \(layer)", en: "reading layer \(layer)")
            case .screening(let done, let count):
                language.pick(zh: "筛查用地 \(done) / \(count)", en: "screening sites, \(done) of \(count)")
            }
        return phase
    }
}
