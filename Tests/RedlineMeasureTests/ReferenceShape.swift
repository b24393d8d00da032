import Foundation
import RedlineGeometry
import Testing

/// A row of the tables that Tests/Reference/make_area_reference.py writes.
struct ReferenceShape: CustomTestStringConvertible {
    let name: String
    let figures: [Double]
    let ring: [Position]

    var testDescription: String { name }

    var polygon: Polygon { Polygon(exteriorRing: ring) }

    /// The areas in 50-digit arithmetic: ellipsoidal, notice32.
    static func areas() throws -> [ReferenceShape] { try read("area-reference.csv") }

    /// GeographicLib's figures: area, perimeter.
    static func geodesics() throws -> [ReferenceShape] { try read("geodesic-reference.csv") }

    private static func read(_ name: String) throws -> [ReferenceShape] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Reference/\(name)"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",")
            let vertices = cells[3].split(separator: ";").map { $0.split(separator: " ").compactMap { Double($0) } }
            return ReferenceShape(
                name: String(cells[0]), figures: cells[1...2].compactMap { Double($0) },
                ring: vertices.map { Position(x: $0[0], y: $0[1]) })
        }
    }
}

/// A closed ring around a rectangle, counter-clockwise.
func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> [Position] {
    [(west, south), (east, south), (east, north), (west, north), (west, south)].map { Position(x: $0.0, y: $0.1) }
}

/// A closed ring through the given longitudes and latitudes.
func ring(_ vertices: (Double, Double)...) -> [Position] {
    (vertices + vertices.prefix(1)).map { Position(x: $0.0, y: $0.1) }
}
