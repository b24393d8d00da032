import RedlineGeometry

/// How well outlines fit the regions of the catalog that they claim to be: what tells GCJ-02 from WGS 84.
struct ShapeFit {
    let known: KnownPlaces

    /// The most features and vertices that are compared; a median of hundreds of distances is steady.
    private static let featureLimit = 12

    /// The median distance in metres of sampled vertices to the outlines of the regions that their features claim, for
    /// each reading in degrees; nil where no feature claims a region of the catalog.
    ///
    /// - Complexity: O(vertices of the sample × vertices of the regions it claims).
    func residuals(of sample: CoordinateSample, in readings: [CoordinateReading]) -> [Double?]? {
        let pairs = pairs(of: sample)
        guard !pairs.isEmpty else { return nil }
        return readings.map { reading in
            var distances: [Double] = []
            for pair in pairs {
                for vertex in pair.vertices {
                    guard let place = reading.place(vertex) else { return nil }
                    // A tenth of a degree is far beyond what any shift of a map does.
                    guard pair.region.envelope.expanded(dx: 0.1, dy: 0.1).contains(Envelope([place])) else {
                        distances.append(10_000)
                        continue
                    }
                    distances.append(OutlineDistance.meters(from: place, to: pair.region.polygons))
                }
            }
            return distances.isEmpty ? nil : distances.sorted()[distances.count / 2]
        }
    }

    /// The shift that brings the outlines of a reading onto those of the regions they claim; nil where none does.
    func shift(of sample: CoordinateSample, in reading: CoordinateReading) -> OutlineShift? {
        OutlineShift(
            pairs(of: sample).map { pair in (pair.vertices.compactMap(reading.place), pair.region.polygons) })
    }

    private func pairs(of sample: CoordinateSample) -> [(vertices: [Position], region: KnownPlaces.Region)] {
        var pairs: [(vertices: [Position], region: KnownPlaces.Region)] = []
        for feature in sample.features where feature.vertices.count >= 10 && pairs.count < Self.featureLimit {
            guard let region = feature.claims.lazy.compactMap({ known.region(claimedBy: $0) }).first else { continue }
            pairs.append((feature.vertices, region))
        }
        return pairs
    }
}

/// Distances of some hundred metres in longitude and latitude, to a part in a hundred.
enum OutlineDistance {
    /// Metres from a position to the nearest ring; infinite where there is none.
    static func meters(from position: Position, to polygons: [Polygon]) -> Double {
        let north = 111_000.0
        let east = 111_320 * cosine(position.y)
        var best = Double.infinity
        for polygon in polygons {
            for ring in polygon.rings {
                for (a, b) in zip(ring, ring.dropFirst()) {
                    let (ax, ay) = ((a.x - position.x) * east, (a.y - position.y) * north)
                    let (bx, by) = ((b.x - position.x) * east, (b.y - position.y) * north)
                    let (dx, dy) = (bx - ax, by - ay)
                    let square = dx * dx + dy * dy
                    let t = square > 0 ? min(1, max(0, -(ax * dx + ay * dy) / square)) : 0
                    let (px, py) = (ax + t * dx, ay + t * dy)
                    best = min(best, px * px + py * py)
                }
            }
        }
        return best.squareRoot()
    }

    /// The cosine of a latitude in degrees, by its series: to 10⁻⁵ up to 60°.
    static func cosine(_ latitude: Double) -> Double {
        let x = latitude * .pi / 180
        let s = x * x
        return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56)))
    }
}
