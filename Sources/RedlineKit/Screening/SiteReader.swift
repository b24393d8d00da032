import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineGeometry

/// Reads sites from files: one site for each identifier, with all its rows.
struct SiteReader {
    let input: SiteInput
    let repairs: Bool
    let threads: Int
    let attributes: SiteAttributes
    /// What is known of places, asked for only where coordinates are in doubt.
    var places: @Sendable () async -> KnownPlaces = { KnownPlaces() }

    /// The sites in the order in which their first rows stand, and what was assumed to read them.
    ///
    /// - Throws: ``RedlineError`` if a file cannot be read, has no CRS or lacks a field that was named.
    func read() async throws -> (sites: [Site], remarks: [Remark]) {
        var read: [SiteRow] = []
        var remarks: [Remark] = []
        for path in input.paths {
            let (rows, notes) = try await self.rows(of: path)
            if read.isEmpty { read = rows } else { read += rows }
            remarks += notes
        }
        let rows = read
        let groups = grouped(rows)
        let sites = try await concurrentMap(count: groups.count, threads: threads) {
            try GeometryContext()
        } _: { context, index in
            let group = groups[index]
            return try site(group.id, [rows[group.first]] + group.others.map { rows[$0] }, context)
        }
        return (sites, remarks)
    }

    // MARK: - Rows

    private func rows(of path: String) async throws -> ([SiteRow], [Remark]) {
        let source = LayerSource(
            path: path, layer: input.layer, encoding: input.encoding, crs: input.crs, attributeFilter: input.filter,
            listShape: input.listShape)
        let reader: LayerReader
        do { reader = try LayerReader(source) } catch { throw RedlineError(inLayer: nil, error) }
        guard let crs = reader.description.crs.shortestDefinition else {
            throw CoordinateDoubt.missingCRS(
                source, doubt: reader.description.crs.doubt, option: "--crs", known: await places())
        }
        let names = reader.description.fields.map(\.name)
        let idField = try field(input.idField, option: "--id-field", default: "id", among: names, path)
        let nameField = try field(input.nameField, option: "--name-field", default: "name", among: names, path)
        let geoJSONField = input.idField == nil ? reader.fieldName(like: LayerReader.featureIDField) : nil
        let attributeFields = attributes.fields(among: names)
        let claimFields = ClaimFields.find(among: names, countyOnly: true)
        let own = [idField, nameField, geoJSONField].compactMap { $0 }
        do {
            let transformation = try CoordinateTransformation(from: crs)
            var sites: [SiteRow] = []
            var envelope = Envelope.empty
            var misplaced: (row: String, reason: String)?
            try await reader.forEachRow(
                own + attributeFields.map(\.field) + claimFields, of: source, threads: threads
            ) {
                let transformation = try CoordinateTransformation(from: crs)
                return { row in
                    var values = row.attributes.map(\.text)[...]
                    var site = SiteRow(file: path)
                    site.id = idField == nil ? nil : values.removeFirst()
                    site.name = nameField == nil ? nil : values.removeFirst()
                    site.geoJSONID = geoJSONField == nil ? nil : values.removeFirst()
                    for (attribute, value) in zip(attributeFields, values) {
                        if let text = value?.trimmed { site.attributes[attribute.name] = text }
                    }
                    site.claims = values.dropFirst(attributeFields.count).compactMap { $0?.trimmed }
                    return ReadRow(row.geometry, of: site, transformation)
                }
            } _: { row in
                envelope.formUnion(row.envelope)
                if misplaced == nil, let reason = row.misplaced {
                    misplaced = (row.site.id ?? row.site.geoJSONID ?? "row \(sites.count + 1)", reason)
                }
                sites.append(row.site)
            }
            if let contradiction = CoordinateDoubt.contradiction(envelope, transformation) {
                throw RedlineError(
                    contradiction + CoordinateDoubt.summary(of: source, known: await places()), file: path,
                    remedy: "Say what they are with --crs.")
            }
            if let misplaced {
                throw RedlineError(
                    misplaced.reason + CoordinateDoubt.summary(of: source, known: await places()), file: path,
                    feature: misplaced.row)
            }
            return (sites, reader.description.cautions + Self.shiftRemarks(transformation.source))
        } catch let error as CancellationError {
            throw error
        } catch let error as CoordinateReferenceError {
            throw RedlineError("\(error)", file: path)
        } catch {
            throw RedlineError(inLayer: nil, error)
        }
    }

    /// What is said where the shift of a web map was taken away, as asked.
    private static func shiftRemarks(
        _ crs: CRSDefinition
    ) -> [Remark] {
        guard let datum = WebMapDatum(crs.text) else { return [] }
        return [
            Remark(
                zh: "用地坐标已按要求由 \(datum.rawValue) 换算为 CGCS2000；换算公式非官方。",
                en: "Sites were brought from \(datum.rawValue) to CGCS2000 as asked; the formula is not official.")
        ]
    }

    private func field(
        _ asked: String?, option: String, default usual: String, among names: [String], _ path: String
    ) throws -> String? {
        guard let asked else { return names.first { $0 == usual } ?? names.first { $0.lowercased() == usual } }
        if let found = FieldAliases.field(named: asked, among: names) { return found }
        throw RedlineError(
            "there is no field '\(asked)' as \(option) says.", file: path,
            remedy: names.isEmpty ? "The file has no fields." : "Its fields: \(names.joined(separator: ", ")).")
    }

    // MARK: - Sites

    /// The rows of a site, by place.
    private struct RowGroup {
        var id: String
        var first: Int
        var others: [Int] = []
    }

    /// Rows by site. A column that is empty, or the same on every row of several, identifies nothing.
    private func grouped(_ rows: [SiteRow]) -> [RowGroup] {
        // By their places: an iterator would copy each row with all that it refers to.
        func identifies(_ value: (Int) -> String?) -> Bool {
            var (count, seen) = (0, Set<String>())
            for place in rows.indices {
                guard let given = value(place), !given.isEmpty else { continue }
                count += 1
                if seen.count < 2 { seen.insert(given) }
            }
            return count > 0 && (input.idField != nil || rows.count == 1 || count < rows.count || seen.count > 1)
        }
        let hasIDs = identifies { rows[$0].id }
        let hasGeoJSONIDs = identifies { rows[$0].geoJSONID }
        var places: [String: Int] = [:]
        places.reserveCapacity(rows.count)
        var groups: [RowGroup] = []
        groups.reserveCapacity(rows.count)
        for place in rows.indices {
            let given = (hasIDs ? rows[place].id : nil) ?? (hasGeoJSONIDs ? rows[place].geoJSONID : nil)
            guard let id = given, !id.isEmpty else {
                // A row number joins no site that bears it as its id.
                groups.append(RowGroup(id: String(place + 1), first: place))
                continue
            }
            if let group = places[id] {
                groups[group].others.append(place)
            } else {
                places[id] = groups.count
                groups.append(RowGroup(id: id, first: place))
            }
        }
        return groups
    }

    private func site(_ id: String, _ rows: [SiteRow], _ context: GeometryContext) throws -> Site {
        let name = rows.lazy.compactMap(\.name).first { !$0.isEmpty } ?? id
        var site = Site(id: id, name: name, ground: Ground(), isRepaired: false, problem: nil)
        site.file = rows[0].file
        for row in rows {
            for (name, value) in row.attributes where site.attributes[name]?.contains(value) != true {
                site.attributes[name, default: []].append(value)
            }
        }
        // What the command line says counts where the file is silent.
        site.attributes.merge(attributes.added) { own, _ in own }
        site.claims = rows.flatMap(\.claims)
        if let problem = rows.compactMap(\.problem).first {
            site.problem = problem
            return site
        }
        let geometries = rows.compactMap(\.geometry)
        do {
            let whole = geometries.count == 1 ? geometries[0] : .collection(geometries)
            (site.ground, site.isRepaired) = try Ground.of(whole, repairing: repairs, in: context)
            if site.ground.isEmpty { site.problem = "nothing is left of it after repair" }
        } catch let fault as GroundFault {
            site.problem = "\(fault)"
        } catch let error as GeometryError {
            site.problem = "\(error)"
        }
        return site
    }
}

/// A row of a site file, brought to the inside plane.
private struct ReadRow: Sendable {
    var site: SiteRow
    /// In the CRS of the file.
    var envelope = Envelope.empty
    /// Why its positions cannot be what the CRS says.
    var misplaced: String?

    init(
        _ geometry: Result<Geometry?, FeatureProblem>, of site: SiteRow, _ transformation: CoordinateTransformation
    ) {
        self.site = site
        switch geometry {
        case .failure(let problem): self.site.problem = "\(problem)"
        case .success(nil): self.site.problem = "it has no geometry"
        case .success(let geometry?):
            envelope = geometry.envelope
            place(geometry, transformation)
        }
    }

    private mutating func place(_ geometry: Geometry, _ transformation: CoordinateTransformation) {
        var isFinite = true
        geometry.forEachPosition { if !$0.isFinite { isFinite = false } }
        if geometry.isEmpty {
            site.problem = "its geometry is empty"
        } else if !isFinite {
            site.problem = "a coordinate is not a number"
        } else {
            do {
                site.geometry = try transformation.densifiedAndTransformed(geometry)
            } catch {
                misplaced = "\(error)"
            }
        }
    }
}
