import RedlineGeometry

/// An edge in the window of a walk: from its lower end upwards, in degrees from the window's lower left corner.
struct SlabEdge {
    var lowX: Double
    var lowY: Double
    var highX: Double
    var highY: Double
    /// Change of x with y.
    var slope: Double
    var set: Int32
    /// 1 where the edge ran upwards, −1 where downwards.
    var sign: Int32

    @inline(__always)
    init(lowX: Double, lowY: Double, highX: Double, highY: Double, set: Int32, sign: Int32) {
        self.lowX = lowX
        self.lowY = lowY
        self.highX = highX
        self.highY = highY
        self.set = set
        self.sign = sign
        slope = (highX - lowX) / (highY - lowY)
    }

    @inline(__always)
    func x(atY y: Double) -> Double {
        let x = lowX + (y - lowY) * slope
        // A nearly horizontal edge may overshoot.
        return max(min(x, max(lowX, highX)), min(lowX, highX))
    }
}

/// An edge that reaches through the slab, and where it is at the slab's lower and upper end.
struct ActiveEdge {
    var low: Double
    var high: Double
    var edge: Int32
}

/// Measures any combination of sets of edges inside a rectangle, the window.
///
/// The height is cut into slabs at every vertex and every crossing; in each slab the edges are crossed in order from
/// left to right, and a ``SlabTally`` adds the trapezoids between them. Coinciding edges enclose nothing, and nothing
/// depends on topology, so that no input makes it fail.
struct SlabWalker {
    /// What a set holds in the window.
    enum Content {
        case empty
        case partial
        case full
    }

    var edges: [SlabEdge] = []
    var weight = LatitudeWeight()
    private(set) var window = Envelope.empty
    private(set) var width = 0.0
    private(set) var height = 0.0
    private var runs: [SideRun] = []
    private var events: [SideEvent] = []
    var active: [ActiveEdge] = []
    var crossings: [Double] = []
    var crossing: [ActiveEdge] = []

    /// Starts with a new window and no edges.
    ///
    /// All places are counted from its lower left corner, so that rounding is relative to its size.
    mutating func begin(_ window: Envelope) {
        self.window = window
        width = window.maxX - window.minX
        height = window.maxY - window.minY
        edges.removeAll(keepingCapacity: true)
    }

    /// The area of the whole window in square metres.
    mutating func windowArea() -> Double {
        weight.area(base: window.minY, low: 0, high: height, widthAtLow: width, widthAtHigh: width)
    }

    /// Clips a cell's edges to the window, which lies in the cell, and takes them in as one set.
    ///
    /// As in a cell, what lies left of the window moves onto its left side and what lies right of it is dropped.
    /// The places of the edges are counted from `origin`.
    mutating func add(_ cell: Span<CellEdge>, origin: Position, set: Int32, rule: FillRule) -> Content {
        runs.removeAll(keepingCapacity: true)
        let firstEdge = edges.count
        let (originX, originY) = (window.minX - origin.x, window.minY - origin.y)
        for index in cell.indices {
            let edge = cell[index]
            let startY = edge.startY - originY
            let endY = edge.endY - originY
            guard min(startY, endY) < height, max(startY, endY) > 0 else { continue }
            let startX = edge.startX - originX
            let endX = edge.endX - originX
            guard min(startX, endX) < width else { continue }
            clip(CellEdge(startX: startX, startY: startY, endX: endX, endY: endY), set: set)
        }
        return finishSet(from: firstEdge, set: set, rule: rule)
    }

    /// Takes the part of an edge inside the window's height; it reaches left of the right side.
    @inline(__always)
    private mutating func clip(_ edge: CellEdge, set: Int32) {
        var piece = edge
        if edge.startY < 0 {
            piece.startX = edge.x(atY: 0)
            piece.startY = 0
        } else if edge.startY > height {
            piece.startX = edge.x(atY: height)
            piece.startY = height
        }
        if edge.endY < 0 {
            piece.endX = edge.x(atY: 0)
            piece.endY = 0
        } else if edge.endY > height {
            piece.endX = edge.x(atY: height)
            piece.endY = height
        }
        guard piece.startY != piece.endY else { return }
        if piece.startX <= 0, piece.endX <= 0 {
            return SideRuns.append(SideRun(start: piece.startY, end: piece.endY), to: &runs, from: 0)
        }
        if min(piece.startX, piece.endX) >= width { return }
        if piece.startX >= 0, piece.endX >= 0, piece.startX <= width, piece.endX <= width { return take(piece, set) }
        split(piece, set)
    }

    /// Takes an edge that crosses the left or the right side of the window, or both.
    private mutating func split(_ edge: CellEdge, _ set: Int32) {
        var piece = edge
        if edge.startX < 0 {
            piece.startX = 0
            piece.startY = edge.y(atX: 0)
            SideRuns.append(SideRun(start: edge.startY, end: piece.startY), to: &runs, from: 0)
        } else if edge.startX > width {
            piece.startX = width
            piece.startY = edge.y(atX: width)
        }
        if edge.endX < 0 {
            piece.endX = 0
            piece.endY = edge.y(atX: 0)
            SideRuns.append(SideRun(start: piece.endY, end: edge.endY), to: &runs, from: 0)
        } else if edge.endX > width {
            piece.endX = width
            piece.endY = edge.y(atX: width)
        }
        take(piece, set)
    }

    @inline(__always)
    private mutating func take(_ edge: CellEdge, _ set: Int32) {
        if edge.startY < edge.endY {
            edges.append(
                SlabEdge(
                    lowX: edge.startX, lowY: edge.startY, highX: edge.endX, highY: edge.endY, set: set, sign: 1))
        } else if edge.endY < edge.startY {
            edges.append(
                SlabEdge(
                    lowX: edge.endX, lowY: edge.endY, highX: edge.startX, highY: edge.startY, set: set, sign: -1))
        }
    }

    private mutating func finishSet(from firstEdge: Int, set: Int32, rule: FillRule) -> Content {
        SideRuns.reduce(&runs, from: 0, rule: rule, &events)
        if edges.count == firstEdge {
            guard !runs.isEmpty else { return .empty }
            if SideRuns.cover(runs, 0..<runs.count, low: 0, high: height) { return .full }
        }
        for run in runs { take(CellEdge(startX: 0, startY: run.start, endX: 0, endY: run.end), set) }
        return .partial
    }
}
