import Dispatch
import Foundation
import RedlineReport

/// Leaves nothing half-written behind when the program is stopped from outside.
enum Interruption {
    @MainActor private static var sources: [any DispatchSourceSignal] = []

    /// Removes unfinished files on SIGINT, SIGTERM and SIGHUP, and makes a closed pipe an error instead of a signal.
    @MainActor static func watch() {
        signal(SIGPIPE, SIG_IGN)
        // A queue of its own gets a thread of its own, also while work keeps every thread of the pools busy.
        let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { @Sendable in
                PartialFiles.removeAll()
                _exit(128 + number)  // As shells report a program that a signal ended.
            }
            source.activate()
            sources.append(source)
        }
    }
}
