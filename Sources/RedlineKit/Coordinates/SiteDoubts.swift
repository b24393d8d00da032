import CoordinateReference
import LayerIO
import RedlineGeometry

/// Sites that do not lie where they should, and what would explain it: a wrong CRS, the shift of a web map, an older
/// datum. Nothing is moved; people are told.
struct SiteDoubts {
    let sites: [MeasuredSite]
    /// The places of sites with ground outside the extent of a layer, ascending.
    let outside: [Int]
    let input: SiteInput
    /// What it knows of places is read only where a site is odd.
    let catalog: Catalog
    let threads: Int

    /// What a shift of a web map or a datum reaches at most, with room: 659 m is the largest published shift.
    private static let reach = 800.0
    /// The most sites that are looked at one by one.
    private static let siteLimit = 200

    /// What is to be said, of the sites whose coordinates are odd.
    ///
    /// - Parameter regions: The regions that were loaded around the sites.
    /// - Returns: The remarks in the order of the sites.
    func remarks(regions: LoadedLayer?) async -> [Remark] {
        let counties = Self.places(of: regions)
        let elsewhere = sites.indices.filter { place in
            !sites[place].site.claims.isEmpty && liesElsewhere(sites[place].site, regions, counties)
        }
        let odd = Set(outside + elsewhere).sorted()
        guard !odd.isEmpty else { return [] }
        let known = await KnownPlaces(catalog, threads: threads)
        var remarks: [Remark] = []
        for index in odd.prefix(Self.siteLimit) { remarks += self.remarks(sites[index].site, known) }
        if outside.count == sites.count(where: { $0.site.problem == nil }), let remark = otherReading(known) {
            remarks.append(remark)
        }
        return remarks
    }

    /// Whether a site names a county whose ground, as far as it was loaded, does not hold its first place.
    private func liesElsewhere(_ site: Site, _ regions: LoadedLayer?, _ known: KnownPlaces) -> Bool {
        guard let regions, !site.claims.isEmpty, site.problem == nil else { return false }
        guard let region = site.claims.lazy.compactMap({ known.region(claimedBy: $0) }).first else {
            // A county far from the site was not loaded, and one that the catalog lacks says nothing.
            return site.claims.contains { claim in
                KnownPlaces.countyCode(in: claim).map { regions.codeCounts[$0] != nil } ?? true
            }
        }
        return !Self.vertices(of: site).allSatisfy { KnownPlaces.covers(region.polygons, $0) }
    }

    private static func places(of regions: LoadedLayer?) -> KnownPlaces {
        var known = KnownPlaces()
        known.regions = (regions?.zones ?? []).map {
            KnownPlaces.Region(
                code: $0.code, name: $0.name, polygons: $0.ground.polygons, envelope: $0.ground.envelope)
        }
        return known
    }

    // MARK: - One site

    private func remarks(_ site: Site, _ known: KnownPlaces) -> [Remark] {
        let vertices = Self.vertices(of: site)
        guard !vertices.isEmpty, site.problem == nil else { return [] }
        if let region = site.claims.lazy.compactMap({ known.region(claimedBy: $0) }).first {
            let name = region.name ?? region.code ?? ""
            return [remark(site, vertices, region.polygons, Remark(zh: "所称的 \(name)", en: "\(name), which it names"))]
                .compactMap(\.self)
        }
        guard !known.extent.isEmpty else { return [] }
        return [remark(site, vertices, known.extent, Remark(zh: "图层目录的范围", en: "the catalog's extent"))]
            .compactMap(\.self)
    }

    private func remark(_ site: Site, _ vertices: [Position], _ ground: [Polygon], _ title: Remark) -> Remark? {
        let outside = vertices.filter { !KnownPlaces.covers(ground, $0) }
        guard !outside.isEmpty else { return nil }
        let distance = outside.map { OutlineDistance.meters(from: $0, to: ground) }.max() ?? 0
        // Borders drawn twice differ by metres; that needs no explanation.
        guard distance > 20 else { return nil }
        guard distance <= Self.reach else {
            guard title.en.contains("names"), outside.count == vertices.count else { return nil }
            let kilometers = (distance / 100).rounded() / 10
            return Remark(
                zh: "用地 '\(site.id)' 位于\(title.zh)之外 \(kilometers) km：请核对坐标系和名称。",
                en: "Site '\(site.id)' lies \(kilometers) km outside \(title.en): check its CRS and the name.")
        }
        let meters = Int(distance.rounded())
        let explanations = WebMapDatum.allCases.filter { datum in
            vertices.allSatisfy { vertex in
                let place = datum.unshifted(vertex)
                return KnownPlaces.covers(ground, place) || OutlineDistance.meters(from: place, to: ground) < 20
            }
        }
        if let datum = explanations.first {
            let shift = Int(Self.shift(datum, vertices[0]).rounded())
            return Remark(
                zh:
                    "用地 '\(site.id)' 超出\(title.zh) \(meters) m；若坐标为 \(datum.rawValue)（此处偏移约 \(shift) m）则完全在内。请核对来源，必要时用 --crs \(datum.rawValue)。",
                en: "Site '\(site.id)' lies up to \(meters) m outside \(title.en); read as \(datum.rawValue), which is "
                    + "shifted by \(shift) m here, it lies inside. Check where its coordinates come from; --crs "
                    + "\(datum.rawValue) takes the shift away.")
        }
        return Remark(
            zh: "用地 '\(site.id)' 超出\(title.zh) \(meters) m：网络地图坐标（GCJ-02、BD-09）或旧坐标系（1980 西安、1954 北京）的偏移也是这个量级，请核对来源。",
            en:
                "Site '\(site.id)' lies up to \(meters) m outside \(title.en): web maps (GCJ-02, BD-09) and older datums "
                + "(Xian 1980, Beijing 1954) are off by as much; check where its coordinates come from.")
    }

    private static func shift(_ datum: WebMapDatum, _ position: Position) -> Double {
        let place = datum.unshifted(position)
        return OutlineDistance.meters(
            from: position, to: [Polygon(exteriorRing: [place, place])])
    }

    /// At most a hundred vertices of a site, spread over it.
    private static func vertices(of site: Site) -> [Position] {
        guard let geometry = site.ground.geometry else { return [] }
        var all: [Position] = []
        geometry.forEachPosition { all.append($0) }
        let step = max(1, (all.count + 99) / 100)
        return stride(from: 0, to: all.count, by: step).map { all[$0] }
    }

    // MARK: - All sites

    /// Another reading of the numbers that would put the sites inside the extent, where all lie outside.
    private func otherReading(_ known: KnownPlaces) -> Remark? {
        guard !known.extent.isEmpty, let path = input.paths.first else { return nil }
        let source = LayerSource(
            path: path, layer: input.layer, encoding: input.encoding, attributeFilter: input.filter,
            listShape: input.listShape)
        guard let sample = try? CoordinateSample(source),
            let diagnosis = try? CoordinateDetective(known: known).diagnose(sample), let best = diagnosis.best,
            let crs = best.crs, crs != input.crs, !["EPSG:4490", "GCJ-02", "BD-09"].contains(crs),
            KnownPlaces.covers(known.extent, best.center)
        else { return nil }
        return Remark(
            zh: "全部用地都在图层目录的范围之外。\(diagnosis.summary.zh)",
            en: "All sites lie outside the catalog's extent. \(diagnosis.summary.en)")
    }
}
