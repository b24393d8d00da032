import Dispatch
import Foundation
import RedlineReport

/// Leaves nothing half-written behind when the program is stopped from outside.
enum Interruption {
    @MainActor private static var sources: [any DispatchSourceSignal] = []

    /// Removes unfinished files on SIGINT, SIGTERM and SIGHUP, and makes a closed pipe an error instead of a signal.
    @MainActor static func watch() {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { @Sendable in
                PartialFiles.removeAll()
                _exit(128 + number)  // As shells report a program that a signal ended.
            }
            source.activate()
            sources.append(source)
        }
    }
}
