import CoordinateReference
import RedlineGeometry

/// Finds out what the numbers of a file are: every way to read them that their size allows is tried against the extent
/// and regions of the catalog, the counties that features claim, and the shape of those counties.
///
/// It proposes and never shifts. Weights are small whole numbers: what the writing itself shows (a zone prefix) and a
/// place that fits or misses a claim count most, likelihood by custom least.
struct CoordinateDetective {
    let known: KnownPlaces

    /// Weighs all readings of a sample.
    ///
    /// - Throws: An error of PROJ where it cannot start.
    func diagnose(_ sample: CoordinateSample) throws -> CoordinateDiagnosis {
        let readings = try CoordinateReadings(sample).all()
        let fit = ShapeFit(known: known)
        let fits = fit.residuals(of: sample, in: readings)
        let older = OlderDatums(statements: sample.statements)
        var hypotheses: [CoordinateHypothesis] = []
        for (index, reading) in readings.enumerated() {
            guard let hypothesis = weigh(reading, sample, fit: fits.map { ($0[index], $0) }) else { continue }
            guard let grid = reading.grid else {
                hypotheses.append(hypothesis)
                continue
            }
            // Only what lies near, but not on its place, may be off by a datum.
            let residual = fits?[index] ?? 0
            let shift = residual > 10 && residual < 150 ? fit.shift(of: sample, in: reading) : nil
            hypotheses += older.weighed(hypothesis, grid, shift)
        }
        // Stable: readings of the likelier kinds come first.
        let order = hypotheses.indices.sorted {
            (hypotheses[$1].score, $0) < (hypotheses[$0].score, $1)
        }
        let ranked = Self.joined(order.map { hypotheses[$0] })
        let isInChina = ranked.first.map { (73...136).contains($0.center.x) && (3...54).contains($0.center.y) } ?? false
        return CoordinateDiagnosis(hypotheses: ranked, limits: isInChina ? Self.datumLimit : nil)
    }

    private static let datumLimit = Remark(
        zh: "1980 西安、1954 北京坐标系与之只差百米左右，数值上无法区分，须按来源确认，并用 --crs 给出自己的参数",
        en:
            "Xian 1980 and Beijing 1954 differ by a hundred metres or so, which no number shows: ask where the file comes "
            + "from; they need your own parameters in --crs")

    private func weigh(
        _ reading: CoordinateReading, _ sample: CoordinateSample, fit: (own: Double?, all: [Double?])?
    ) -> CoordinateHypothesis? {
        let features = sample.features.compactMap { feature in
            reading.place(feature.position).map { (place: $0, claims: feature.claims) }
        }
        guard features.count == sample.features.count, !features.isEmpty else { return nil }
        var marks = reading.marks
        let center = Envelope(features.map(\.place)).center
        if !(73...136).contains(center.x) || !(3...54).contains(center.y) {
            marks.append((-4, Remark(zh: "位于中国之外", en: "outside China")))
        }
        marks += extentMarks(features.map(\.place))
        marks += claimMarks(features, prose: sample.prose)
        if let fit { marks += Self.fitMarks(fit.own, fit.all) }
        let evidence = marks.sorted { abs($0.weight) > abs($1.weight) }.map(\.remark)
        return CoordinateHypothesis(
            crs: reading.crs, title: reading.title, center: center,
            evidence: evidence, score: marks.reduce(0) { $0 + $1.weight })
    }

    private func extentMarks(_ places: [Position]) -> [(weight: Int, remark: Remark)] {
        guard !known.extent.isEmpty else { return [] }
        let inside = places.count {
            known.extentEnvelope.contains(Envelope([$0])) && KnownPlaces.covers(known.extent, $0)
        }
        if inside == places.count { return [(4, Remark(zh: "位于图层目录的范围内", en: "inside the catalog's extent"))] }
        if inside == 0 { return [(-4, Remark(zh: "位于图层目录的范围之外", en: "outside the catalog's extent"))] }
        return [
            (
                2,
                Remark(
                    zh: "\(places.count) 处中 \(inside) 处位于图层目录的范围内",
                    en: "\(inside) of \(places.count) places inside the catalog's extent")
            )
        ]
    }

    // MARK: - Claims

    private func claimMarks(
        _ features: [(place: Position, claims: [String])], prose: String?
    ) -> [(weight: Int, remark: Remark)] {
        var (right, wrong) = (0, 0)
        var example: String?
        for feature in features {
            guard let (name, holds) = claim(feature.claims, prose, at: feature.place) else { continue }
            if holds { right += 1 } else { wrong += 1 }
            if example == nil || !holds && wrong == 1 { example = name }
        }
        guard let example else { return [] }
        if wrong == 0 {
            return [
                (
                    5,
                    right == 1
                        ? Remark(zh: "位于所称的 \(example) 内", en: "inside \(example), which it names")
                        : Remark(zh: "\(right) 处都在所称的行政区内", en: "all \(right) places inside the units they name")
                )
            ]
        }
        if right == 0 {
            return [(-5, Remark(zh: "不在所称的 \(example) 内", en: "outside \(example), which it names"))]
        }
        let total = right + wrong
        return [
            (
                5 * (right - wrong) / total,
                Remark(
                    zh: "\(total) 处中 \(right) 处在所称的行政区内", en: "\(right) of \(total) places inside the units they name")
            )
        ]
    }

    /// The unit that words claim and whether a place lies in it; nil where they claim none that is known.
    private func claim(_ claims: [String], _ prose: String?, at place: Position) -> (name: String, holds: Bool)? {
        for word in claims + [prose].compactMap(\.self) {
            if let region = known.region(claimedBy: word) {
                let holds = region.envelope.contains(Envelope([place])) && KnownPlaces.covers(region.polygons, place)
                return (region.name ?? region.code ?? word, holds)
            }
        }
        for word in claims + [prose].compactMap(\.self) {
            guard let code = KnownPlaces.countyCode(in: word) ?? Gazetteer.code(namedIn: word),
                let unit = Gazetteer.place(of: code)
            else { continue }
            return (unit.name, unit.envelope.contains(Envelope([place])))
        }
        return nil
    }

    // MARK: - Shapes

    private static func fitMarks(_ own: Double?, _ all: [Double?]) -> [(weight: Int, remark: Remark)] {
        guard let own else { return [] }
        let known = all.compactMap(\.self).sorted()
        guard known.count > 1, known[0] < 300 else { return [] }
        let shown = own < 10 ? (own * 10).rounded() / 10 : own.rounded()
        let remark = Remark(
            zh: "轮廓与图层目录中同名行政区相距 \(shown) m（中位数）",
            en: "its outlines lie \(shown) m (median) from those of the same units in the catalog")
        // Half as far as the next one, or nothing can be said.
        guard known[0] * 1.5 < known[1] else { return [(0, remark)] }
        return [(own == known[0] ? 6 : -2, remark)]
    }

    // MARK: - Ties

    /// Readings that fit equally well and differ by their central meridian only, as one.
    private static func joined(_ hypotheses: [CoordinateHypothesis]) -> [CoordinateHypothesis] {
        var result: [CoordinateHypothesis] = []
        var start = 0
        while start < hypotheses.count {
            let first = hypotheses[start]
            guard let family = family(first) else {
                result.append(first)
                start += 1
                continue
            }
            let equal = hypotheses[start...].filter { $0.score == first.score && self.family($0) == family }
            if equal.count < 3 {
                result.append(first)
                start += 1
                continue
            }
            let codes = [equal[0], equal[equal.count - 1]].compactMap(code).joined(separator: " … ")
            // What is said of the one meridian is not true of all.
            let evidence = first.evidence.filter { $0.en.firstMatch(of: /taken around|around \d+°/) == nil }
            result.append(
                CoordinateHypothesis(
                    crs: nil,
                    title: Remark(
                        zh: "\(family.zh)，中央经线未知（\(codes) 之一）",
                        en: "\(family.en), of unknown central meridian (one of \(codes))"),
                    center: first.center, evidence: evidence, score: first.score,
                    needsParameters: first.needsParameters))
            let others = hypotheses[start...].filter { !($0.score == first.score && self.family($0) == family) }
            return result + joined(Array(others))
        }
        return result
    }

    /// The code of a reading: what `--crs` takes, or what its title names where that takes parameters.
    private static func code(_ hypothesis: CoordinateHypothesis) -> String? {
        hypothesis.crs ?? hypothesis.title.en.firstMatch(of: /EPSG:\d+/).map { String($0.output) }
    }

    private static func family(_ hypothesis: CoordinateHypothesis) -> Remark? {
        guard let code = code(hypothesis), let number = Int(code.split(separator: ":").last ?? "") else { return nil }
        switch number {
        case 4534...4554: return Remark(zh: "CGCS2000 高斯-克吕格（不带带号）", en: "CGCS2000 Gauss-Kruger without zone prefix")
        case 2370...2390: return Remark(zh: "1980 西安高斯-克吕格（不带带号）", en: "Xian 1980 Gauss-Kruger without zone prefix")
        case 2422...2442: return Remark(zh: "1954 北京高斯-克吕格（不带带号）", en: "Beijing 1954 Gauss-Kruger without zone prefix")
        case 32643...32653: return Remark(zh: "WGS 84 UTM", en: "WGS 84 / UTM")
        default: return nil
        }
    }
}
