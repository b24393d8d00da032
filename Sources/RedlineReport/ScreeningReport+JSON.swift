import RedlineKit

extension ScreeningReport {
    /// Writes findings as ``FindingText/Format/geojson``.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeGeoJSON(to write: ByteWriter) throws {
        try FindingText(.geojson, of: result, settings: settings).write(result, to: write)
    }

    /// Writes JSON: the run's own figures, then every site in the order of the input with its findings, a site a line.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeJSON(to write: ByteWriter) throws {
        let columns = FindingColumn.columns(for: result, language: settings.language)
        let faces = MeasuredArea.faces(for: result.options)
        var json = JSONText()
        json.beginObject()
        json.key("redline")
        json.run(result, settings)
        json.absent(result.absent)
        json.breakLine()
        json.key("sites")
        json.beginArray()
        for site in result.sites {
            json.breakLine()
            json.beginObject()
            json.site(site, faces)
            if site.state == .clear || site.state == .clearInData {
                json.key("certainty")
                json.string(site.certainty?.rawValue)
                json.key("margin_m")
                json.number(site.margin)
            }
            if let book = result.rules {
                json.key("verdict")
                json.string(SiteVerdict(site, book, result, settings.language).sentence)
                if result.options.findsProhibitions { json.prohibition(site.prohibition, result.layers) }
            }
            json.openRules(of: site.findings, withIDs: true, settings.language)
            json.crossings(of: site.findings)
            json.key("findings")
            json.beginArray()
            for finding in site.findings {
                json.finding(
                    FindingRow(site: site, finding: finding, layer: finding.layerIndex.map { result.layers[$0] }),
                    columns)
                try json.drain(to: write)
            }
            json.endArray()
            json.endObject()
        }
        json.breakBeforeEnd()
        json.endArray()
        json.breakBeforeEnd()
        json.endObject()
        json.end()
        try json.drain(above: 0, to: write)
    }
}

extension JSONText {
    mutating func finding(_ row: FindingRow, _ columns: [FindingColumn]) {
        beginObject()
        // Through a span, because a column that is copied counts three references.
        let columns = columns.span
        for place in columns.indices {
            key(columns[place].key)
            value(columns[place].value(row))
        }
        endObject()
    }

    /// Writes the member `absent`: findings of the baseline that are no more; nothing without a baseline.
    mutating func absent(_ findings: [EarlierFinding]?) {
        guard let findings else { return }
        breakLine()
        key("absent")
        beginArray()
        for finding in findings {
            beginObject()
            for (name, value) in [
                ("finding_id", finding.id), ("site_id", finding.siteID), ("layer", finding.layer),
                ("zone_code", finding.zoneCode), ("zone_name", finding.zoneName), ("relation", finding.relation),
                ("effect", finding.effect), ("change", FindingChange.absent.rawValue),
            ] {
                key(name)
                string(value)
            }
            endObject()
        }
        endArray()
    }

    /// Writes the nearest zone that would stop a site that no rule stops; null for others and beyond 10 km.
    fileprivate mutating func prohibition(_ prohibition: NearestProhibition?, _ layers: [ScreenedLayer]) {
        key("nearest_prohibition")
        guard let prohibition else { return null() }
        beginObject()
        key("layer")
        string(layers[prohibition.layerIndex].id)
        key("zone_id")
        string(prohibition.zone.id)
        key("zone_code")
        string(prohibition.zone.code)
        key("zone_name")
        string(prohibition.zone.name)
        key("rules")
        beginArray()
        for rule in prohibition.rules { string(rule.id) }
        endArray()
        key("distance_m")
        number(prohibition.distance)
        key("within_accuracy")
        bool(prohibition.isWithinAccuracy)
        endObject()
    }

    fileprivate mutating func site(_ site: ScreenedSite, _ faces: [AreaFace]) {
        key("site_id")
        string(site.id)
        key("site_name")
        string(site.name)
        key("state")
        string(site.state.rawValue)
        if let problem = site.problem {
            key("problem")
            string(problem)
        }
        if site.isRepaired {
            key("repaired")
            bool(true)
        }
        let repairedZones = site.findings.filter { $0.zone?.isRepaired == true }
        if !repairedZones.isEmpty {
            key("findings_of_repaired_zones")
            beginArray()
            for finding in repairedZones { string(finding.id) }
            endArray()
        }
        for face in faces {
            key("area" + face.suffix + "_m2")
            number(site.area.flatMap(face.value))
        }
        key("length_m")
        number(site.length)
        key("points")
        integer(site.points)
    }
}
