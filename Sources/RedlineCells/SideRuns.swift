/// A stretch of a cell's left side, in the direction of the edges that were projected onto it.
struct SideRun {
    var start: Double
    var end: Double
}

/// What lies on one vertical side of a rectangle: edges beyond the side, projected onto it.
enum SideRuns {
    /// Appends a run to those from `first` on; one that continues or takes back the last run changes that instead.
    ///
    /// Rings are cut in their own order, so that a chain of any length beyond the side leaves one run.
    @inline(__always)
    static func append(_ run: SideRun, to runs: inout [SideRun], from first: Int) {
        guard run.start != run.end else { return }
        let last = runs.count - 1
        guard last >= first, runs[last].end == run.start else { return runs.append(run) }
        if runs[last].start == run.end {
            runs.removeLast()
        } else {
            runs[last].end = run.end
        }
    }

    /// Replaces the runs from `first` on by the fewest that give the same winding number at each height.
    ///
    /// Under ``FillRule/evenOdd`` only whether that is odd is kept, so that ends which meet cancel.
    static func reduce(_ runs: inout [SideRun], from first: Int, rule: FillRule, _ events: inout [SideEvent]) {
        guard runs.count - first > 1 else { return }
        events.removeAll(keepingCapacity: true)
        for run in runs[first...] {
            let sign: Int32 = run.start < run.end ? 1 : -1
            events.append(SideEvent(y: min(run.start, run.end), change: sign))
            events.append(SideEvent(y: max(run.start, run.end), change: -sign))
        }
        SideEvent.sort(&events)
        runs.removeSubrange(first...)
        var winding: Int32 = 0
        var open = 0.0
        var index = 0
        while index < events.count {
            let y = events[index].y
            var next = winding
            while index < events.count, events[index].y == y {
                next &+= events[index].change
                index += 1
            }
            if rule == .evenOdd { next &= 1 }
            guard next != winding else { continue }
            for _ in 0..<abs(winding) {
                runs.append(winding > 0 ? SideRun(start: open, end: y) : SideRun(start: y, end: open))
            }
            winding = next
            open = y
        }
    }

    /// Whether runs that ``reduce(_:from:rule:_:)`` left reach from `low` to `high` without a gap.
    static func cover(_ runs: [SideRun], _ range: Range<Int>, low: Double, high: Double) -> Bool {
        var reached = low
        for run in runs[range] {
            guard min(run.start, run.end) <= reached else { return false }
            reached = max(reached, run.start, run.end)
        }
        return reached >= high
    }
}

/// A height at which the winding number changes.
struct SideEvent {
    var y: Double
    var change: Int32

    /// Sorts by height; few as a rule.
    static func sort(_ events: inout [SideEvent]) {
        guard events.count <= 24 else { return events.sort { $0.y < $1.y } }
        for index in 1..<max(1, events.count) {
            let event = events[index]
            var place = index
            while place > 0, events[place - 1].y > event.y {
                events[place] = events[place - 1]
                place -= 1
            }
            events[place] = event
        }
    }
}
