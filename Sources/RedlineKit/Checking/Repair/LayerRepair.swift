import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Repairs a copy of a layer: drops exact duplicates, makes geometry valid, snaps lines to those of neighbours.
struct LayerRepair {
    /// How far a vertex may be moved, in metres; 0 for not at all.
    let snapDistance: Double
    private let context: GeometryContext
    private let measure = EllipsoidalArea()

    init(snapDistance: Double) throws {
        self.snapDistance = snapDistance
        context = try GeometryContext()
    }

    /// The repaired copy of a layer that was read and shaped.
    ///
    /// - Throws: ``RedlineError`` where the layer has no CRS; `CoordinateReferenceError`.
    func repaired(_ layer: CheckedLayer) throws -> RepairedLayer {
        guard let definition = layer.crs else {
            throw RedlineError(
                "the layer has no CRS.", file: layer.edition.source, layer: layer.layer.id,
                remedy: "Say what its coordinates are with --crs, or 'crs' in the catalog.")
        }
        let transformation = try CoordinateTransformation(from: definition)
        var changes: [RepairChange] = []
        let duplicates = DuplicateFaults(layer)
        let kept = layer.rows.indices.filter { row in
            guard duplicates.isExact(row) else { return true }
            changes.append(dropped(layer, row, like: duplicates.firsts[row]))
            return false
        }
        var shapes = try kept.map { try shape(of: layer.rows[$0], transformation, &changes) }
        if snapDistance > 0, OverlapFaults.Severity(layer.layer) == .fault {
            try snap(&shapes, kept.map { layer.rows[$0] }, transformation, &changes)
        }
        // A pipeline is no CRS that a file could state.
        let isWritable = !transformation.source.isOperation
        let rows = try zip(kept, shapes).map { row, shape in
            RepairedLayer.Row(
                id: layer.rows[row].id, attributes: layer.rows[row].attributes,
                geometry: isWritable ? shape : try shape.map(transformation.densifiedAndTransformed))
        }
        let evidence = layer.description.crs
        return RepairedLayer(
            id: layer.layer.id, fields: layer.description.fields,
            crs: isWritable ? transformation.source.authorityCode ?? evidence.definition ?? definition : "EPSG:4490",
            rows: rows, changes: changes)
    }

    private func dropped(_ layer: CheckedLayer, _ row: Int, like first: Int) -> RepairChange {
        let checked = layer.rows[row]
        return RepairChange(
            kind: .dropped, feature: checked.id, zoneCode: checked.code,
            message: LocalizedText(
                zh: "与要素 \(layer.rows[first].id) 的图形和属性完全相同",
                en: "equal to feature \(layer.rows[first].id) in ground and attributes"),
            areaBefore: checked.area, areaAfter: 0, movedArea: 0)
    }

    // MARK: - Validity

    /// The geometry of a row in the CRS of the file, valid.
    private func shape(
        of row: CheckedRow, _ transformation: CoordinateTransformation, _ changes: inout [RepairChange]
    ) throws -> Geometry? {
        guard case .success(let source) = row.source else {
            changes.append(left(row, row.geometryFaults.first?.reason ?? ""))
            return nil
        }
        guard !row.geometryFaults.isEmpty else { return source }
        guard let source, row.misfit == nil, let made = try? Ground.of(source, repairing: true, in: context).ground,
            let geometry = made.geometry
        else {
            changes.append(left(row, row.geometryFaults.first?.reason ?? ""))
            return source
        }
        let reasons = row.geometryFaults.map(\.reason)
        let before = try transformation.densifiedAndTransformed(source)
        let after = try transformation.densifiedAndTransformed(geometry)
        changes.append(
            change(
                .madeValid, row, before.parts.polygons, after.parts.polygons,
                zh: reasons.map(GeometryWords.chinese).joined(separator: "；"), en: reasons.joined(separator: "; ")))
        return geometry
    }

    private func left(_ row: CheckedRow, _ reason: String) -> RepairChange {
        RepairChange(
            kind: .left, feature: row.id, zoneCode: row.code,
            message: LocalizedText(
                zh: "无法修复：" + GeometryWords.chinese(reason), en: "nothing could be made of it: " + reason),
            areaBefore: row.area, areaAfter: row.area, movedArea: 0)
    }

    /// A change with its areas: by cells, which take invalid rings as they are.
    private func change(
        _ kind: RepairChange.Kind, _ row: CheckedRow, _ before: [Polygon], _ after: [Polygon], zh: String, en: String
    ) -> RepairChange {
        let old = CellLayer([CellBuilder().cells(of: before)])
        let new = CellLayer([CellBuilder().cells(of: after)])
        var query = CellQuery()
        let coverage = query.coverage(of: old, inRegion: 0, of: new)
        let areaBefore = query.coverage(of: new, inRegion: 0, of: old).region
        let moved = max(0, areaBefore + coverage.region - 2 * coverage.union)
        return RepairChange(
            kind: kind, feature: row.id, zoneCode: row.code, message: LocalizedText(zh: zh, en: en),
            areaBefore: areaBefore, areaAfter: coverage.region, movedArea: moved)
    }

    // MARK: - Snapping

    /// Moves lines onto those of zones before, in order.
    private func snap(
        _ shapes: inout [Geometry?], _ rows: [CheckedRow], _ transformation: CoordinateTransformation,
        _ changes: inout [RepairChange]
    ) throws {
        let snapper = RingSnapper(
            distance: snapDistance, scale: PlaneScale(transformation.source, around: rows.map(\.ground.envelope)))
        for (place, shape) in shapes.enumerated() {
            guard let shape, case let parts = shape.parts, !parts.polygons.isEmpty, parts.lines.isEmpty,
                parts.points.isEmpty
            else { continue }
            guard let snapped = snapper.snapped(parts.polygons) else {
                snapper.add(parts.polygons)
                continue
            }
            let made = try? Ground.of(.multiPolygon(snapped.polygons), repairing: true, in: context).ground
            guard let made, let geometry = made.geometry else {
                snapper.add(parts.polygons)
                continue
            }
            let before = try transformation.densifiedAndTransformed(shape).parts.polygons
            let after = try transformation.densifiedAndTransformed(geometry).parts.polygons
            var change = change(
                .snapped, rows[place], before, after, zh: "\(snapped.count) 个顶点移到相邻图斑的线上",
                en: "\(snapped.count) vertices moved to, or taken from, the lines of neighbours")
            // More than a strip as wide as the distance along the whole boundary is another shape.
            guard change.movedArea <= snapDistance * perimeter(before) else {
                change.kind = .left
                change.message = LocalizedText(
                    zh: "贴合会改变图形过多，保持原样", en: "snapping would change it too much; left as it was")
                (change.areaAfter, change.movedArea) = (change.areaBefore, 0)
                changes.append(change)
                snapper.add(parts.polygons)
                continue
            }
            change.longestShift = snapped.longestShift
            changes.append(change)
            shapes[place] = geometry
            snapper.add(made.polygons)
        }
    }

    private func perimeter(_ polygons: [Polygon]) -> Double {
        let lengths = GeodesicLength()
        return polygons.reduce(0) { $0 + lengths.perimeter(of: $1).meters }
    }
}
