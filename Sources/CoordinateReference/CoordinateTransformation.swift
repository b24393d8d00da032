internal import CRedlinePROJ
public import RedlineGeometry

/// Brings positions of one CRS to the plane that everything is measured in: CGCS2000 longitude and latitude in degrees
/// (EPSG:4490), longitude first.
///
/// WGS 84, ITRF and CGCS2000 count as one datum: their degrees are taken as they are, and projected CRSs on them only
/// undo their projection. Any other datum needs a transformation that PROJ can vouch for; where the best known one
/// leads to WGS 84, its degrees are taken as CGCS2000. Beijing 1954, New Beijing and Xian 1980 are refused unless a
/// PROJ string brings parameters, since PROJ leaves them unshifted, tens of metres and more off.
public final class CoordinateTransformation {
    /// The CRS that positions come from.
    public let source: CRSDefinition
    private let method: Method
    private var densifier: EdgeDensifier
    private var domain = DomainCheck()

    private enum Method {
        /// Degrees of the same datum, possibly in another unit or from another meridian.
        case degrees(perUnit: Double, primeMeridian: Double)
        case operation(PositionOperation)
        case webMap(WebMapOperation)
    }

    /// Builds the transformation; keep it, for that costs milliseconds where it needs PROJ.
    ///
    /// - Parameters:
    ///   - source: Any text that ``CRSDefinition`` reads, `GCJ-02` and `BD-09` included. A `+proj=pipeline` takes positions as the file has them,
    ///     easting or longitude first, and must end in longitude and latitude of CGCS2000 or WGS 84, in degrees or
    ///     radians.
    ///   - context: Reused where given.
    /// - Throws: ``CoordinateReferenceError`` where the text is not known, or no transformation can be trusted.
    public init(from source: String, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        if let known = WellKnownCRS(source) {
            self.source = known.definition(text: source)
            method = .degrees(perUnit: 1, primeMeridian: 0)
            densifier = EdgeDensifier(cellSize: 1)
            return
        }
        if let datum = WebMapDatum(source) {
            self.source = CRSDefinition(webMap: datum, text: source)
            method = .webMap(WebMapOperation(datum))
            densifier = EdgeDensifier(definition: self.source)
            return
        }
        let context = try ProjectionContext.reusing(context)
        let reading = try CRSReading(source, in: context)
        self.source = CRSDefinition(reading, text: source)
        if let systems = reading.systems, !systems.isProjected, systems.isWGS84Like {
            method = .degrees(perUnit: systems.degreesPerUnit, primeMeridian: systems.primeMeridian)
        } else {
            method = .operation(try PositionOperation.toLongitudeLatitude(reading, text: source))
        }
        densifier = EdgeDensifier(definition: self.source)
    }

    /// Returns the positions in longitude and latitude, one for each, in the same order.
    ///
    /// - Parameter positions: Longitude or easting first, in the units of the source.
    /// - Returns: Degrees; longitudes as PROJ gives them, from −180 to 180, where it is asked.
    /// - Throws: ``CoordinateReferenceError`` that names the first position that is not finite, lies beyond the degrees
    ///   of its CRS, or has no place in its projection.
    /// - Complexity: About 0.3 µs for each position of a transverse Mercator projection; 1 ns for degrees.
    public func transform(_ positions: [Position]) throws(CoordinateReferenceError) -> [Position] {
        try check(positions)
        switch method {
        case .degrees(let unit, let meridian):
            guard unit != 1 || meridian != 0 else { return positions }
            return positions.map { Position(x: $0.x * unit + meridian, y: $0.y * unit) }
        case .operation(let operation):
            var result = positions
            operation.apply(&result)
            try checkResult(result, of: positions, operation)
            try verify(positions, result, operation)
            return result
        case .webMap(let operation):
            let area = WebMapDatum.area
            for position in positions
            where !(area.minX...area.maxX).contains(position.x) || !(area.minY...area.maxY).contains(position.y) {
                throw .positionOutsideDomain(position, crs: source.text, message: "the shift is defined in China only")
            }
            var result = positions
            operation.apply(&result)
            return result
        }
    }

    /// Returns the geometry in longitude and latitude, with vertices added so that each edge that is straight in the
    /// source stays within 1 mm of where it was.
    ///
    /// The same edge gets the same vertices whichever way it runs, so that neighbours still share it. Edges of degrees
    /// that are taken as they are get none. Where PROJ picks formulas by region, an edge over their border follows the
    /// jump between them, which may be metres. Where a ring or line crosses the antimeridian, longitudes go on beyond
    /// ±180°.
    ///
    /// - Parameter geometry: In the source CRS.
    /// - Returns: The geometry of the same kind.
    /// - Throws: What ``transform(_:)`` throws, and ``CoordinateReferenceError/ringAroundPole(start:crs:)``.
    public func densifiedAndTransformed(_ geometry: Geometry) throws(CoordinateReferenceError) -> Geometry {
        try geometry.mapRuns { (run) throws(CoordinateReferenceError) in
            let vertices = try transform(run)
            guard run.count > 1 else { return vertices }
            switch method {
            case .degrees: return vertices
            case .webMap(let operation):
                let inserted = densifier.insertions(run, vertices, operation)
                return inserted.positions.isEmpty
                    ? vertices : inserted.woven(into: vertices, try transform(inserted.positions))
            case .operation(let operation):
                let inserted = densifier.insertions(run, vertices, operation)
                var result = vertices
                if !inserted.positions.isEmpty {
                    var added = inserted.positions
                    operation.apply(&added)
                    try checkResult(added, of: inserted.positions, operation)
                    result = inserted.woven(into: vertices, added)
                }
                try Self.unwrap(&result, run, crs: source.text)
                return result
            }
        }
    }

    private func check(_ positions: [Position]) throws(CoordinateReferenceError) {
        var maxX = Double.infinity
        var maxY = Double.infinity
        if source.isGeographic {
            var unit = 1.0
            if case .degrees(let degrees, _) = method { unit = degrees }
            // A whole turn either way: data around the antimeridian run past 180.
            (maxX, maxY) = (360 / unit, 90 / unit)
        }
        for position in positions where !(abs(position.x) <= maxX && abs(position.y) <= maxY && position.isFinite) {
            guard position.isFinite else { throw .positionNotFinite(position, crs: source.text) }
            // Degrees that became radians and back may end a few units of the last place beyond a pole.
            if abs(position.y) <= maxY * (1 + 1e-12) && abs(position.x) <= maxX * (1 + 1e-12) { continue }
            throw .positionBeyondDegrees(position, crs: source.text)
        }
    }

    private func checkResult(
        _ result: [Position], of positions: [Position], _ operation: PositionOperation
    ) throws(CoordinateReferenceError) {
        for (index, place) in result.enumerated()
        where !(place.isFinite && abs(place.y) <= 90 + 1e-9 && abs(place.x) <= 360) {
            let message = place.isFinite ? "the result is no longitude and latitude" : operation.lastMessage
            throw .positionOutsideDomain(positions[index], crs: source.text, message: message)
        }
    }

    private func verify(
        _ positions: [Position], _ result: [Position], _ operation: PositionOperation
    ) throws(CoordinateReferenceError) {
        guard source.isProjected else { return }
        // A centimetre: far above rounding and above what iterative inverses leave, far below any wrong branch. Where
        // PROJ picks a formula by region, it may pick another one on the way back, some metres apart.
        let tolerance = (operation.isSmooth ? 0.01 : 200) / (source.linearUnitInMeters ?? 1)
        let lost = domain.firstLost(positions, result, tolerance: tolerance) { operation.applyInverse(&$0) }
        guard let lost else { return }
        throw .positionOutsideDomain(
            lost, crs: source.text, message: "its longitude and latitude lead to another place")
    }

    /// Lets longitudes run on where an edge crosses the antimeridian, as PROJ breaks them there.
    private static func unwrap(
        _ result: inout [Position], _ run: [Position], crs: String
    ) throws(CoordinateReferenceError) {
        var shift = 0.0
        for index in result.indices.dropFirst() {
            let step = result[index].x + shift - result[index - 1].x
            if step > 180 { shift -= 360 } else if step < -180 { shift += 360 }
            result[index].x += shift
        }
        if let start = run.first, start == run.last, result.first != result.last {
            throw .ringAroundPole(start: start, crs: crs)
        }
    }
}

extension PositionOperation {
    /// The operation from what was read to CGCS2000 degrees.
    static func toLongitudeLatitude(
        _ reading: borrowing CRSReading, text: String
    ) throws(CoordinateReferenceError) -> PositionOperation {
        guard let systems = reading.systems else {
            guard let copy = unsafe reading.object.derive({ unsafe proj_clone($0, $1) }) else {
                throw .unknownCRS(definition: text, message: reading.object.context.lastMessage)
            }
            return PositionOperation(copy, crs: text)
        }
        if systems.isWGS84Like {
            guard let inverse = create(from: systems.horizontal, to: systems.geodetic) else {
                throw .noTransformation(crs: text, reason: reading.object.context.lastMessage)
            }
            return PositionOperation(
                inverse, crs: text, degreesPerUnit: systems.degreesPerUnit, primeMeridian: systems.primeMeridian)
        }
        let hasOwnParameters = CRSReading.isPROJString(CRSReading.trimmed(text)) && systems.isBound
        if systems.family == .olderChinese, !hasOwnParameters {
            throw .noTransformation(
                crs: text,
                reason: "PROJ has only a ballpark or regional answer from \(systems.datumName), tens of metres off")
        }
        for target in ["EPSG:4490", "EPSG:4326"] {
            guard let goal = unsafe reading.object.context.make({ unsafe proj_create($0, target) }) else {
                throw .engineUnavailable(message: reading.object.context.lastMessage)
            }
            // A height that comes along plays no part, but parameters of its own do.
            let operation =
                systems.isBound
                ? create(from: reading.object, to: goal) : create(from: systems.horizontal, to: goal)
            if let operation { return PositionOperation(operation, crs: text) }
        }
        throw .noTransformation(
            crs: text, reason: "PROJ has only a ballpark answer, or none, from the datum '\(systems.datumName)'")
    }
}
