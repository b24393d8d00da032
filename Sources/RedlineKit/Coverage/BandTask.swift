import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineGrid

/// How a cell on the boundary of a region counts.
public enum EdgeRule: String, Hashable, Sendable, CaseIterable {
    /// By the part of it that lies inside.
    case exact
    /// Whole where its centre lies inside, else not at all, as many tools do.
    case centre
}

/// Counts the cells of bands of a raster; one for each task, with a reader of its own.
final class BandTask {
    private let grid: RasterGrid
    private let edge: EdgeRule
    private let isCover: Bool
    private let reader: RasterReader
    private let transformation: CoordinateTransformation?
    private var weights: CellWeights?
    private var walker = BandWalker()
    private var counter = ValueCounter()
    private var block = RasterBlock()
    private var spans: [GridSpan] = []
    /// The values of blocks that hold no bytes, by their places in `codes`.
    private var valueOfCode: [Double] = []
    private var codeOfValue: [UInt64: UInt32] = [:]
    private var codes: [UInt32] = []

    /// More different values than any map has classes: the band holds amounts.
    private static let valueLimit = 1 << 16

    init(_ grid: RasterGrid, source: RasterSource, edge: EdgeRule, isCover: Bool) throws {
        self.grid = grid
        self.edge = edge
        self.isCover = isCover
        reader = try RasterReader(source)
        guard !grid.isGraticule else {
            transformation = nil
            return
        }
        let transformation = try CoordinateTransformation(from: grid.crs)
        let unit = transformation.source.linearUnitInMeters ?? 111_320
        self.transformation = transformation
        weights = CellWeights(grid.description, linearUnitInMeters: unit)
    }

    /// A part of a span that lies in one block.
    private struct BlockSpan {
        var region: Int32
        var span: GridSpan
    }

    /// What one region has, as sums by code.
    private struct Sums {
        var codes: [ValueTally] = []
        var noData = ValueTally()
        var weightedSum = 0.0
        var covered = ValueTally()
    }

    /// Counts the cells of one band in all regions; each block that a region touches is read once.
    ///
    /// - Returns: The regions that have cells in the band, with what they have.
    /// - Throws: `LayerError` for a block that cannot be read, ``RedlineError`` for values that are no classes.
    func tallies(ofBand band: Int, in regions: [PlacedRegion?]) throws -> [(region: Int, tally: RasterTally)] {
        let rows = grid.rows(ofBand: band)
        let densities = grid.isGraticule ? grid.densities(of: rows) : nil
        var present: [Int] = []
        var buckets: [[BlockSpan]] = Array(
            repeating: [], count: grid.description.blockColumns * Int((rows.count - 1) / blockHeight + 1))
        for (place, region) in regions.enumerated() {
            guard let shape = region?.shape, shape.rows.overlaps(rows) else { continue }
            spans.removeAll(keepingCapacity: true)
            switch edge {
            case .exact: walker.appendSpans(of: shape, band: band, rows: rows, densities: densities, to: &spans)
            case .centre: walker.appendSpansByCentre(of: shape, band: band, rows: rows, to: &spans)
            }
            guard !spans.isEmpty else { continue }
            for span in spans { distribute(span, Int32(present.count), rows.lowerBound, &buckets) }
            present.append(place)
        }
        var sums = Array(repeating: Sums(), count: present.count)
        for (place, bucket) in buckets.enumerated() where !bucket.isEmpty {
            let column = place % grid.description.blockColumns
            let row = rows.lowerBound / blockHeight + place / grid.description.blockColumns
            try reader.read(column: column, row: row, into: &block)
            try count(bucket, column * grid.description.blockWidth, row * blockHeight, rows, densities, &sums)
        }
        return zip(present, sums).map { ($0, tally($1)) }
    }

    private var blockHeight: Int { grid.description.blockHeight }

    private func distribute(_ span: GridSpan, _ region: Int32, _ firstRow: Int, _ buckets: inout [[BlockSpan]]) {
        let width = grid.description.blockWidth
        let line = (span.row - firstRow) / blockHeight * grid.description.blockColumns
        var part = span
        while part.start < span.end {
            let column = part.start / width
            part.end = min(span.end, (column + 1) * width)
            buckets[line + column].append(BlockSpan(region: region, span: part))
            part.start = part.end
        }
    }

    private func count(
        _ bucket: [BlockSpan], _ column0: Int, _ row0: Int, _ rows: Range<Int>, _ densities: [RowDensity]?,
        _ sums: inout [Sums]
    ) throws {
        let hasBytes = !block.bytes.isEmpty
        if !hasBytes, !isCover { try encode() }
        if let transformation {
            let isKnown = weights?.measure(
                columns: column0..<column0 + block.width, rows: row0..<row0 + block.height, grid.description,
                transformation)
            guard isKnown == true else {
                throw RedlineError(
                    "the cells at column \(column0), row \(row0) have no place on the ground.",
                    remedy: "Check the CRS of the raster.")
            }
        }
        guard let densities, !isCover else {
            for item in bucket {
                let span = item.span
                let start = (span.row - row0) * block.stride - column0
                let place = Int(item.region)
                if isCover {
                    addCover(span, start, densities?[span.row - rows.lowerBound].cellArea, &sums[place])
                } else {
                    addWarped(span, start, hasBytes, &sums[place])
                }
            }
            return
        }
        // As locals, so that not every access to a part of the task is checked.
        var counter = ValueCounter(limit: 0)
        swap(&counter, &self.counter)
        defer { swap(&counter, &self.counter) }
        let (bytes, codes, stride) = (block.bytes, codes, block.stride)
        for item in bucket {
            let span = item.span
            let start = (span.row - row0) * stride - column0
            let place = Int(item.region)
            let area = densities[span.row - rows.lowerBound].cellArea
            let values = start + span.start..<start + span.end
            if values.count == 1 {
                let code = hasBytes ? Int(bytes[values.lowerBound]) : Int(codes[values.lowerBound])
                Self.add(code, ValueTally(cells: span.share, area: span.groundShare * area), to: &sums[place])
                continue
            }
            if hasBytes {
                counter.count(bytes.span.extracting(values))
            } else {
                counter.countPlaces(codes.span.extracting(values))
            }
            for code in counter.seen where counter.counts[code] > 0 {
                let count = Double(counter.counts[code])
                Self.add(
                    code, ValueTally(cells: count * span.share, area: count * (span.groundShare * area)),
                    to: &sums[place])
            }
            counter.clear()
        }
    }

    /// Counts a span whose cells differ in area from one to the next.
    private func addWarped(_ span: GridSpan, _ start: Int, _ hasBytes: Bool, _ sums: inout Sums) {
        weights?.forEachPart(row: span.row, span.start, span.end) { first, end, area, change in
            let values = start + first..<start + end
            if hasBytes {
                counter.countPlaces(block.bytes.span.extracting(values))
            } else {
                counter.countPlaces(codes.span.extracting(values))
            }
            for code in counter.seen where counter.counts[code] > 0 {
                let count = Double(counter.counts[code])
                let ground = count * area + Double(counter.places[code]) * change
                Self.add(code, ValueTally(cells: count * span.share, area: ground * span.groundShare), to: &sums)
            }
            counter.clear()
        }
    }

    /// Adds amounts cell by cell.
    private func addCover(_ span: GridSpan, _ start: Int, _ cellArea: Double?, _ sums: inout Sums) {
        func add(_ column: Int, _ area: Double) {
            let value = number(at: start + column)
            let tally = ValueTally(cells: span.share, area: area * span.groundShare)
            if value.isNaN {
                sums.noData += tally
            } else {
                sums.covered += tally
                sums.weightedSum += value * tally.area
            }
        }
        if let cellArea {
            for column in span.start..<span.end { add(column, cellArea) }
            return
        }
        weights?.forEachPart(row: span.row, span.start, span.end) { first, end, area, change in
            for column in first..<end { add(column, area + Double(column - first) * change) }
        }
    }

    /// The value at a place of the block; NaN where there are no data.
    private func number(at place: Int) -> Double {
        guard !block.bytes.isEmpty else { return block.numbers[place] }
        let value = Double(block.bytes[place])
        return value == grid.description.noData ? .nan : value
    }

    @inline(__always)
    private static func add(_ code: Int, _ tally: ValueTally, to sums: inout Sums) {
        while sums.codes.count <= code { sums.codes.append(ValueTally()) }
        sums.codes[code] += tally
    }

    /// Gives each value of the block its code; 0 is for cells without data.
    private func encode() throws {
        if valueOfCode.isEmpty { valueOfCode = [.nan] }
        if codes.count != block.numbers.count { codes = Array(repeating: 0, count: block.numbers.count) }
        var last: (value: Double, code: UInt32) = (.nan, 0)
        for row in 0..<block.height {
            for place in row * block.stride..<row * block.stride + block.width {
                let value = block.numbers[place]
                if value == last.value {
                    codes[place] = last.code
                    continue
                }
                guard !value.isNaN else {
                    codes[place] = 0
                    continue
                }
                // Zero has two patterns of bits.
                let key = value == 0 ? 0 : value.bitPattern
                if let known = codeOfValue[key] {
                    last = (value, known)
                } else {
                    guard valueOfCode.count < Self.valueLimit else { throw Self.tooManyValues }
                    last = (value, UInt32(valueOfCode.count))
                    codeOfValue[key] = last.code
                    valueOfCode.append(value)
                }
                codes[place] = last.code
            }
        }
        counter.grow(to: valueOfCode.count)
    }

    private static let tooManyValues = RedlineError(
        "the raster has more than \(valueLimit) different values, which are amounts and no classes.",
        remedy: "Say 'content: cover' for the layer if it holds cover values, or classify it first.")

    /// Turns sums by code into sums by value.
    private func tally(_ sums: Sums) -> RasterTally {
        var tally = RasterTally()
        tally.noData = sums.noData
        tally.weightedSum = sums.weightedSum
        if isCover {
            // One entry for all values: only their sum and their ground count.
            if sums.covered.cells > 0 { tally.values[0] = sums.covered }
            return tally
        }
        let hasBytes = grid.description.valueType == "Byte" && !grid.description.hasMask
        for (code, sum) in sums.codes.enumerated() where sum.cells > 0 {
            let value = hasBytes ? Double(code) : valueOfCode[code]
            if value.isNaN || value == grid.description.noData {
                tally.noData += sum
            } else {
                tally.values[value] = sum
            }
        }
        return tally
    }
}
