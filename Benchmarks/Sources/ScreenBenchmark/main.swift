// Times screening by phases: swift run -c release ScreenBenchmark [ZONES VERTICES SITES [RUNS]]
import Foundation
import RedlineKit
import Synchronization

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let workload = Workload(
    zones: numbers.count > 0 ? numbers[0] : 100, vertices: numbers.count > 1 ? numbers[1] : 10_000,
    sites: numbers.count > 2 ? numbers[2] : 20_000)
let runs = numbers.count > 3 ? numbers[3] : 5

let folder = FileManager.default.temporaryDirectory.appending(path: "redline-benchmark-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
try workload.write(to: folder)

/// When each phase began.
final class Clock: Sendable {
    let marks = Mutex<[(String, ContinuousClock.Instant)]>([])

    func mark(_ name: String) {
        marks.withLock { marks in
            if marks.last?.0 != name { marks.append((name, .now)) }
        }
    }
}

func run(threads: Int) async throws -> (result: ScreeningResult, phases: [(String, Double)]) {
    let clock = Clock()
    var options = ScreeningOptions()
    options.threads = threads
    let result = try await screen(
        SiteInput(paths: [folder.appending(path: "sites.geojson").path]),
        against: Catalog(contentsOf: folder.appending(path: "catalog.yaml").path), options: options
    ) { progress in
        switch progress.phase {
        case .sites: clock.mark("read sites")
        case .reading: clock.mark("read, judge and cut zones")
        case .screening: clock.mark("screen")
        }
    }
    clock.mark("end")
    let marks = clock.marks.withLock { $0 }
    let phases = zip(marks, marks.dropFirst()).map { first, second in
        (first.0, Double((second.1 - first.1) / .milliseconds(1)))
    }
    return (result, phases)
}

func answer(_ result: ScreeningResult) -> (findings: Int, squareMeters: Double) {
    let findings = result.sites.flatMap(\.findings)
    return (findings.count, findings.reduce(0) { $0 + ($1.area?.ellipsoidal ?? 0) })
}

// The answer first: one thread and two give the same, and it is not empty. The run also warms up.
let expected = answer(try await run(threads: 1).result)
guard expected.findings > 0 else { fatalError("the workload meets nothing") }
var times: [String: [Double]] = [:]
var order: [String] = []
for _ in 0..<runs {
    let (result, phases) = try await run(threads: 2)
    guard answer(result) == expected else { fatalError("the answer depends on the threads") }
    for (name, milliseconds) in phases + [("whole", phases.reduce(0) { $0 + $1.1 })] {
        if times[name] == nil { order.append(name) }
        times[name, default: []].append(milliseconds)
    }
}
print("\(workload.zones) zones of \(workload.vertices) vertices, \(workload.sites) sites, \(runs) runs, 2 threads")
print("\(expected.findings) findings, \(expected.squareMeters / 1e6) km²")
for name in order {
    let sorted = (times[name] ?? []).sorted()
    let median = sorted[sorted.count / 2]
    let high = sorted[min(sorted.count - 1, Int((Double(sorted.count) * 0.9).rounded(.up)) - 1)]
    print(
        name.padding(toLength: 24, withPad: " ", startingAt: 0)
            + String(format: "min %8.1f   median %8.1f   p90 %8.1f ms", sorted[0], median, high))
}
