import RedlineGeometry
import RedlineKit

extension ChangeReport {
    /// What the run was made with: the accuracy and where it comes from.
    var provenanceMembers: [(key: String, json: String)] {
        var json = JSONText()
        json.beginObject()
        json.key("width_m")
        json.number(changes.accuracy.meters)
        json.key("source")
        json.string(changes.accuracySource.rawValue)
        json.endObject()
        return [("noise", text(json))]
    }

    /// The members beside the rows.
    var members: [(key: String, json: String)] {
        [
            ("closure", array(changes.closures) { $0.closure($1) }),
            ("locations", array(changes.rows.filter { $0.keptShare != nil }, location)),
            ("changes", array(changes.zones.indices.filter(isReported), zone)),
            ("classes", array(changes.classes) { $0.classChange($1) }),
            ("flows", array(changes.flows) { $0.flow($1) }),
            ("uncompared_attributes", array(changes.uncomparedFields) { $0.string($1) }),
        ] + (changes.duties.map { [("duties", array($0, duty))] } ?? [])
    }

    /// Zones that are not what they were: gone, new, or with another attribute.
    private func isReported(_ place: Int) -> Bool {
        let zone = changes.zones[place]
        return zone.match == .none || !zone.changed.isEmpty
    }

    /// How much of the old ground of a region is still in a zone, and whether its zones are as many.
    private func location(_ json: inout JSONText, _ row: ChangeRow) {
        json.beginObject()
        json.key("region_code")
        json.string(row.region.map { changes.regions[$0].code } ?? "total")
        json.key("kept_share")
        json.number(row.keptShare)
        json.key("verdict_count")
        json.string(row.countVerdict.rawValue)
        json.key("unchanged_within_accuracy")
        json.bool(row.isUnchangedWithinAccuracy)
        json.endObject()
    }

    private func zone(_ json: inout JSONText, _ place: Int) {
        let zone = changes.zones[place]
        json.beginObject()
        for (key, side) in [("old", zone.old), ("new", zone.new)] {
            json.key(key)
            json.zone(side)
        }
        json.key("match")
        json.string(zone.match.rawValue)
        for (key, area) in [
            ("old_area_m2", zone.oldArea), ("new_area_m2", zone.newArea), ("shared_area_m2", zone.sharedArea),
        ] {
            json.key(key)
            json.number(area?.squareMeters)
        }
        json.key("changed_attributes")
        json.beginArray()
        for attribute in zone.changed {
            json.beginObject()
            json.key("name")
            json.string(attribute.name)
            json.key("old")
            json.string(attribute.old)
            json.key("new")
            json.string(attribute.new)
            json.endObject()
        }
        json.endArray()
        json.key("region_codes")
        json.beginArray()
        for row in changes.rows where row.changedZones.contains(place) {
            if let region = row.region { json.string(changes.regions[region].code) }
        }
        json.endArray()
        json.endObject()
    }

    /// What a rule demands, and whether it was kept.
    private func duty(_ json: inout JSONText, _ duty: ZoneDuty) {
        json.beginObject()
        for (key, value) in [
            ("rule", duty.rule.id), ("effect", duty.rule.effect.rawValue), ("wording", duty.rule.wording),
            ("summary", duty.rule.summary.text(in: settings.language)),
            ("citation", duty.rule.citation.text(in: settings.language)),
        ] {
            json.key(key)
            json.string(value)
        }
        json.key("verdicts")
        json.beginObject()
        for dimension in duty.dimensions {
            json.key(dimension.name)
            json.string(dimension.verdict.rawValue)
        }
        json.endObject()
        json.endObject()
    }

    private func array<Element>(_ elements: [Element], _ body: (inout JSONText, Element) -> Void) -> String {
        var json = JSONText()
        json.beginArray()
        for element in elements { body(&json, element) }
        json.endArray()
        return text(json)
    }

    private func text(_ json: JSONText) -> String { String(decoding: json.bytes, as: UTF8.self) }
}

extension JSONText {
    fileprivate mutating func closure(_ closure: ChangeClosure) {
        beginObject()
        key("measure")
        string(closure.measure)
        key("sum_m2")
        number(closure.sum.squareMeters)
        key("whole_m2")
        number(closure.whole.squareMeters)
        key("residual_m2")
        number(closure.residual.squareMeters)
        key("outside_regions_m2")
        number(closure.outside.squareMeters)
        endObject()
    }

    fileprivate mutating func classChange(_ change: ClassChange) {
        beginObject()
        key("class")
        string(change.name)
        key("old_gross_m2")
        number(change.old.squareMeters)
        key("new_gross_m2")
        number(change.new.squareMeters)
        key("old_count")
        integer(change.oldCount)
        key("new_count")
        integer(change.newCount)
        endObject()
    }

    fileprivate mutating func flow(_ flow: ZoneFlow) {
        beginObject()
        key("old")
        zone(flow.old)
        key("new")
        zone(flow.new)
        key("area_m2")
        number(flow.area.squareMeters)
        endObject()
    }

    fileprivate mutating func zone(_ zone: ZoneReference?) {
        guard let zone else { return null() }
        beginObject()
        key("id")
        string(zone.id)
        key("code")
        string(zone.code)
        key("name")
        string(zone.name)
        key("class")
        string(zone.class)
        endObject()
    }
}
