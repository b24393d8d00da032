import Synchronization

/// What compares sites and makes something of them, for one task at a time.
final class SiteWorker<Part>: Sendable {
    private struct State {
        let screening: SiteScreening
        let make: (ScreenedSite) throws -> Part
    }

    private let state: Mutex<State>

    init(_ screening: sending SiteScreening, _ make: sending @escaping (ScreenedSite) throws -> Part) {
        state = Mutex(State(screening: screening, make: make))
    }

    /// What is made of the site at a place.
    func part(of place: Int) throws -> Part {
        try state.withLock { try $0.make($0.screening.screened(place)) }
    }

    /// What was counted so far.
    var tally: SiteTally { state.withLock { $0.screening.tally } }
}

/// Hands out workers in turn: each task of a batch gets its own.
final class WorkerPool<Part>: Sendable {
    private let workers: [SiteWorker<Part>]
    private let turn = Atomic<Int>(0)

    init(_ workers: [SiteWorker<Part>]) { self.workers = workers }

    func next() -> SiteWorker<Part> { workers[turn.add(1, ordering: .relaxed).oldValue % workers.count] }
}

/// A value that is made when it is first asked for, by whichever task asks.
final class OnDemand<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)
    private let make: @Sendable () -> Value

    init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    var value: Value {
        known.withLock { known in
            if let known { return known }
            let made = make()
            known = made
            return made
        }
    }
}
