import LayerIO
import RedlineGeometry
import RedlineMeasure

/// Compares declared areas with the geometry, and says by which method and in which unit they would agree.
struct AreaFieldFaults {
    let layer: CheckedLayer

    /// A difference of up to this share may come from the method; a larger one does not.
    private static let methodReach = 0.005
    /// A declared area agrees where it differs by no more than this share and half of its last decimal.
    private static let agreement = 1e-6
    /// So many rows are measured by other methods to find the one that was used.
    private static let sampleSize = 40

    func faults() throws -> [FaultDraft] {
        guard let crs = layer.crs else { return [] }
        var drafts: [FaultDraft] = []
        var methods: AreaMethods?
        for field in AreaField.all(in: layer.description.fields) {
            let declared = declaredAreas(field)
            guard !declared.isEmpty else { continue }
            if methods == nil { methods = try AreaMethods(layer, crs: crs) }
            if let methods { drafts += faults(of: field, declared, methods) }
        }
        return drafts
    }

    /// A declared area of a row whose geometry is sound.
    private struct Declared {
        var row: Int
        var value: Double
    }

    private func declaredAreas(_ field: AreaField) -> [Declared] {
        let all = layer.rows.enumerated().compactMap { row, checked -> Declared? in
            guard checked.area > 0, checked.geometryFaults.isEmpty, let value = field.value(of: checked) else {
                return nil
            }
            return Declared(row: row, value: value)
        }
        return all.contains { $0.value != 0 } ? all : []  // A field of zeros was never filled.
    }

    private func faults(of field: AreaField, _ declared: [Declared], _ methods: AreaMethods) -> [FaultDraft] {
        let decimals = declared.map { AreaField.decimals(of: $0.value) }.max() ?? 0
        let half = (0..<decimals).reduce(0.5) { value, _ in value / 10 }
        guard let unit = unit(of: field, declared, half) else { return [unexplained(field, declared, methods, half)] }
        func agrees(_ entry: Declared, _ area: Double) -> Bool {
            let expected = Area(squareMeters: area).value(in: unit)
            return abs(entry.value - expected) <= half * (1 + 1e-9) + Self.agreement * expected
        }
        let odd = declared.filter { !agrees($0, layer.rows[$0.row].area) }
        guard !odd.isEmpty else { return [] }
        let near = odd.filter { isNear($0, unit, half) }
        var drafts: [FaultDraft] = []
        var method: AreaMethod?
        if let found = usual(methods, near.count > 1 || odd.count == near.count ? near : [], agrees),
            2 * near.count > declared.count
        {
            method = found
            let words = AreaMethods.words(found)
            drafts.append(
                FaultDraft(
                    .areaDisagrees, .note,
                    zh: "字段 \(field.name) 与\(words.zh)一致，而不是椭球面积（ellipsoidal）",
                    en: "the field \(field.name) holds areas by \(words.en), not ellipsoidal ones"
                ).keyed(field.name))
        }
        for entry in odd {
            if let method, let area = methods.area(of: layer.rows[entry.row], by: method), agrees(entry, area) {
                continue
            }
            drafts.append(draft(entry, field, unit, half, methods, agrees))
        }
        return drafts
    }

    // MARK: - Unit

    /// Whether a declared area is that of the geometry, but for the method.
    private func isNear(_ entry: Declared, _ unit: AreaUnit, _ half: Double) -> Bool {
        let expected = Area(squareMeters: layer.rows[entry.row].area).value(in: unit)
        return abs(entry.value - expected) <= half + Self.methodReach * expected
    }

    /// The unit that the name says, else the one in which most rows agree; nil where most agree in none.
    private func unit(of field: AreaField, _ declared: [Declared], _ half: Double) -> AreaUnit? {
        func count(_ unit: AreaUnit) -> Int { declared.count { isNear($0, unit, half) } }
        if let unit = field.unit, 2 * count(unit) > declared.count { return unit }
        let best = AreaUnit.allCases.map { (unit: $0, count: count($0)) }.max { $0.count < $1.count }
        guard let best, 2 * best.count > declared.count else { return nil }
        return best.unit
    }

    // MARK: - Method

    /// The method by which most of some rows agree.
    private func usual(
        _ methods: AreaMethods, _ odd: [Declared], _ agrees: (Declared, Double) -> Bool
    ) -> AreaMethod? {
        guard !odd.isEmpty else { return nil }
        let step = max(1, odd.count / Self.sampleSize)
        let sample = stride(from: 0, to: odd.count, by: step).map { odd[$0] }
        let counted = methods.candidates.map { method in
            (
                method: method,
                count: sample.count { entry in
                    methods.area(of: layer.rows[entry.row], by: method).map { agrees(entry, $0) } ?? false
                }
            )
        }
        guard let best = counted.max(by: { $0.count < $1.count }), 2 * best.count > sample.count else { return nil }
        return counted.first { $0.count == best.count }?.method
    }

    // MARK: - Words

    /// A row whose area is not that of its geometry.
    private func draft(
        _ entry: Declared, _ field: AreaField, _ unit: AreaUnit, _ half: Double, _ methods: AreaMethods,
        _ agrees: (Declared, Double) -> Bool
    ) -> FaultDraft {
        let row = layer.rows[entry.row]
        let expected = Area(squareMeters: row.area).value(in: unit)
        let difference = (entry.value - expected) / expected
        var zh =
            "字段 \(field.name) 为 \(entry.value) \(unit.chineseSymbol)，图形为 \(Self.rounded(expected)) \(unit.chineseSymbol)"
        var en =
            "the field \(field.name) says \(entry.value) \(unit.symbol), the geometry has "
            + "\(Self.rounded(expected)) \(unit.symbol)"
        var isSlip = false
        if let slip = AreaUnit.allCases.first(where: { $0 != unit && isNear(entry, $0, half) }), entry.value > 0 {
            isSlip = true
            zh += "；单位像是\(slip.chineseSymbol)，而不是\(unit.chineseSymbol)"
            en += "; it seems to be in \(slip.symbol), not in \(unit.symbol)"
        } else if let method = methods.candidates.first(where: { method in
            methods.area(of: row, by: method).map { agrees(entry, $0) } ?? false
        }) {
            zh += "；按\(AreaMethods.words(method).zh)则一致"
            en += "; it agrees by \(AreaMethods.words(method).en)"
        } else if entry.value > 0, let power = Self.power(of: entry.value / expected) {
            isSlip = true
            zh += "；相差 \(power) 倍，像是小数点错位"
            en += "; a factor of \(power): a slip of the decimal point, it seems"
        } else {
            zh += "，相差 \(Self.rounded(difference * 100))%"
            en += ", a difference of \(Self.rounded(difference * 100))%"
        }
        return layer.fault(
            .areaDisagrees, isSlip || abs(difference) > 0.01 ? .error : .warning, entry.row, zh: zh, en: en
        ).keyed(field.name)
    }

    /// A field that agrees with the geometry in no unit in most rows: one fault for all.
    private func unexplained(
        _ field: AreaField, _ declared: [Declared], _ methods: AreaMethods, _ half: Double
    ) -> FaultDraft {
        let mercator = AreaMethod.plane("EPSG:3857")
        let sample = declared.prefix(Self.sampleSize)
        let isMercator = AreaUnit.allCases.contains { unit in
            2
                * sample.count { entry in
                    guard let area = methods.area(of: layer.rows[entry.row], by: mercator) else { return false }
                    let expected = Area(squareMeters: area).value(in: unit)
                    return abs(entry.value - expected) <= half + Self.methodReach * expected
                } > sample.count
        }
        let words = AreaMethods.words(mercator)
        return FaultDraft(
            .areaDisagrees, isMercator ? .error : .warning,
            zh: "字段 \(field.name) 的 \(declared.count) 个值大多与图形面积不符" + (isMercator ? "；与\(words.zh)一致，面积偏大" : "，无论按何种单位"),
            en: "most of the \(declared.count) values of the field \(field.name) are not the area of their geometry"
                + (isMercator ? "; they agree by \(words.en)" : " in any unit")
        ).keyed(field.name)
    }

    /// A power of ten that a ratio is, but for the method; nil for other ratios.
    private static func power(of ratio: Double) -> String? {
        for exponent in 1...8 {
            let power = (0..<exponent).reduce(1.0) { value, _ in value * 10 }
            let text = "1" + String(repeating: "0", count: exponent)
            if abs(ratio / power - 1) < methodReach { return text }
            if abs(ratio * power - 1) < methodReach { return "1/" + text }
        }
        return nil
    }

    /// Seven digits, for words.
    private static func rounded(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return String(value) }
        var scale = 1.0
        while abs(value) * scale < 1e6, scale < 1e12 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return Int64(exactly: rounded).map(String.init) ?? String(rounded)
    }
}
