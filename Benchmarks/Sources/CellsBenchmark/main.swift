// Times cutting and asking apart: swift run -c release CellsBenchmark [SITES [RUNS]]
// With 'count' in place of numbers each loop runs once, for Benchmarks/count-instructions.
import RedlineCells
import RedlineGeometry
import RedlineMeasure

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let siteCount = numbers.count > 0 ? numbers[0] : 100_000
let runs = numbers.count > 1 ? max(1, numbers[1]) : 5

/// What one workload gave: times in seconds, one for each run.
struct Times {
    var build: [Double] = []
    var index: [Double] = []
    var prepare: [Double] = []
    var ask: [Double] = []
    var cover: [Double] = []
}

func seconds<T>(_ times: inout [Double], _ body: () -> T) -> T {
    let start = ContinuousClock.now
    let result = body()
    times.append((ContinuousClock.now - start) / .seconds(1))
    return result
}

func text(_ value: Double, _ width: Int) -> String {
    let digits = value < 10 ? 100.0 : 10.0
    let rounded = String((value * digits).rounded() / digits)
    return String(repeating: " ", count: max(0, width - rounded.count)) + rounded
}

/// Minimum, median and 90th percentile, in a unit.
func spread(_ times: [Double], _ unit: Double) -> String {
    let sorted = times.sorted()
    let high = min(sorted.count - 1, Int((Double(sorted.count) * 0.9).rounded(.up)) - 1)
    return [sorted[0], sorted[sorted.count / 2], sorted[high]].map { text($0 / unit, 7) }.joined()
}

func run(zoneCount: Int, vertices: Int, siteVertices: Int) {
    var generator = SplitMix(state: 20_260_101)
    let zones = zones(count: zoneCount, vertices: vertices, &generator)
    let sites = sites(count: siteCount, vertices: siteVertices, &generator)
    let measure = EllipsoidalArea()
    let areas = sites.map { measure.area(of: $0).squareMeters }
    let region = CellLayer([
        CellBuilder().cells(of: [blob(x: 97, y: 37, radius: 2, vertices: 10_000, &generator)])
    ])
    var times = Times()
    var answers: Set<Double> = []
    var (pairs, wholes, cells) = (0, 0, 0)
    // One run more, which warms up.
    for run in 0...runs {
        if run == 1 { times = Times() }
        let cut = seconds(&times.build) { zones.map { CellBuilder().cells(of: [$0]) } }
        let layer = seconds(&times.index) { CellLayer(cut) }
        let prepared = seconds(&times.prepare) { zip(sites, areas).map { SiteCells([$0], area: $1) } }
        let total = seconds(&times.ask) {
            var query = CellQuery()
            var sum = 0.0
            (pairs, wholes) = (0, 0)
            for site in prepared {
                for meeting in query.meetings(of: site, in: layer) where meeting.area > 0 {
                    sum += meeting.area
                    pairs += 1
                    if meeting.isWhole { wholes += 1 }
                }
            }
            return sum
        }
        let coverage = seconds(&times.cover) {
            var query = CellQuery()
            return query.coverage(of: layer, inRegion: 0, of: region)
        }
        answers.insert(total)
        answers.insert(coverage.union)
        cells = layer.count
    }
    // The total and the union, every time the same; and zones that lie apart cover nothing twice.
    precondition(answers.count == 2 && pairs > 0, "The answer changed between runs.")
    let edges = Double(zoneCount * vertices)
    print(
        "\(zoneCount) zones × \(vertices) vertices, \(siteCount) sites × \(siteVertices): "
            + "\(cells) cells, \(pairs) overlaps, \(wholes) of them whole")
    print("  cut      ns/edge  ", spread(times.build, edges * 1e-9))
    print("  index    ns/cell  ", spread(times.index, Double(cells) * 1e-9))
    print("  prepare  µs/site  ", spread(times.prepare, Double(siteCount) * 1e-6))
    print("  ask      µs/site  ", spread(times.ask, Double(siteCount) * 1e-6))
    print("  cover    ms       ", spread(times.cover, 1e-3))
}

if CommandLine.arguments.contains("count") {
    Counted.run()
} else {
    print("one thread; minimum, median, 90th percentile of \(runs) runs")
    for vertices in [1_000, 10_000, 100_000, 1_000_000] {
        run(zoneCount: 4, vertices: vertices, siteVertices: 12)
    }
    run(zoneCount: 400, vertices: 8_750, siteVertices: 12)
    run(zoneCount: 400, vertices: 8_750, siteVertices: 60)
}
