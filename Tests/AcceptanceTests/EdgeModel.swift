import Foundation
import LayerIO
import RedlineGeometry
import Testing

/// How far two ways of drawing an edge enclose different ground: the tolerance of figures that others published.
///
/// An edge of length s whose geodesic curvatures under two models differ by κ has, between its two courses, a lens with the
/// sagitta κ s² / 8 and the area 2/3 · s · κ s² / 8 = κ s³ / 12.
///
/// For an edge straight in longitude and latitude against a geodesic, at latitude B and azimuth α: the geodesic turns by
/// dα/ds = sin α tan B / N (Clairaut). On the straight one, tan α = (N cos B / M) dL/dB with a constant dL/dB, so that
/// dα/ds = −sin α cos² α (tan B / N + M′/M²), where M′ = dM/dB = 3 e² M sin B cos B / (1 − e² sin² B). The difference is
/// κ = sin α (tan B / N + cos² α (tan B / N + M′/M²)); on a sphere tan B / R · sin α (1 + cos² α).
///
/// A line straight in an equal-area azimuthal plane, ρ from its centre, has a curvature of at most 3 ρ / (4 R²), from the
/// metric (1 + ρ²/4R²) dρ² + (1 − ρ²/4R²) ρ² dθ² of that plane.
struct EdgeModel {
    private static let (axis, eccentricity) = (6_378_137.0, 0.006_694_38)

    /// The lens of an edge in longitude and latitude against the geodesic, in square metres: positive where the geodesic
    /// runs to the left of the way from `start` to `end`.
    static func lens(_ start: Position, _ end: Position) -> Double {
        let latitude = (start.y + end.y) / 2 * .pi / 180
        let (sine, cosine) = (sin(latitude), cos(latitude))
        let w = 1 - eccentricity * sine * sine
        let (n, m) = (axis / w.squareRoot(), axis * (1 - eccentricity) / (w * w.squareRoot()))
        let east = (end.x - start.x) * .pi / 180 * n * cosine
        let north = (end.y - start.y) * .pi / 180 * m
        let length = (east * east + north * north).squareRoot()
        guard length > 0 else { return 0 }
        let (sinAzimuth, cosAzimuth) = (east / length, north / length)
        let turn = sine / cosine / n
        let growth = 3 * eccentricity * sine * cosine / (w * m)
        return sinAzimuth * (turn + cosAzimuth * cosAzimuth * (turn + growth)) * length * length * length / 12
    }

    /// The sum of the lenses of a boundary, each positive: no cutting, joining or leaving out of its parts moves the area
    /// by more, because the pieces of an edge have smaller lenses than the edge.
    static func bound(_ polygons: [Polygon]) -> Double {
        polygons.reduce(0) { $0 + $1.edges.reduce(0) { $0 + abs(lens($1.0, $1.1)) } }
    }

    /// By how much polygons are larger with geodesic edges than with straight ones.
    static func gain(_ polygons: [Polygon]) -> Double {
        polygons.reduce(0) { sum, polygon in
            let rings = [polygon.exteriorRing] + polygon.interiorRings
            return rings.enumerated().reduce(sum) { sum, entry in
                let ring = entry.element
                let steps = zip(ring, ring.dropFirst())
                let doubled = steps.reduce(0) {
                    $0 + ($1.0.x - ring[0].x) * ($1.1.y - ring[0].y) - ($1.1.x - ring[0].x) * ($1.0.y - ring[0].y)
                }
                // A boundary that runs with its ground on the left loses what bulges to the left.
                let side = (doubled > 0) == (entry.offset == 0) ? -1.0 : 1
                return sum + side * steps.reduce(0) { $0 + lens($1.0, $1.1) }
            }
        }
    }

    /// The same bound for edges in metres of EPSG:3035 that are kept within `tolerance`: an edge whose sagitta is larger is
    /// split, and then no part of it lies further off.
    /// `latitude` is the highest one, which has the largest curvature, and `radius` the largest distance from the centre of
    /// the projection.
    static func bound(_ polygons: [Polygon], latitude: Double, radius: Double, tolerance: Double) -> Double {
        // sin α (1 + cos² α) is at most 4/3 · √(2/3) = 1.0887; the ellipsoid adds less than 2 %.
        let curvature =
            1.02 * 1.0887 * tan(latitude * .pi / 180) / axis + 3 * radius / (4 * axis * axis)
        return polygons.reduce(0) { sum, polygon in
            polygon.edges.reduce(sum) { sum, edge in
                let length = hypot(edge.1.x - edge.0.x, edge.1.y - edge.0.y)
                return sum + min(curvature * length * length * length / 12, 2 / 3 * length * tolerance)
            }
        }
    }

    /// By how much the area of zones in a region may differ between both models: the lenses of all edges that can bound it.
    static func bound(zones: [Polygon], region: [Polygon]) -> Double {
        let box = region.box
        return bound(region) + bound(zones.filter { [$0].box.intersects(box) })
    }

    /// The polygons of each row of a layer, with the text of a field.
    static func polygons(
        _ path: String, layer: String? = nil, where filter: String? = nil, field: String? = nil
    ) throws -> [(name: String, polygons: [Polygon])] {
        var found: [(name: String, polygons: [Polygon])] = []
        try LayerReader(LayerSource(path: path, layer: layer, attributeFilter: filter)).read(
            fields: field.map { [$0] } ?? []
        ) { rows in
            for row in rows {
                guard case .success(let geometry?) = row.geometry else { continue }
                found.append((row.attributes.first?.text ?? "", geometry.parts.polygons))
            }
        }
        return found
    }
}

extension Polygon {
    /// The edges of all rings.
    var edges: [(Position, Position)] {
        ([exteriorRing] + interiorRings).flatMap { Array(zip($0, $0.dropFirst())) }
    }
}

extension [Polygon] {
    /// The rectangle around all.
    var box: Envelope { reduce(into: Envelope.empty) { $0.formUnion(Geometry.polygon($1).envelope) } }
}

@Suite("The difference between models of edges")
struct EdgeModelTests {
    @Test("The formula gives A-05's difference between straight and geodesic edges, and A-07's")
    func formula() {
        func polygon(_ corners: [(Double, Double)]) -> Polygon {
            Polygon(exteriorRing: (corners + corners.prefix(1)).map { Position(x: $0.0, y: $0.1) })
        }
        // 49 391 955.917 − 49 370 232.089, and 98 719 154.126 − 98 719 156.289, within a hundredth of the lenses.
        let triangle = [polygon([(95, 37), (95.1, 37), (95, 37.1)])]
        #expect(abs(EdgeModel.gain(triangle) - 21_723.828) < 0.01 * EdgeModel.bound(triangle))
        let cell = [polygon([(95, 37), (95.1, 37), (95.1, 37.1), (95, 37.1)])]
        #expect(abs(EdgeModel.gain(cell) + 2.163) < 0.01 * EdgeModel.bound(cell))
        // The same ring the other way round.
        let reversed = [Polygon(exteriorRing: Array(triangle[0].exteriorRing.reversed()))]
        #expect(abs(EdgeModel.gain(reversed) - EdgeModel.gain(triangle)) < 1e-9)
    }
}
