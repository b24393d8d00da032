import RedlineKit

/// What was met in one layer or in all.
struct LayerTotal {
    /// A zone, told apart from those of other layers.
    struct ZoneKey: Hashable {
        let layerIndex: Int
        let zone: String
    }

    /// Findings that overlap.
    var overlaps = 0
    /// Sites with such a finding.
    var sites = 0
    /// Zones with such a finding.
    var zones: Set<ZoneKey> = []
    /// The sums of their areas in square metres, one for each face.
    var areas: [Double]
    /// Whether any of them has an area.
    var hasArea = false
    /// The sum of their lengths in metres.
    var length = 0.0
    /// The sum of their points.
    var points = 0
    var touches = 0
    var near = 0
    /// Sites with ground that the layer cannot judge.
    var notAssessable = 0

    init(faceCount: Int) { areas = Array(repeating: 0, count: faceCount) }

    mutating func add(_ finding: Finding, faces: [AreaFace]) {
        switch finding.relation {
        case .touches: touches += 1
        case .near: near += 1
        case .notAssessable: notAssessable += 1
        case .outside, .anywhere: break
        case .overlaps:
            overlaps += 1
            if let zone = finding.zone { zones.insert(ZoneKey(layerIndex: finding.layerIndex ?? -1, zone: zone.id)) }
            if let area = finding.area {
                hasArea = true
                for (index, face) in faces.enumerated() { areas[index] += face.value(area) ?? 0 }
            }
            length += finding.length ?? 0
            points += finding.points ?? 0
        }
    }
}

/// Counts and sums over all findings, taken in one pass.
struct ScreeningTotals {
    /// The number of sites in each state.
    private(set) var sites: [SiteState: Int] = [:]
    /// The total of each layer, at its place in ``ScreeningResult/layers``.
    private(set) var layers: [LayerTotal]
    /// The total of all layers.
    private(set) var all: LayerTotal

    init(_ result: ScreeningResult) {
        let faces = MeasuredArea.faces(for: result.options, printing: true)
        layers = result.layers.map { _ in LayerTotal(faceCount: faces.count) }
        all = LayerTotal(faceCount: faces.count)
        for site in result.sites {
            sites[site.state, default: 0] += 1
            var overlapped: Set<Int> = []
            var isNotAssessable = false
            for finding in site.findings {
                if let layer = finding.layerIndex { layers[layer].add(finding, faces: faces) }
                if finding.relation == .notAssessable {
                    isNotAssessable = true
                } else {
                    all.add(finding, faces: faces)
                }
                if finding.relation == .overlaps, let layer = finding.layerIndex { overlapped.insert(layer) }
            }
            for index in overlapped { layers[index].sites += 1 }
            if !overlapped.isEmpty { all.sites += 1 }
            if isNotAssessable { all.notAssessable += 1 }
        }
    }
}
