import RedlineGeometry

extension CellQuery {
    /// A rectangle of more than this, in degrees, is wider than two millimetres wherever it lies, 0.01° off the poles.
    private static let wideDegrees = 1e-6

    /// Twice area over boundary, in metres, above which ground is told to be wide.
    private static let certainWidth = 0.002

    /// Notes the zones of cells that each cover the window.
    mutating func trace(
        _ cells: Range<Int>, _ window: Envelope, _ region: RegionCell, _ regions: CellLayer, _ layer: CellLayer
    ) {
        for place in cells {
            let cell = Int(stack[place])
            let zone = layer.owners[cell]
            guard !tracer.isWide(zone) else { continue }
            walker.begin(window)
            var regionRule: FillRule?
            switch add(region, regions) {
            case .empty: return
            case .full: break
            case .partial: regionRule = region.rule
            }
            switch add(cell, of: layer, set: 1) {
            case .empty: continue
            case .full:
                guard regionRule != nil else {
                    let isLarge = window.width > Self.wideDegrees && window.height > Self.wideDegrees
                    tracer.add(zone, isWide: isLarge, area: walker.windowArea())
                    continue
                }
                let (area, isWide) = extent(regionRule, nil)
                tracer.add(zone, isWide: isWide, area: area)
            case .partial:
                let (area, isWide) = extent(regionRule, layer.rules[Int(zone)])
                if area > 0 { tracer.add(zone, isWide: isWide, area: area) }
            }
        }
    }

    /// Measures what both sets in the walker share, and whether it is for certain wide.
    private mutating func extent(_ first: FillRule?, _ second: FillRule?) -> (area: Double, isWide: Bool) {
        let window = walker.window
        let perSquareDegree = walker.windowArea() / (window.width * window.height)
        // A degree of latitude has 110.6 to 111.7 km.
        let metersPerDegreeY = 111_700.0
        let metersPerDegreeX = max(perSquareDegree / 110_500, 0)
        var tally = WidthTally(first, second, metersX: metersPerDegreeX, metersY: metersPerDegreeY)
        walker.walk(&tally)
        return (tally.area, tally.boundary > 0 && 2 * tally.area / tally.boundary > Self.certainWidth)
    }
}

/// The ground that two sets share, and at least the length of its boundary.
private struct WidthTally: SlabTally {
    private let firstMask: Int32
    private let secondMask: Int32
    private let metersX: Double
    private let metersY: Double
    private var firstWinding: Int32 = 0
    private var secondWinding: Int32 = 0
    private var widthAtLow = 0.0
    private var widthAtHigh = 0.0
    private var slants: [Double] = []
    /// In square metres.
    private(set) var area = 0.0
    /// In metres; never too short: to the sides of the shapes come those of the window, and the lower and upper end of
    /// every slab.
    private(set) var boundary = 0.0

    init(_ first: FillRule?, _ second: FillRule?, metersX: Double, metersY: Double) {
        firstMask = first?.mask ?? 0
        secondMask = second?.mask ?? 0
        self.metersX = metersX
        self.metersY = metersY
    }

    mutating func open() {
        firstWinding = 0
        secondWinding = 0
        widthAtLow = 0
        widthAtHigh = 0
        slants.removeAll(keepingCapacity: true)
        if isInside { slants.append(0) }
    }

    private var isInside: Bool {
        (firstMask == 0 || firstWinding & firstMask != 0) && (secondMask == 0 || secondWinding & secondMask != 0)
    }

    mutating func cross(set: Int32, sign: Int32, low: Double, high: Double) {
        let before = isInside
        if set == 0 { firstWinding &+= sign } else { secondWinding &+= sign }
        let after = isInside
        guard before != after else { return }
        widthAtLow += after ? -low : low
        widthAtHigh += after ? -high : high
        slants.append(high - low)
    }

    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        if isInside {
            widthAtLow += slab.width
            widthAtHigh += slab.width
            slants.append(0)
        }
        guard !slants.isEmpty else { return }
        let height = (slab.top - slab.bottom) * metersY
        for slant in slants { boundary += (slant * slant * metersX * metersX + height * height).squareRoot() }
        boundary += (abs(widthAtLow) + abs(widthAtHigh)) * metersX
        area += weight.area(
            base: slab.base, low: slab.bottom, high: slab.top, widthAtLow: widthAtLow, widthAtHigh: widthAtHigh)
    }
}
