import Crypto
import Foundation
import RedlineGeometry

/// Makes identifiers of findings: the same site, layer and zone give the same one on every run and machine, and in every
/// edition where the zone's code is its own.
struct FindingIdentifier {
    let layer: LoadedLayer

    /// The identifier of what `site` has with a zone: the first 80 bits of SHA-256 over their names.
    func identifier(site: String, zone: Zone) -> String { Self.hash([site, layer.layer.id, "zone", key(of: zone)]) }

    /// The identifier of the ground of `site` that the layer cannot judge.
    static func notAssessable(site: String, layer: String) -> String { hash([site, layer, "not-assessable"]) }

    /// The identifier of what rules say of the ground of `site` outside the zones of a layer.
    static func outside(site: String, layer: String) -> String { hash([site, layer, "outside"]) }

    /// The identifier of what rules on any ground say of `site`.
    static func anywhere(site: String) -> String { hash([site, "anywhere"]) }

    /// The key of what a region has of a zone, as a ledger keeps it; nil for what lies in no region.
    func ledgerKey(of zone: Zone, region: String?) -> String {
        Self.hash([layer.layer.id, "zone", key(of: zone)] + (region.map { ["region", $0] } ?? ["no-region"]))
    }

    /// The code; where several zones of the layer share it or have none, the code and a hash of the geometry.
    private func key(of zone: Zone) -> String {
        let code = zone.code ?? ""
        if !code.isEmpty, layer.codeCounts[code] == 1 { return code }
        return code + "#" + Self.geometryHash(of: zone.ground)
    }

    /// A hash of the places of all vertices, to 1e-7 degrees (1 cm): the order of parts and the start of rings, which
    /// formats and engines change, have no say.
    private static func geometryHash(of ground: Ground) -> String {
        var cells: Set<String> = []
        func add(_ position: Position) {
            cells.insert("\(Int64((position.x * 1e7).rounded())),\(Int64((position.y * 1e7).rounded()))")
        }
        ground.geometry?.forEachPosition(add)
        return hash(cells.sorted())
    }

    private static func hash(_ parts: [String]) -> String {
        // The length stands before each part, so that no two lists read the same.
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return String(SHA256.hash(data: Data(text.utf8)).hexadecimal.prefix(20))
    }
}
