import RedlineCells
import RedlineGeometry
import Synchronization

/// The zones of a layer, made ready for any number of sites.
struct IndexedLayer: Sendable {
    /// One zone; an object, because sites by the hundred thousand ask for it and a value would be copied each time.
    final class Entry: Sendable {
        let measured: MeasuredZone
        /// Whether it has polygons and nothing else, so that cells tell all of it.
        let isOnlyPolygons: Bool

        private let knownOutline = Mutex<ZoneOutline?>(nil)

        init(_ measured: MeasuredZone) {
            self.measured = measured
            isOnlyPolygons = measured.zone.ground.lines.isEmpty && measured.zone.ground.points.isEmpty
        }

        /// Its edges, indexed when first asked for: a site in the middle of a zone needs cells alone.
        var outline: ZoneOutline {
            knownOutline.withLock { known in
                if let known { return known }
                let ground = measured.zone.ground
                let made =
                    isOnlyPolygons
                    ? ZoneOutline(ground.polygons)
                    : ZoneOutline(polygons: ground.polygons, lines: ground.lines, points: ground.points)
                known = made
                return made
            }
        }
    }

    let entries: [Entry]
    let cells: CellLayer
    /// The zones with lines or points, which cells do not tell of.
    let others: [Int]
    /// Over the rectangles of `others`.
    let othersIndex: PackedRTree

    /// Cuts and measures all zones, on several tasks.
    ///
    /// - Complexity: O(*n* log *n*) in the number of edges.
    init(_ layer: LoadedLayer, options: ScreeningOptions) async throws {
        let zones = layer.zones
        if let prepared = layer.prepared {
            entries = try await concurrentMap(count: zones.count, threads: options.threads, chunk: 16) {
            } _: { _, place in
                let (area, width) = prepared.measures[place]
                return Entry(MeasuredZone(zones[place], area: area, width: width))
            }
            cells = prepared.cells
            (others, othersIndex) = Self.others(entries)
            return
        }
        // The largest zones first, so that none is left to one task at the end.
        let order = zones.indices.sorted {
            (zones[$1].ground.positionCount, $0) < (zones[$0].ground.positionCount, $1)
        }
        let made = try await concurrentMap(count: zones.count, threads: options.threads, chunk: 1) {
            try Meter(options)
        } _: { meter, place in
            let zone = zones[order[place]]
            return (entry: Entry(try MeasuredZone(zone, meter)), cells: CellBuilder().cells(of: zone.ground.polygons))
        }
        var places = Array(repeating: 0, count: zones.count)
        for (place, zone) in order.enumerated() { places[zone] = place }
        entries = places.map { made[$0].entry }
        cells = try CellLayer(places.map { made[$0].cells }, threads: options.threads)
        (others, othersIndex) = Self.others(entries)
    }

    private static func others(_ entries: [Entry]) -> ([Int], PackedRTree) {
        let others = entries.indices.filter { !entries[$0].isOnlyPolygons }
        return (others, PackedRTree(others.map { entries[$0].measured.zone.ground.envelope }))
    }

    /// Whether all zones are polygons and nothing else.
    var isOnlyPolygons: Bool { others.isEmpty }
}
