package import RedlineGeometry

/// Cells of one zone that follow each other in a chunk.
package struct CellRun: Hashable, Sendable {
    /// The place of the zone; a negative one is left out.
    package var zone: Int32
    /// How many cells there are.
    package var cells: Int32
    /// How many edges these have.
    package var edges: Int32

    /// Creates a run.
    package init(zone: Int32, cells: Int32, edges: Int32) { (self.zone, self.cells, self.edges) = (zone, cells, edges) }
}

/// Some cells as they are kept in files: the rectangles of all, their edges, how many edges each has.
///
/// Numbers lie as they do in memory, least significant byte first, so that reading them is copying them.
package enum CellChunk {
    /// The size in bytes of a rectangle or an edge.
    static let wide = 32

    /// The bytes of some cells.
    ///
    /// - Parameters:
    ///   - cells: Their zones, by place in `zones`, and their places there.
    ///   - zones: The cells of all zones.
    /// - Returns: The runs of cells of one zone, and the bytes.
    package static func encoded(
        _ cells: [(zone: Int, cell: Int)], of zones: [ZoneCells]
    ) -> (runs: [CellRun], bytes: [UInt8]) {
        var runs: [CellRun] = []
        var bytes = LittleEndianBytes()
        var counts = LittleEndianBytes()
        for (zone, cell) in cells { bytes.append(zones[zone].rectangles[cell]) }
        for (zone, cell) in cells {
            let owner = zones[zone]
            let edges = Int(owner.edgeStarts[cell])..<Int(owner.edgeStarts[cell + 1])
            for edge in owner.edges[edges] {
                for value in [edge.startX, edge.startY, edge.endX, edge.endY] { bytes.append(value) }
            }
            counts.append(Int32(edges.count))
            if runs.last?.zone != Int32(zone) { runs.append(CellRun(zone: Int32(zone), cells: 0, edges: 0)) }
            runs[runs.count - 1].cells += 1
            runs[runs.count - 1].edges += Int32(edges.count)
        }
        return (runs, bytes.bytes + counts.bytes)
    }
}

/// Room for the cells of chunks, which several threads fill at once, each chunk once.
///
/// Copying them one after the other took a fifth of the time in which a table is made of a prepared catalog.
///
/// Safe because every run has a place of its own, and no more is written there than it has room for.
@safe
package struct CellRoom: Sendable {
    private let runs: [[CellRun]]
    /// Where the cells and edges of each run go.
    private let places: [[(cell: Int, edge: Int)]]
    private nonisolated(unsafe) let rectangles: UnsafeMutableBufferPointer<Envelope>
    private nonisolated(unsafe) let edgeCounts: UnsafeMutableBufferPointer<Int32>
    private nonisolated(unsafe) let edges: UnsafeMutableBufferPointer<CellEdge>

    fileprivate init(
        _ runs: [[CellRun]], _ places: [[(cell: Int, edge: Int)]], _ rectangles: UnsafeMutableBufferPointer<Envelope>,
        _ edgeCounts: UnsafeMutableBufferPointer<Int32>, _ edges: UnsafeMutableBufferPointer<CellEdge>
    ) {
        (self.runs, self.places) = (runs, places)
        unsafe (self.rectangles, self.edgeCounts, self.edges) = (rectangles, edgeCounts, edges)
    }

    /// Takes in the cells of a chunk.
    ///
    /// - Parameters:
    ///   - bytes: As ``CellChunk`` describes them.
    ///   - chunk: The place of the chunk.
    /// - Returns: Whether the bytes hold the cells that the runs of the chunk promise; else nothing is to be used.
    package func take(_ bytes: Span<UInt8>, ofChunk chunk: Int) -> Bool {
        let cells = runs[chunk].reduce(0) { $0 + Int($1.cells) }
        let edgeCount = runs[chunk].reduce(0) { $0 + Int($1.edges) }
        let (edgeStart, countStart) = (CellChunk.wide * cells, CellChunk.wide * (cells + edgeCount))
        guard bytes.count == countStart + 4 * cells else { return false }
        var (cell, edge) = (0, 0)
        for (run, place) in zip(runs[chunk], places[chunk]) {
            let (cellCount, edgeCount) = (Int(run.cells), Int(run.edges))
            defer { (cell, edge) = (cell + cellCount, edge + edgeCount) }
            guard run.zone >= 0 else { continue }
            var sum = 0
            for offset in 0..<cellCount {
                let count = bytes.int32(at: countStart + 4 * (cell + offset))
                guard count >= 0 else { return false }
                sum += Int(count)
                unsafe edgeCounts.initializeElement(at: place.cell + offset, to: count)
                unsafe rectangles.initializeElement(
                    at: place.cell + offset, to: bytes.envelope(at: CellChunk.wide * (cell + offset)))
            }
            guard sum == edgeCount else { return false }
            for offset in 0..<edgeCount {
                unsafe edges.initializeElement(
                    at: place.edge + offset, to: bytes.edge(at: edgeStart + CellChunk.wide * (edge + offset)))
            }
        }
        return true
    }
}

extension CellRoom {
    /// Takes in the cells of a zone, which is a chunk of its own with one run.
    ///
    /// - Returns: Whether these are as many as the run promises.
    package func take(_ zone: ZoneCells, ofChunk chunk: Int) -> Bool {
        let (run, place) = (runs[chunk][0], places[chunk][0])
        guard run.zone >= 0, zone.count == run.cells, zone.edges.count == run.edges else { return false }
        for cell in 0..<zone.count {
            unsafe rectangles.initializeElement(at: place.cell + cell, to: zone.rectangles[cell])
            unsafe edgeCounts.initializeElement(
                at: place.cell + cell, to: zone.edgeStarts[cell + 1] - zone.edgeStarts[cell])
        }
        for edge in zone.edges.indices {
            unsafe edges.initializeElement(at: place.edge + edge, to: zone.edges[edge])
        }
        return true
    }
}

extension CellLayer {
    /// Puts cells that were cut before together by zone; those of a zone stay in the order of the chunks. nil
    /// where the room was not filled.
    ///
    /// - Parameters:
    ///   - chunks: The runs of each chunk.
    ///   - origins: From where the places of each zone's edges are counted.
    ///   - rules: What counts as inside, for each zone; even–odd where nil.
    ///   - fill: Lets the room take every chunk, from any threads, and returns when all are done; false where one was not
    ///     taken.
    /// - Throws: What `fill` throws.
    /// - Complexity: That of copying the cells and indexing them.
    package init?(
        _ chunks: [[CellRun]], origins: [Position], rules: [FillRule]? = nil, fill: (CellRoom) throws -> Bool
    ) rethrows {
        var cellStarts = Array(repeating: Int32(0), count: origins.count + 1)
        var edgeStarts = cellStarts
        for run in chunks.joined() where run.zone >= 0 {
            cellStarts[Int(run.zone) + 1] += run.cells
            edgeStarts[Int(run.zone) + 1] += run.edges
        }
        for zone in origins.indices {
            cellStarts[zone + 1] += cellStarts[zone]
            edgeStarts[zone + 1] += edgeStarts[zone]
        }
        var (nextCell, nextEdge) = (cellStarts, edgeStarts)
        let places = chunks.map { runs in
            runs.map { run -> (cell: Int, edge: Int) in
                guard run.zone >= 0 else { return (0, 0) }
                let zone = Int(run.zone)
                defer {
                    nextCell[zone] += run.cells
                    nextEdge[zone] += run.edges
                }
                return (Int(nextCell[zone]), Int(nextEdge[zone]))
            }
        }
        let (cellCount, edgeCount) = (Int(cellStarts[origins.count]), Int(edgeStarts[origins.count]))
        var rectangles: [Envelope] = []
        var edgeCounts: [Int32] = []
        var isFilled = false
        let edges = try unsafe [CellEdge](unsafeUninitializedCapacity: edgeCount) { edges, edgesFilled in
            edgeCounts = try unsafe [Int32](unsafeUninitializedCapacity: cellCount) { counts, countsFilled in
                rectangles = try unsafe [Envelope](unsafeUninitializedCapacity: cellCount) { boxes, boxesFilled in
                    isFilled = try unsafe fill(CellRoom(chunks, places, boxes, counts, edges))
                    // What was not filled is never looked at.
                    boxesFilled = isFilled ? cellCount : 0
                }
                countsFilled = isFilled ? cellCount : 0
            }
            edgesFilled = isFilled ? edgeCount : 0
        }
        guard isFilled else { return nil }
        var owners: [Int32] = []
        owners.reserveCapacity(cellCount)
        for zone in origins.indices {
            owners += repeatElement(Int32(zone), count: Int(cellStarts[zone + 1] - cellStarts[zone]))
        }
        var sum: Int32 = 0
        var starts: [Int32] = [0]
        starts.reserveCapacity(cellCount + 1)
        for count in edgeCounts {
            sum += count
            starts.append(sum)
        }
        self.init(
            rectangles: rectangles, owners: owners, edgeStarts: starts, edges: edges, zoneStarts: cellStarts,
            rules: rules ?? Array(repeating: .evenOdd, count: origins.count), origins: origins)
    }
}
