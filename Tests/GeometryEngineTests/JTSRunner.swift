import GeometryEngine
import RedlineGeometry

/// Runs tests of the JTS XML suite through the public interface.
struct JTSRunner {
    /// How a test ended.
    enum Outcome: Equatable {
        case passed
        case failed(String)
        case notExposed
    }

    let context: GeometryContext

    func run(_ test: JTSTest) -> Outcome {
        do {
            return try outcome(of: test)
        } catch {
            return .failed("\(error)")
        }
    }

    private func outcome(of test: JTSTest) throws -> Outcome {
        if let plain = try truth(of: test) {
            guard "\(plain)" == test.expected.lowercased() else { return .failed("got \(plain)") }
            guard let indexed = try preparedTruth(of: test) else { return .passed }
            return indexed == plain ? .passed : .failed("prepared: got \(indexed)")
        }
        if let number = try number(of: test) {
            guard let expected = Double(test.expected) else { return .failed("no number expected") }
            // Without a tolerance of the file, double precision.
            return abs(number - expected) <= test.tolerance ?? 1e-12 * max(1, abs(expected))
                ? .passed : .failed("got \(number)")
        }
        return try shapeOutcome(of: test)
    }

    // MARK: - Arguments

    private func geometry(_ text: String) throws -> GEOSGeometryHandle {
        guard text.allSatisfy(\.isHexDigit), !text.isEmpty else { return try context.geometry(wellKnownText: text) }
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return try context.geometry(WellKnownBinary.decode(bytes))
    }

    private func geometry(_ index: Int, of test: JTSTest) throws -> GEOSGeometryHandle {
        try geometry(test.arguments[index] == "b" ? test.b : test.a)
    }

    // MARK: - Predicates

    private func truth(of test: JTSTest) throws -> Bool? {
        switch test.operation {
        case "isvalid": return try geometry(0, of: test).isValid
        case "issimple": return try geometry(0, of: test).isSimple
        case "overlayareatest": return try areasAddUp(geometry(0, of: test), geometry(1, of: test))
        case "intersects": return try geometry(0, of: test).intersects(geometry(1, of: test))
        case "disjoint": return try geometry(0, of: test).disjoint(geometry(1, of: test))
        case "touches": return try geometry(0, of: test).touches(geometry(1, of: test))
        case "crosses": return try geometry(0, of: test).crosses(geometry(1, of: test))
        case "within": return try geometry(0, of: test).within(geometry(1, of: test))
        case "contains": return try geometry(0, of: test).contains(geometry(1, of: test))
        case "overlaps": return try geometry(0, of: test).overlaps(geometry(1, of: test))
        case "covers": return try geometry(0, of: test).covers(geometry(1, of: test))
        case "coveredby": return try geometry(0, of: test).coveredBy(geometry(1, of: test))
        case "equalstopo": return try geometry(0, of: test).equalsTopologically(geometry(1, of: test))
        case "relate":
            let (pattern, other) = (test.arguments[2].uppercased(), try geometry(1, of: test).value())
            let first = try geometry(0, of: test)
            let matches = try first.relate(context.geometry(other), pattern: pattern)
            // Every pattern of the suite is a full matrix.
            let isMatrix = try first.relate(context.geometry(other)) == pattern
            guard matches == isMatrix else { throw Disagreement() }
            return matches
        default: return nil
        }
    }

    private struct Disagreement: Error {}

    private func preparedTruth(of test: JTSTest) throws -> Bool? {
        guard test.arguments.count == 2, test.operation != "overlayareatest", test.operation != "equalstopo" else {
            return nil
        }
        let first = try PreparedGeometry(preparing: geometry(0, of: test))
        let second = try geometry(1, of: test)
        switch test.operation {
        case "intersects": return try first.intersects(second)
        case "disjoint": return try first.disjoint(second)
        case "touches": return try first.touches(second)
        case "crosses": return try first.crosses(second)
        case "within": return try first.within(second)
        case "contains": return try first.contains(second)
        case "overlaps": return try first.overlaps(second)
        case "covers": return try first.covers(second)
        case "coveredby": return try first.coveredBy(second)
        default: return nil
        }
    }

    /// The identities of inclusion and exclusion, with the tolerance of JTS' own `overlayAreaTest`.
    private func areasAddUp(_ a: borrowing GEOSGeometryHandle, _ b: borrowing GEOSGeometryHandle) throws -> Bool {
        let (first, second) = (a.planarArea, b.planarArea)
        let (both, either) = (try a.intersection(b).planarArea, try a.union(b).planarArea)
        let (left, right) = (try a.difference(b).planarArea, try b.difference(a).planarArea)
        let apart = try a.symmetricDifference(b).planarArea
        let residuals = [
            first - both - left, second - both - right, apart - left - right, either - both - apart,
            either - first - second + both,
        ]
        return residuals.allSatisfy { abs($0) <= 1e-6 * max(first, second) }
    }

    // MARK: - Numbers and shapes

    private func number(of test: JTSTest) throws -> Double? {
        switch test.operation {
        case "distance": return try geometry(0, of: test).distance(to: geometry(1, of: test))
        case "unionlength": return try geometry(0, of: test).unaryUnion().planarLength
        case "unionarea": return try geometry(0, of: test).unaryUnion().planarArea
        default: return nil
        }
    }

    private func shapeOutcome(of test: JTSTest) throws -> Outcome {
        let grid = test.gridSize
        let number = test.arguments.compactMap(Double.init).first
        switch test.operation {
        case "convexhull": return try compare(geometry(0, of: test).convexHull(), test)
        case "getcentroid": return try compare(geometry(0, of: test).centroid(), test)
        case "getinteriorpoint": return try compare(geometry(0, of: test).pointOnSurface(), test)
        case "buffer": return try compare(geometry(0, of: test).buffer(distance: number ?? .nan), test)
        case "reduceprecision":
            // JTS takes a negative scale for the size of the grid.
            return try compare(geometry(0, of: test).withPrecision(gridSize: -(number ?? .nan)), test)
        case "union" where test.arguments.count == 1:
            let all = try geometry(0, of: test)
            guard let grid else { return try compare(all.unaryUnion(), test) }
            return try compare(all.unaryUnion(gridSize: grid), test)
        default: break
        }
        guard test.arguments.count == 2 else { return .notExposed }
        let first = try geometry(0, of: test)
        let second = try geometry(1, of: test)
        switch (test.operation, grid) {
        case ("intersection", nil), ("intersectionng", nil): return try compare(first.intersection(second), test)
        case ("union", nil), ("unionng", nil): return try compare(first.union(second), test)
        case ("difference", nil), ("differenceng", nil): return try compare(first.difference(second), test)
        case ("symdifference", nil), ("symdifferenceng", nil):
            return try compare(first.symmetricDifference(second), test)
        case ("intersection", let size?), ("intersectionng", let size?):
            return try compare(first.intersection(second, gridSize: size), test)
        case ("union", let size?), ("unionng", let size?):
            return try compare(first.union(second, gridSize: size), test)
        case ("difference", let size?), ("differenceng", let size?):
            return try compare(first.difference(second, gridSize: size), test)
        case ("symdifference", let size?), ("symdifferenceng", let size?):
            return try compare(first.symmetricDifference(second, gridSize: size), test)
        default: return .notExposed
        }
    }

    private func compare(_ actual: borrowing GEOSGeometryHandle, _ test: JTSTest) throws -> Outcome {
        // Some tests ask only for a result, whatever it is.
        guard !test.expected.isEmpty else { return .passed }
        let expected = try geometry(test.expected)
        // The suite's tolerance for coordinates, where the file has none of its own.
        let tolerance = test.tolerance ?? 1e-8
        if try actual.normalized().equalsExact(expected.normalized(), tolerance: tolerance) { return .passed }
        if actual.isEmpty || expected.isEmpty || actual.dimension != 2 || expected.dimension != 2 {
            return .failed("got \(try actual.wellKnownText().prefix(200))")
        }
        let difference = try actual.symmetricDifference(expected).planarArea / expected.planarArea
        // Buffers: JTS allows 1e-3 of the area, for other chords on the arcs. Else: the suite's tolerance.
        return difference <= (test.isBuffer ? 1e-3 : 1e-8) ? .passed : .failed("differs in \(difference) of the area")
    }
}
