import RedlineGeometry
import RedlineKit

extension JSONText {
    /// Writes the member `crossings`: for each finding with lines or several points their sections and structures; nothing
    /// where there are none.
    mutating func crossings(of findings: [Finding]) {
        let own = findings.filter { !$0.sections.isEmpty || !$0.structures.isEmpty }
        guard !own.isEmpty else { return }
        key("crossings")
        beginArray()
        for finding in own {
            beginObject()
            key("finding_id")
            string(finding.id)
            members(of: finding)
            endObject()
        }
        endArray()
    }

    /// Writes the member `crossing` of a finding with lines or several points; nothing for others.
    mutating func crossing(of finding: Finding) {
        guard !finding.sections.isEmpty || !finding.structures.isEmpty else { return }
        key("crossing")
        beginObject()
        members(of: finding)
        endObject()
    }

    private mutating func members(of finding: Finding) {
        key("count")
        integer(finding.crossings)
        key("sections")
        beginArray()
        for section in finding.sections {
            beginObject()
            key("line")
            integer(section.line)
            key("from_m")
            number(section.start)
            key("length_m")
            number(section.length)
            key("inside")
            bool(section.isInside)
            endObject()
        }
        endArray()
        key("structures")
        beginArray()
        for structure in finding.structures {
            beginObject()
            key("longitude")
            number(structure.position.x)
            key("latitude")
            number(structure.position.y)
            key("inside")
            bool(structure.isInside)
            key("distance_m")
            number(structure.distance)
            endObject()
        }
        endArray()
    }
}
