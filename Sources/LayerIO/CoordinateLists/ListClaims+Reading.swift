import RedlineGeometry

extension ListClaims {
    /// Takes in a line of `key=value` pairs, several of which may stand on one line.
    mutating func read(pairs line: String) {
        let text = Typography.halfWidth(line)
        for key in ["坐标系", "几度分带", "投影类型", "带号", "中央经线", "中央子午线"] {
            guard let range = text.firstRange(of: key + "=") else { continue }
            var value = text[range.upperBound...]
            // Up to the next key on the same line.
            if let next = value.firstIndex(of: "=") {
                let words = value[..<next]
                if let blank = words.lastIndex(where: \.isWhitespace) { value = words[..<blank] }
            }
            let word = String(value).filter { !$0.isWhitespace && $0 != "," && $0 != ";" }
            guard !word.isEmpty else { continue }
            switch key {
            case "坐标系": system = word
            case "几度分带": zoneWidth = Self.number(in: word).map { Int($0) }
            case "投影类型": projection = word
            case "带号": zone = Self.number(in: word).map { Int($0) }
            default: centralMeridian = CoordinateNumber.read(word)?.value ?? Self.number(in: word)
            }
        }
    }

    /// Takes in what a title or remark of a table says: 2000国家大地坐标系，3度带，带号32，中央经线96°.
    mutating func read(prose: String) {
        let text = Typography.key(prose)
        if system == nil {
            let names = [
                "cgcs2000", "国家大地2000", "2000国家大地", "国家2000", "wgs84", "wgs-84", "西安80", "西安1980", "1980西安",
                "80西安", "xian1980", "xian80", "北京54", "1954北京", "1954年北京", "beijing1954", "beijing54", "gcj-02",
                "gcj02",
                "火星坐标", "bd-09", "bd09", "百度坐标",
            ]
            system = names.first { text.contains($0) }
            if system == nil, let match = text.firstMatch(of: /epsg:[:]?(\d{4,6})/) {
                system = "EPSG:\(match.output.1)"
            }
        }
        if zoneWidth == nil {
            if text.contains("3度带") || text.contains("三度带") || text.contains("3°带") { zoneWidth = 3 }
            if text.contains("6度带") || text.contains("六度带") || text.contains("6°带") { zoneWidth = 6 }
        }
        if zone == nil, let match = text.firstMatch(of: /(?:带号|第)[:=为]?(\d{2})(?:带|\D|$)/) {
            zone = Int(match.output.1)
        }
        if centralMeridian == nil,
            let match = text.firstMatch(of: /(?:中央经线|中央子午线|centralmeridian)[:=为]?(?:东经|e)?(\d{2,3}(?:\.\d+)?)/)
        {
            centralMeridian = Double(match.output.1)
        }
    }

    private static func number(in word: String) -> Double? {
        if let value = ["三": 3.0, "六": 6.0][String(word.prefix(1))] { return value }
        guard let match = word.firstMatch(of: /\d{1,3}(?:\.\d+)?/) else { return nil }
        return Double(match.output)
    }
}

extension ListClaims {
    /// The coordinate systems that lists name.
    private enum Datum: Hashable {
        case grid(GaussKrugerZone.Datum)
        case wgs84
        /// A word that `--crs` takes as it is.
        case word(String)
        case unknown(String)
    }

    private var datum: Datum? {
        guard let system else { return nil }
        let key = Typography.key(system)
        if let match = key.wholeMatch(of: /epsg:+(\d{4,6})/) { return .word("EPSG:\(match.output.1)") }
        if key.contains("gcj") || key.contains("火星") { return .word("GCJ-02") }
        if key.contains("bd-09") || key.contains("bd09") || key.contains("百度") { return .word("BD-09") }
        if key.contains("2000") { return .grid(.cgcs2000) }
        if key.contains("wgs") && key.contains("84") { return .wgs84 }
        if key.contains("80") { return .grid(.xian1980) }
        if key.contains("54") || key.contains("北京") { return .grid(.beijing1954) }
        return .unknown(system)
    }

    /// The CRS that the words and the prefixes of the eastings give together; none, and why, where they contradict each
    /// other or leave it open.
    func crs(of axes: AxisReading) -> (crs: CRSEvidence, doubt: Remark?) {
        if case .word(let word) = datum { return (CRSEvidence(authority: word, how: .list), nil) }
        if case .unknown(let name) = datum {
            return (
                .none,
                Remark(zh: "坐标系“\(name)”无法识别。", en: "The coordinate system '\(name)' is not known.")
            )
        }
        switch axes.isDegrees {
        case true: return degrees
        case false: return meters(axes.zones)
        case nil:
            return (.none, Remark(zh: "数值不在中国的坐标范围内。", en: "The numbers are no coordinates of China."))
        }
    }

    private var degrees: (crs: CRSEvidence, doubt: Remark?) {
        switch datum {
        case .grid(.cgcs2000): (CRSEvidence(authority: "EPSG:4490", how: .list), nil)
        case .wgs84: (CRSEvidence(authority: "EPSG:4326", how: .list), nil)
        case .grid(.xian1980): (CRSEvidence(authority: "EPSG:4610", how: .list), nil)
        case .grid(.beijing1954): (CRSEvidence(authority: "EPSG:4214", how: .list), nil)
        default: (CRSEvidence(authority: "EPSG:4490", how: .listDefault), nil)
        }
    }

    private func meters(_ prefixes: [Int?]) -> (crs: CRSEvidence, doubt: Remark?) {
        if let doubt = contradiction(prefixes) { return (.none, doubt) }
        let prefix = prefixes.first ?? nil
        guard let place = zoneOrMeridian(prefix) else {
            return (
                .none,
                Remark(
                    zh: "横坐标不带带号，文件也没有说明带号或中央经线。",
                    en: "The eastings have no zone prefix, and nothing names the zone or the central meridian.")
            )
        }
        let grid: GaussKrugerZone.Datum
        switch datum {
        case .grid(let datum): grid = datum
        case .wgs84: grid = .cgcs2000
        default:
            let guess = place.zone.map { $0.code(on: .cgcs2000) } ?? place.text
            return (
                .none,
                Remark(
                    zh: "文件没有说明坐标系（2000国家大地坐标系、1980西安或1954北京）；若为2000国家大地坐标系，即 \(guess)。",
                    en: "Nothing names the datum (CGCS2000, Xian 1980 or Beijing 1954); on CGCS2000 it is \(guess).")
            )
        }
        if let zone = place.zone { return (CRSEvidence(authority: zone.code(on: grid), how: .list), nil) }
        guard grid == .cgcs2000 else {
            return (
                .none,
                Remark(
                    zh: "中央经线 \(place.text) 不属于标准分带。", en: "The central meridian \(place.text) is of no standard zone.")
            )
        }
        return (CRSEvidence(wkt: place.text, how: .list), nil)
    }

    /// The zone, or a PROJ string around a meridian of no standard zone.
    private func zoneOrMeridian(_ prefix: Int?) -> (zone: GaussKrugerZone?, text: String)? {
        if let prefix { return GaussKrugerZone(number: prefix, hasPrefix: true).map { ($0, "") } }
        if let zone { return GaussKrugerZone(number: zone, hasPrefix: false).map { ($0, "") } }
        guard let centralMeridian else { return nil }
        if let zone = GaussKrugerZone(centralMeridian: centralMeridian) { return (zone, "") }
        return (
            nil, "+proj=tmerc +lat_0=0 +lon_0=\(centralMeridian) +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs"
        )
    }

    /// What of the words and prefixes cannot be true together; nil where all agree.
    private func contradiction(_ prefixes: [Int?]) -> Remark? {
        if let projection, !Typography.key(projection).contains("高斯"), !Typography.key(projection).contains("gauss") {
            return Remark(
                zh: "投影类型“\(projection)”不是高斯-克吕格。", en: "The projection '\(projection)' is not Gauss-Krüger.")
        }
        if prefixes.count > 1 {
            let names = prefixes.map { $0.map(String.init) ?? "-" }.joined(separator: ", ")
            return Remark(
                zh: "横坐标的带号前缀不一致：\(names)。", en: "The eastings begin with several zone numbers: \(names) (- is none).")
        }
        if let prefix = prefixes.first ?? nil {
            let own = GaussKrugerZone(number: prefix, hasPrefix: true)
            if let zone, zone != prefix {
                return Remark(
                    zh: "带号=\(zone) 与横坐标前缀 \(prefix) 矛盾：\(Self.meridian(zone, "zh"))，\(Self.meridian(prefix, "zh"))。",
                    en:
                        "The head says zone \(zone) and the eastings begin with \(prefix): \(Self.meridian(zone, "en")), "
                        + "\(Self.meridian(prefix, "en")).")
            }
            if let zoneWidth, let own, zoneWidth != own.width {
                return Remark(
                    zh: "几度分带=\(zoneWidth) 与横坐标前缀 \(prefix)（\(own.width) 度带）矛盾。",
                    en: "The head says \(zoneWidth)-degree zones and the eastings begin with \(prefix), a "
                        + "\(own.width)-degree zone.")
            }
            if let centralMeridian, let own, centralMeridian != Double(own.centralMeridian) {
                return Remark(
                    zh: "中央经线 \(centralMeridian) 与横坐标前缀 \(prefix)（中央经线 \(own.centralMeridian)）矛盾。",
                    en: "The central meridian \(centralMeridian) contradicts the prefix \(prefix) of the eastings, "
                        + "whose meridian is \(own.centralMeridian).")
            }
        }
        if let zone, let zoneWidth, let own = GaussKrugerZone(number: zone, hasPrefix: false), own.width != zoneWidth {
            return Remark(
                zh: "几度分带=\(zoneWidth) 与带号=\(zone)（\(own.width) 度带）矛盾。",
                en: "The head says \(zoneWidth)-degree zones and zone \(zone), which is a \(own.width)-degree zone.")
        }
        if let zone, let centralMeridian, let own = GaussKrugerZone(number: zone, hasPrefix: false),
            Double(own.centralMeridian) != centralMeridian
        {
            return Remark(
                zh: "带号=\(zone)（中央经线 \(own.centralMeridian)）与中央经线 \(centralMeridian) 矛盾。",
                en: "Zone \(zone) has the meridian \(own.centralMeridian), and the head says \(centralMeridian).")
        }
        return nil
    }

    private static func meridian(_ zone: Int, _ language: String) -> String {
        guard let own = GaussKrugerZone(number: zone, hasPrefix: true) else {
            return language == "zh" ? "\(zone) 不是中国的带号" : "\(zone) is no zone of China"
        }
        return language == "zh"
            ? "\(zone) 带中央经线为 \(own.centralMeridian)°" : "zone \(zone) lies around \(own.centralMeridian)° E"
    }
}
