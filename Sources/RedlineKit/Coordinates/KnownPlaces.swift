import RedlineGeometry

/// What a catalog knows of where things lie: its extent and its regions, in longitude and latitude.
struct KnownPlaces: Sendable {
    /// A region (统计区) with the ground it covers.
    struct Region: Sendable {
        var code: String?
        var name: String?
        var polygons: [Polygon]
        var envelope: Envelope
    }

    /// The territory that the catalog claims; empty where it claims none.
    var extent: [Polygon] = []
    var extentEnvelope = Envelope.empty
    var regions: [Region] = []

    /// Nothing known.
    init() {}

    /// Reads the extent and the regions of a catalog. What cannot be read is not known: the reason is told where the
    /// layer is used.
    init(_ catalog: Catalog, threads: Int) async {
        let loader = LayerLoader(asOf: catalog.asOf, threads: threads)
        func zones(_ id: String) async -> [Zone] {
            guard let layer = catalog.layer(id) else { return [] }
            return (try? await loader.load(layer))?.zones ?? []
        }
        if let id = catalog.regions {
            regions = await zones(id).map {
                Region(code: $0.code, name: $0.name, polygons: $0.ground.polygons, envelope: $0.ground.envelope)
            }
        }
        switch catalog.extent {
        case .box(let box):
            extent = [Polygon(exteriorRing: box.corners)]
            extentEnvelope = box
        case .layer(let id) where id == catalog.regions: setExtent(regions.flatMap(\.polygons))
        case .layer(let id): setExtent(await zones(id).flatMap(\.ground.polygons))
        case nil: break
        }
    }

    private mutating func setExtent(_ polygons: [Polygon]) {
        extent = polygons
        for polygon in polygons { extentEnvelope.formUnion(Envelope(polygon.exteriorRing)) }
    }

    /// The region that a code (of a county, or of a unit such as `ZH63280110001`) or a name means.
    ///
    /// A name must be that of the region, or hold it whole: 都兰县光伏电站 means 都兰县, 都兰河 means nothing.
    func region(claimedBy text: String) -> Region? {
        let digits = Self.countyCode(in: text)
        if let digits, let region = regions.first(where: { $0.code == digits }) { return region }
        let named = regions.filter { region in
            guard let name = region.name, name.count >= 2 else { return false }
            return text.contains(name)
        }
        return named.count == 1 ? named[0] : nil
    }

    /// The county's six digits at the start of a code, letters before them left out; nil for other texts.
    static func countyCode(in text: String) -> String? {
        let rest = text.drop { $0.isASCII && $0.isLetter }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.count >= 6, text.count - rest.count <= 4, rest.count == digits.count || text.hasPrefix("ZH") else {
            return nil
        }
        let code = String(digits.prefix(6))
        return Gazetteer.place(of: code) == nil ? nil : code
    }

    /// Whether a position lies on the ground of polygons.
    static func covers(_ polygons: [Polygon], _ position: Position) -> Bool {
        polygons.contains { polygon in
            polygon.rings.reduce(false) { isInside, ring in isInside != crosses(ring, position) }
        }
    }

    /// Whether a ray to the east from `position` crosses the ring an odd number of times.
    private static func crosses(_ ring: [Position], _ position: Position) -> Bool {
        var isOdd = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > position.y) != (b.y > position.y) {
            if position.x < (b.x - a.x) * (position.y - a.y) / (b.y - a.y) + a.x { isOdd.toggle() }
        }
        return isOdd
    }
}

extension Envelope {
    /// The closed ring of its corners.
    var corners: [Position] {
        [
            Position(x: minX, y: minY), Position(x: maxX, y: minY), Position(x: maxX, y: maxY),
            Position(x: minX, y: maxY), Position(x: minX, y: minY),
        ]
    }
}
