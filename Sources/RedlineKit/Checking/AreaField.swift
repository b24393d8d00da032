import LayerIO
import RedlineGeometry

/// A field that declares areas, and the unit that its name says.
struct AreaField: Sendable {
    /// The place in the description.
    let place: Int
    let name: String
    /// The unit that the name says; nil where it says none.
    let unit: AreaUnit?

    /// The fields of a layer that are known to declare the area of the geometry. 扣除地类面积 (`KCMJ`) and what is left of
    /// a plot without it (`TBDLMJ`) are other areas.
    static func all(in fields: [FieldDescription]) -> [AreaField] {
        fields.enumerated().compactMap { place, field in
            guard field.type == .real || field.type == .integer || field.type == .string,
                let unit = unit(of: field.name)
            else { return nil }
            return AreaField(place: place, name: field.name, unit: unit)
        }
    }

    /// Nil for a name that is none of an area; `.some(nil)` for one that says no unit.
    private static func unit(of name: String) -> AreaUnit?? {
        let folded = name.uppercased().filter { !$0.isWhitespace && !"_()（）[]-".contains($0) }
        if let known = known[folded] { return known }
        for (ending, unit) in units where folded.hasSuffix(ending) {
            let stem = folded.dropLast(ending.count)
            if known[String(stem)] != nil { return unit }
        }
        return nil
    }

    /// TD/T 1055 and its kin declare plots in square metres; the others say no unit by themselves.
    private static let known: [String: AreaUnit?] = [
        "TBMJ": .squareMeter, "JBNTMJ": .squareMeter, "YJJBNTMJ": .squareMeter, "MJ": nil, "HXMJ": nil, "BHDMJ": nil,
        "DYMJ": nil, "GKDYMJ": nil, "XZQMJ": nil, "AREA": nil, "SHAPEAREA": nil, "STAREASHAPE": nil, "GISAREA": nil,
        "面积": nil, "总面积": nil, "图斑面积": nil, "HECTARES": .hectare,
    ]

    private static let units: [(String, AreaUnit)] = [
        ("万平方公里", .tenThousandSquareKilometers), ("万公顷", .tenThousandHectares), ("万亩", .tenThousandMu),
        ("平方公里", .squareKilometer), ("平方千米", .squareKilometer), ("平方米", .squareMeter), ("公顷", .hectare), ("亩", .mu),
        ("KM2", .squareKilometer), ("SQKM", .squareKilometer), ("SQM", .squareMeter), ("M2", .squareMeter),
        ("HA", .hectare), ("MU", .mu),
    ]

    /// The value of a row; nil where there is none or it is no number.
    func value(of row: CheckedRow) -> Double? {
        switch row.attributes[place] {
        case .integer(let value): Double(value)
        case .real(let value): value.isFinite ? value : nil
        case .string(let text): text.trimmed.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
        case .null: nil
        }
    }

    /// How many decimals a number is written with, at most six.
    static func decimals(of value: Double) -> Int {
        var scaled = abs(value)
        for count in 0..<6 {
            if abs(scaled - scaled.rounded()) < 1e-9 * max(1, scaled) { return count }
            scaled *= 10
        }
        return 6
    }
}
