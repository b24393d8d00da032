import Glibc
import RedlineCells
import RedlineGeometry
import RedlineMeasure
import TestSupport

/// Shapes in longitude–latitude that many tests share.
enum Shapes {
    static func rectangle(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> Polygon {
        ring((minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY))
    }

    static func ring(_ corners: (Double, Double)...) -> Polygon {
        var positions = corners.map { Position(x: $0.0, y: $0.1) }
        if let first = positions.first { positions.append(first) }
        return Polygon(exteriorRing: positions)
    }

    /// A star-shaped ring whose radius wanders between half and all of `radius`, valid by construction.
    static func blob(
        x: Double, y: Double, radius: Double, vertices: Int, _ generator: inout SeededGenerator
    ) -> Polygon {
        let waves = (1...12).map { (Double($0), 0.4 / Double($0), Double.random(in: 0...(2 * .pi), using: &generator)) }
        var positions = (0..<vertices).map { step -> Position in
            let angle = Double(step) / Double(vertices) * 2 * .pi
            let wave = waves.reduce(0) { $0 + $1.1 * sin($1.0 * angle + $1.2) }
            let r = radius * (0.75 + 0.15 * wave + .random(in: 0...0.01, using: &generator))
            return Position(x: x + r * cos(angle), y: y + r * sin(angle))
        }
        positions.append(positions[0])
        return Polygon(exteriorRing: positions)
    }
}

/// The ellipsoidal area of polygons that share no ground, in square metres.
func squareMeters(_ polygons: [Polygon]) -> Double {
    let measure = EllipsoidalArea()
    return polygons.reduce(0) { $0 + measure.area(of: $1).squareMeters }
}

/// The area that a site shares with each of several zones; zones it shares none with are left out.
func sharedAreas(_ site: [Polygon], _ zones: [[Polygon]], edgeLimit: Int = 32) -> [Int: Double] {
    let builder = CellBuilder(edgeLimit: edgeLimit)
    let layer = CellLayer(zones.map { builder.cells(of: $0) })
    var query = CellQuery()
    let meetings = query.meetings(of: SiteCells(site, area: squareMeters(site)), in: layer)
    return Dictionary(uniqueKeysWithValues: meetings.map { ($0.zone, $0.area) })
}

/// The area that two shapes share.
func sharedArea(_ site: [Polygon], _ zone: [Polygon], edgeLimit: Int = 32) -> Double {
    sharedAreas(site, [zone], edgeLimit: edgeLimit)[0] ?? 0
}

/// How often zones cover a region.
func coverage(of zones: [[Polygon]], in region: [Polygon]) -> LayerCoverage {
    let builder = CellBuilder()
    let layer = CellLayer(zones.map { builder.cells(of: $0) })
    let regions = CellLayer([builder.cells(of: region)])
    var query = CellQuery()
    return query.coverage(of: layer, inRegion: 0, of: regions)
}
