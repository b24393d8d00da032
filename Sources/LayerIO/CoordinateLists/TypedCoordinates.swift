import RedlineGeometry

/// Coordinates or well-known text typed in the place of a file.
enum TypedCoordinates {
    /// Whether a word that names no file is well-known text: `POLYGON ((…))`, `SRID=4520;POINT (…)`.
    static func isWellKnownText(_ word: String) -> Bool {
        word.prefix(64).wholeMatch(
            of:
                /\s*(?:(?i)srid\s*=\s*\d+\s*;)?\s*(?i)(?:multi)?(?:point|linestring|polygon|geometrycollection)(?:\s*z?m?)\s*(?:\(|(?i)empty)[\s\S]*/
        ) != nil
    }

    /// Whether a word that names no file is a list of positions: it has nothing but numbers, signs of degrees and what
    /// parts them.
    static func isList(_ word: String) -> Bool {
        let text = Typography.halfWidth(word)
        let allowed = Set("0123456789.+-,; |\t\n°º˚度分秒′'’″\"”NSEWnsew东西南北经纬:")
        guard text.contains(where: \.isNumber), text.contains(where: { ",; \t|".contains($0) }),
            text.allSatisfy(allowed.contains)
        else { return false }
        return positions(in: word) != nil
    }

    /// The pairs of a list: positions parted by semicolons, bars, line ends or blanks, numbers by commas or blanks.
    ///
    /// - Returns: The pairs of words; nil where the words do not make pairs.
    static func positions(in word: String) -> [[String]]? {
        let text = Typography.halfWidth(word)
        func words(_ part: some StringProtocol, _ separators: String) -> [String] {
            part.split { separators.contains($0) }.map { String($0) }
        }
        let parts = words(text, ";|\n")
        if parts.count > 1 {
            let pairs = parts.map { words($0, ", \t") }.filter { !$0.isEmpty }
            return pairs.allSatisfy { $0.count == 2 } ? pairs : nil
        }
        let blanks = words(text, " \t").map { words($0, ",") }
        if blanks.allSatisfy({ $0.count == 2 }) { return blanks }
        let commas = words(text, ",").map { words($0, " \t") }
        if commas.allSatisfy({ $0.count == 2 }) { return commas }
        let all = words(text, ", \t")
        guard !all.isEmpty, all.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: all.count, by: 2).map { [all[$0], all[$0 + 1]] }
    }

    /// The positions of a list as one plot: a place, a line of two, or the boundary that three and more draw.
    ///
    /// - Throws: ``LayerError/malformed(path:detail:)`` for a word that is no number.
    static func plots(_ word: String, shape: ListShape?) throws(LayerError) -> ListedPlots {
        var list = ListedPlots()
        var points: [ListedPoint] = []
        var isAngle = false
        for pair in positions(in: word) ?? [] {
            let readings = pair.map { CoordinateNumber.read($0) }
            guard let first = readings[0], let second = readings[1] else {
                throw .malformed(path: word, detail: "'\(pair.joined(separator: ", "))' are no coordinates")
            }
            isAngle = isAngle || first.isAngle
            if first.axis == .north || second.axis == .east { list.columns.order = .northFirst }
            points.append(ListedPoint(name: "", first: first.value, second: second.value, line: 1))
        }
        let chosen = shape ?? (points.count == 1 ? .points : points.count == 2 ? .line : .polygon)
        list.columns = AxisLabels(
            order: list.columns.order ?? .eastFirst, isPlain: true, saysDegrees: isAngle)
        list.plots = [
            ListedPlot(values: [], shape: chosen, rings: [ListedRing(number: nil, points: points)], line: 1)
        ]
        if shape == nil, points.count > 1 {
            list.notes.append(
                points.count == 2
                    ? Remark(zh: "两个点按一条线读取。", en: "Two positions were read as a line.")
                    : Remark(
                        zh: "\(points.count) 个点按一个地块的边界读取。",
                        en: "\(points.count) positions were read as the boundary of one plot."))
        }
        return list
    }
}
