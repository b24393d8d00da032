import RedlineGeometry

extension CleanOverlay {
    /// The parts of lines inside a zone, between its crossings. A part shorter than `shortest` metres may lie within the
    /// tolerance of the boundary all along, and makes all unclear.
    func lineParts(_ site: ZoneOutline, _ zone: ZoneOutline, shortest: Double) -> Outcome {
        var parts: [LineString] = []
        var isWhole = true
        for (number, line) in site.rings.enumerated() {
            guard let first = line.positions.first else { continue }
            var isInside = zone.contains(first)
            let met = crossings.filter { $0.site.ring == number }.sorted { $0.site.isBefore($1.site) }
            if met.isEmpty {
                if isInside { parts.append(LineString(positions: line.positions)) } else { isWhole = false }
                continue
            }
            isWhole = false
            var part = isInside ? [first] : []
            var edge = 0
            for crossing in met {
                // Going in and coming out take turns, else something was overlooked.
                guard crossing.entersZone != isInside else { return .unclear }
                if isInside {
                    part += line.positions[(edge + 1)..<(Int(crossing.site.edge) + 1)]
                    part.append(crossing.position)
                    guard length(of: part) > shortest else { return .unclear }
                    parts.append(LineString(positions: part))
                } else {
                    part = [crossing.position]
                }
                edge = Int(crossing.site.edge)
                isInside.toggle()
            }
            if isInside {
                part += line.positions[(edge + 1)...]
                guard length(of: part) > shortest else { return .unclear }
                parts.append(LineString(positions: part))
            }
        }
        return isWhole ? .whole : parts.isEmpty ? .apart : .sharedLines(parts)
    }

    private func length(of positions: [Position]) -> Double {
        var length = 0.0
        for index in positions.indices.dropFirst() {
            let x = (positions[index].x - positions[index - 1].x) * metersPerDegree.x
            let y = (positions[index].y - positions[index - 1].y) * metersPerDegree.y
            length += (x * x + y * y).squareRoot()
        }
        return length
    }
}
