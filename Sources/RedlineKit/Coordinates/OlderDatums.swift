import CoordinateReference
import LayerIO
import RedlineGeometry

/// A datum that something about a file names: its CRS, a heading, a field, the name of the file.
struct DatumStatement: Sendable {
    var datum: GaussKrugerZone.Datum
    var remark: Remark
}

/// Xian 1980 and Beijing 1954 as rivals of readings on CGCS2000.
///
/// Their grids have the same numbers within some 130 m, so that no size of a number tells them apart. They rank behind
/// CGCS2000, which new work has to use since July 2018, and before it only where the file names them or where the outlines
/// of known units fit after the shift that lies between the datums. They are named, never applied: their parameters differ
/// from place to place.
struct OlderDatums {
    let statements: [DatumStatement]

    /// The rivals of a reading on CGCS2000, and that reading with what speaks for its datum.
    ///
    /// - Parameters:
    ///   - hypothesis: The reading.
    ///   - grid: What it reads the numbers as.
    ///   - shift: How far its outlines lie from those of the units they claim, where that is known.
    /// - Returns: The reading and two rivals.
    func weighed(_ hypothesis: CoordinateHypothesis, _ grid: CoordinateGrid, _ shift: OutlineShift?)
        -> [CoordinateHypothesis]
    {
        var own = hypothesis
        for statement in statements where statement.datum == .cgcs2000 {
            own.score += 2
            own.evidence.insert(statement.remark, at: 0)
        }
        return [own, rival(hypothesis, grid, .xian1980, shift), rival(hypothesis, grid, .beijing1954, shift)]
    }

    private func rival(
        _ hypothesis: CoordinateHypothesis, _ grid: CoordinateGrid, _ datum: GaussKrugerZone.Datum,
        _ shift: OutlineShift?
    ) -> CoordinateHypothesis {
        var rival = hypothesis
        rival.crs = nil
        rival.title = grid.title(on: datum)
        rival.template = grid.template(on: datum)
        rival.needsParameters = true
        // Degrees on an older datum are rarer than those of a web map.
        rival.score -= (grid.isDegrees ? 4 : 1) + (datum == .xian1980 ? 0 : 1)
        var evidence: [Remark] = []
        let named = statements.filter { $0.datum == datum }
        if !named.isEmpty {
            rival.score += 6
            evidence += named.map(\.remark)
        }
        if let shift, datum.explains(shift) {
            rival.score += 6
            evidence.append(shift.remark(datum))
        }
        evidence.append(
            Remark(
                zh: "与 CGCS2000 数值范围相同，相差约 \(datum.reach)，须用自己的参数",
                en: "the same numbers as CGCS2000 within \(datum.reach), which takes your own parameters"))
        rival.evidence = evidence + rival.evidence
        return rival
    }
}

/// What a reading on CGCS2000 takes the numbers for; other datums have the same.
enum CoordinateGrid: Hashable {
    case degrees(isSwapped: Bool)
    case zone(GaussKrugerZone, isSwapped: Bool)

    var isDegrees: Bool { if case .degrees = self { true } else { false } }

    func title(on datum: GaussKrugerZone.Datum) -> Remark {
        switch self {
        case .degrees(let isSwapped):
            return Remark(
                zh: "\(datum.title.zh)经纬度（\(datum.geographicCode)）" + (isSwapped ? "，两轴互换" : ""),
                en: "\(datum.title.en) longitude and latitude (\(datum.geographicCode))"
                    + (isSwapped ? " with the axes swapped" : ""))
        case .zone(let zone, let isSwapped):
            let (zh, en) =
                zone.hasPrefix
                ? ("\(zone.number) 带", "zone \(zone.number)")
                : ("中央经线 \(zone.centralMeridian)°", "CM \(zone.centralMeridian)E")
            return Remark(
                zh: "\(datum.title.zh) \(zone.width) 度带高斯-克吕格 \(zh)（\(zone.code(on: datum))）"
                    + (isSwapped ? "，两轴互换" : ""),
                en: "\(datum.title.en) / \(zone.width)-degree Gauss-Kruger \(en) (\(zone.code(on: datum)))"
                    + (isSwapped ? " with the axes swapped" : ""))
        }
    }

    /// What `--crs` takes once the parameters are filled in; nil where that is no PROJ string.
    func template(on datum: GaussKrugerZone.Datum) -> String? {
        let tail = "\(datum.ellipsoid) +towgs84=dx,dy,dz,rx,ry,rz,ds"
        switch self {
        case .degrees(false): return "+proj=longlat \(tail)"
        case .zone(let zone, false):
            return "+proj=tmerc +lat_0=0 +lon_0=\(zone.centralMeridian) +k=1 +x_0=\(Int(zone.falseEasting)) +y_0=0 "
                + "\(tail) +units=m"
        case .degrees, .zone: return nil
        }
    }
}

extension GaussKrugerZone.Datum {
    var title: Remark {
        switch self {
        case .cgcs2000: Remark(zh: "CGCS2000", en: "CGCS2000")
        case .xian1980: Remark(zh: "1980 西安坐标系", en: "Xian 1980")
        case .beijing1954: Remark(zh: "1954 北京坐标系", en: "Beijing 1954")
        }
    }

    fileprivate var geographicCode: String {
        switch self {
        case .cgcs2000: "EPSG:4490"
        case .xian1980: "EPSG:4610"
        case .beijing1954: "EPSG:4214"
        }
    }

    fileprivate var ellipsoid: String {
        switch self {
        case .cgcs2000: "+ellps=GRS80"
        case .xian1980: "+a=6378140 +rf=298.257"
        case .beijing1954: "+a=6378245 +rf=298.3"
        }
    }

    /// How far its numbers lie from those of CGCS2000.
    fileprivate var reach: String {
        switch self {
        case .cgcs2000: "0 m"
        case .xian1980: "75-130 m"
        case .beijing1954: "30-105 m"
        }
    }

    /// Whether a shift is one that leads from this datum to CGCS2000 somewhere in China.
    ///
    /// The ranges are those that the national surveying office gave for maps of 16° to 56° N and 72° to 135° E: Beijing
    /// 1954 −29 to −62 m north and −56 to +84 m east, Xian 1980 −9 to +43 m north and +76 to +119 m east; taken with a
    /// margin of 6 m.
    fileprivate func explains(_ shift: OutlineShift) -> Bool {
        switch self {
        case .cgcs2000: false
        case .xian1980: (-15...49).contains(shift.north) && (70...125).contains(shift.east)
        case .beijing1954: (-68...(-23)).contains(shift.north) && (-62...90).contains(shift.east)
        }
    }

    /// The datum that a text names; nil where it names none, or several: 80转2000 says both.
    static func named(in text: String) -> Self? {
        let plain = text.lowercased().map { $0 == "_" || $0 == "-" || $0 == "'" || $0.isWhitespace ? " " : $0 }
        let key = String(plain).replacing("年", with: "")
        var found: [Self] = []
        if key.contains(/(?:^|[^a-z])(?:xi ?an|西安) ?(?:19)?80(?:\D|$)/)
            || key.contains(/(?:^|\D)(?:19)?80 ?(?:xi ?an|西安|坐标系|坐标)/) || key.contains(/(?:^|\W)[xy] ?80(?:\W|$)/)
            || key.contains(/iag ?(?:19)?75|iugg ?(?:19)?75/)
        {
            found.append(.xian1980)
        }
        if key.contains(/(?:^|[^a-z])(?:beijing|bj|北京) ?(?:19)?54(?:\D|$)/)
            || key.contains(/(?:^|\D)(?:19)?54 ?(?:beijing|bj|北京|坐标系|坐标)/)
            || key.contains(/(?:^|\W)[xy] ?54(?:\W|$)/) || key.contains(/krass?ow?v?sk/)
        {
            found.append(.beijing1954)
        }
        if key.contains(/cgcs ?2000|china (?:geodetic coordinate system )?2000|国家 ?2000|2000 ?国家|大地 ?2000|2000 ?坐标/)
            || key.contains(/(?:^|\W)[xy] ?2000(?:\W|$)/) || key.contains(/(?:80|54) ?(?:转|to|2) ?2000/)
        {
            found.append(.cgcs2000)
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The datum of a CRS by its code; nil for the codes of others.
    static func of(code: String) -> Self? {
        for datum in allCases {
            if datum.geographicCode == code { return datum }
            for number in Array(25...45) + Array(13...23) {
                for hasPrefix in [true, false]
                where GaussKrugerZone(number: number, hasPrefix: hasPrefix)?.code(on: datum) == code { return datum }
            }
        }
        return nil
    }
}

extension DatumStatement {
    /// What a layer says of its datum, in its CRS, its title, its names and the values of a field for that.
    ///
    /// - Parameters:
    ///   - description: The layer.
    ///   - path: Its file.
    ///   - values: The texts of the fields that name a coordinate system.
    /// - Returns: At most one statement for each datum.
    static func all(in description: LayerDescription, path: String, values: [String]) -> [DatumStatement] {
        var statements: [DatumStatement] = []
        func add(_ datum: GaussKrugerZone.Datum?, zh: String, en: String) {
            guard let datum, !statements.contains(where: { $0.datum == datum }) else { return }
            statements.append(
                DatumStatement(
                    datum: datum, remark: Remark(zh: zh + datum.title.zh, en: en + " " + datum.title.en)))
        }
        if [.prj, .file, .list].contains(description.crs.how) {
            let crs = description.crs
            add(
                crs.authority.flatMap(GaussKrugerZone.Datum.of) ?? crs.definition.flatMap(GaussKrugerZone.Datum.named),
                zh: "文件的坐标系为 ", en: "the file states")
        }
        for value in values { add(.named(in: value), zh: "属性“\(value)”指 ", en: "its attribute '\(value)' names") }
        if let prose = description.prose { add(.named(in: prose), zh: "标题指 ", en: "its title names") }
        let file = path.split(separator: "/").last.map(String.init) ?? path
        for name in [file, description.name] {
            add(.named(in: name), zh: "名称“\(name)”指 ", en: "its name '\(name)' says")
        }
        // Fields of a list converted between datums name both.
        let fields = Set(description.fields.compactMap { GaussKrugerZone.Datum.named(in: $0.name) })
        if let datum = fields.first, fields.count == 1 { add(datum, zh: "字段名指 ", en: "a field's name says") }
        return statements
    }

    /// The fields that name a coordinate system.
    static func fields(among names: [String]) -> [String] {
        FieldAliases.find(["坐标系", "坐标系统", "大地基准", "坐标基准", "datum", "zbx", "zbxt", "crs"], among: names).map { [$0] }
            ?? []
    }
}
