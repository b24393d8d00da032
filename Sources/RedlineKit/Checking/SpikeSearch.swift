import RedlineGeometry
import RedlineMeasure

/// Finds where a boundary runs out and straight back: needles of one vertex and spikes of many.
///
/// From each vertex it goes along the boundary both ways at once, for as long as the two sides stay together.
struct SpikeSearch {
    /// The ring without its closing position.
    private let points: [Position]
    private let scale: LocalScale
    /// How far apart the two sides may be in metres; what is broader is a shape.
    private let limit: Double

    /// A spike is at least this many times as long as it is broad.
    private static let ratio = 20.0

    /// A spike of a ring.
    struct Spike: Equatable {
        /// The places in the ring of its end and of its two feet.
        var tip: Int
        var first: Int
        var last: Int
        /// Metres from the tip to where the sides part.
        var length: Double
        /// How far apart the sides are at most, in metres.
        var width: Double
    }

    /// Prepares a closed ring of at least four different positions.
    init(_ ring: [Position], scale: LocalScale, limit: Double) {
        points = Array(ring.dropLast())
        self.scale = scale
        self.limit = limit
    }

    /// The spikes in the order of the ring; of several on the same ground the longest.
    ///
    /// - Complexity: O(*n*) for rings without spikes; else also the square of the number of vertices of a spike.
    func spikes() -> [Spike] {
        guard points.count >= 4 else { return [] }
        let found = points.indices.compactMap(spike).sorted { ($1.length, $0.tip) < ($0.length, $1.tip) }
        var isTaken = [Bool](repeating: false, count: points.count)
        var result: [Spike] = []
        for spike in found where !isTaken[spike.tip] {
            result.append(spike)
            // Its feet too: the foot of one is not the end of another.
            var place = spike.first
            isTaken[place] = true
            while place != spike.last {
                place = next(place)
                isTaken[place] = true
            }
        }
        return result.sorted { $0.tip < $1.tip }
    }

    /// The positions of a spike as a closed ring, from foot to foot.
    func outline(of spike: Spike, in ring: [Position]) -> [Position] {
        var outline = [ring[spike.first]]
        var place = spike.first
        while place != spike.last {
            place = next(place)
            outline.append(ring[place])
        }
        return outline + [outline[0]]
    }

    private func next(_ place: Int) -> Int { place + 1 == points.count ? 0 : place + 1 }
    private func previous(_ place: Int) -> Int { place == 0 ? points.count - 1 : place - 1 }

    /// The spike that ends at a vertex; nil where its sides part too soon.
    private func spike(_ tip: Int) -> Spike? {
        var (left, right) = (tip, tip)
        var (leftLength, rightLength) = (0.0, 0.0)
        var width = 0.0
        var found: Spike?
        // One vertex stays behind: a ring that is narrow altogether is a sliver.
        for _ in 0..<points.count - 3 {
            let (before, after) = (previous(left), next(right))
            let toLeft = leftLength + scale.distance(points[left], points[before])
            let toRight = rightLength + scale.distance(points[right], points[after])
            // The side that is behind goes on, and is looked at from the edge that the other side is on.
            let length = min(toLeft, toRight)
            let gap: Double
            if toLeft <= toRight {
                gap = scale.distance(from: points[before], toEdge: points[right], points[after])
                (left, leftLength) = (before, toLeft)
            } else {
                gap = scale.distance(from: points[after], toEdge: points[left], points[before])
                (right, rightLength) = (after, toRight)
            }
            width = max(width, gap)
            guard width <= limit else { break }
            if length >= limit, length >= Self.ratio * width {
                found = Spike(tip: tip, first: left, last: right, length: length, width: width)
            }
        }
        // The last step may have left the other side behind: a needle of one vertex has two feet.
        if let spike = found, spike.first == tip || spike.last == tip {
            found?.first = spike.first == tip ? previous(tip) : spike.first
            found?.last = spike.last == tip ? next(tip) : spike.last
        }
        return found
    }
}
