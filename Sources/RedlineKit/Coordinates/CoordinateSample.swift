import CoordinateReference
import LayerIO
import RedlineGeometry

/// What is looked at to find out what the numbers of a file are.
struct CoordinateSample: Sendable {
    /// A place of a feature and the county that the feature claims.
    struct Feature: Sendable {
        var position: Position
        /// Codes and names in its attributes.
        var claims: [String]
        /// Its vertices, a few of them, for comparison with the outline of the region it claims.
        var vertices: [Position] = []
    }

    /// The extent of all numbers, in the order of the file.
    var envelope = Envelope.empty
    /// Features spread over the file.
    var features: [Feature] = []
    /// What the file says of its origin: the office that made it, its title.
    var prose: String?
    /// What the file says of its datum.
    var statements: [DatumStatement] = []

    /// The most features that are looked at.
    static let featureLimit = 100
    /// The most vertices of one feature.
    static let vertexLimit = 40

    /// Every how many-th feature is kept.
    private var step = 1
    private var seen = 0

    init() {}

    /// Takes a sample of geometries that claim nothing.
    init(_ geometries: [Geometry]) { for geometry in geometries { add(geometry, claims: []) } }

    /// Takes one more feature into account; of many features every second, fourth, eighth … is kept.
    mutating func add(_ geometry: Geometry, claims: [String]) {
        let own = geometry.envelope
        guard !own.isEmpty, [own.minX, own.minY, own.maxX, own.maxY].allSatisfy(\.isFinite) else { return }
        envelope.formUnion(own)
        if seen.isMultiple(of: step) { features.append(Self.feature(geometry, claims: claims)) }
        seen += 1
        if features.count > Self.featureLimit {
            features = stride(from: 0, to: features.count, by: 2).map { features[$0] }
            step *= 2
        }
    }

    private static func feature(_ geometry: Geometry, claims: [String]) -> Feature {
        var all: [Position] = []
        geometry.forEachPosition { all.append($0) }
        let step = max(1, all.count / vertexLimit)
        let some = stride(from: 0, to: all.count, by: step).map { all[$0] }
        return Feature(position: Envelope(some).center, claims: claims, vertices: Array(some.prefix(vertexLimit)))
    }

    /// Reads a sample of a layer, row by row.
    ///
    /// - Throws: `LayerError`.
    init(_ source: LayerSource) throws {
        let reader = try LayerReader(source)
        let names = reader.description.fields.map(\.name)
        let fields = ClaimFields.find(among: names)
        let datumFields = DatumStatement.fields(among: names)
        var datums: Set<String> = []
        try reader.read(fields: fields + datumFields) { batch in
            for row in batch {
                guard let geometry = try? row.geometry.get() else { continue }
                add(geometry, claims: row.attributes.prefix(fields.count).compactMap { $0.text?.trimmed })
                if datums.count < 20, let named = row.attributes.dropFirst(fields.count).first?.text?.trimmed {
                    datums.insert(named)
                }
            }
        }
        prose = reader.description.prose
        statements = DatumStatement.all(in: reader.description, path: source.path, values: datums.sorted())
    }
}

/// The fields in which features say which county they belong to.
enum ClaimFields {
    private static let aliases = [
        "XZQDM", "XJXZQDM", "XZQMC", "XJXZQMC", "adcode", "county_code", "countycode", "county", "district", "行政区代码",
        "行政区划代码", "行政区名称", "行政区", "区县", "县区", "县", "所在县", "所在地", "建设地点", "所属县区", "HJGKDYBM", "HJZHGKDYBM",
    ]

    /// The fields that tell where a feature belongs.
    ///
    /// - Parameters:
    ///   - names: The fields of the file.
    ///   - countyOnly: Whether fields of codes and names at large are left out.
    /// - Returns: Those of `names` that are such fields, or hold a code or name by a usual name; at most four.
    static func find(among names: [String], countyOnly: Bool = false) -> [String] {
        var found = aliases.compactMap { alias in names.first { FieldAliases.matches($0, alias) } }
        if countyOnly { return Array(Set(found)).sorted() }
        for usual in [FieldAliases.code, FieldAliases.name] {
            if let field = FieldAliases.find(usual, among: names) { found.append(field) }
        }
        var seen: Set<String> = []
        return Array(found.filter { seen.insert($0).inserted }.prefix(4))
    }
}
