import Crypto
import Foundation
import RedlineGeometry
import Synchronization

/// Makes identifiers of findings: the same site, layer and zone give the same one on every run and machine, and in every
/// edition where the zone's code is its own.
final class FindingIdentifier: Sendable {
    private let layer: LoadedLayer
    /// The keys of zones whose code is not their own, each made when first asked for.
    private let made = Mutex<[Int: String]>([:])

    /// Names what sites have with the zones of a layer.
    init(_ layer: LoadedLayer) { self.layer = layer }

    /// The identifier of what `site` has with a zone: the first 80 bits of SHA-256 over their names.
    func identifier(site: String, zone: Int) -> String { Self.hash([site, layer.layer.id, "zone", key(of: zone)]) }

    /// The identifier of the ground of `site` that the layer cannot judge.
    static func notAssessable(site: String, layer: String) -> String { hash([site, layer, "not-assessable"]) }

    /// The identifier of what rules say of the ground of `site` outside the zones of a layer.
    static func outside(site: String, layer: String) -> String { hash([site, layer, "outside"]) }

    /// The identifier of what rules on any ground say of `site`.
    static func anywhere(site: String) -> String { hash([site, "anywhere"]) }

    /// The key of what a region has of a zone, as a ledger keeps it; without a region that of what lies in none.
    func ledgerKey(zone: Int, region: String?) -> String {
        Self.hash([layer.layer.id, "zone", key(of: zone)] + (region.map { ["region", $0] } ?? ["no-region"]))
    }

    /// The code; where several zones of the layer share it or have none, the code and a hash of the geometry.
    ///
    /// - Complexity: O(*v* log *v*) for the *v* vertices of a zone whose code is not its own, the first time.
    private func key(of place: Int) -> String {
        // Not the whole zone, of which a copy counts all that it refers to.
        let code = layer.zones[place].code ?? ""
        if !code.isEmpty, layer.codeCounts[code] == 1 { return code }
        if let known = made.withLock({ $0[place] }) { return known }
        let key = code + "#" + Self.geometryHash(of: layer.zones[place].ground)
        made.withLock { $0[place] = key }
        return key
    }

    /// A hash of the places of all vertices, to 1e-7 degrees (1 cm): the order of parts and the start of rings, which
    /// formats and engines change, have no say.
    static func geometryHash(of ground: Ground) -> String {
        var places: [UInt64] = []
        places.reserveCapacity(ground.positionCount)
        func word(_ degrees: Double) -> UInt64 {
            UInt64(UInt32(truncatingIfNeeded: Int64(exactly: (degrees * 1e7).rounded()) ?? 0))
        }
        ground.geometry?.forEachPosition { places.append(word($0.x) << 32 | word($0.y)) }
        places.sort()
        var hash = SHA256()
        var bytes: [UInt8] = []
        for (index, place) in places.enumerated() where index == 0 || place != places[index - 1] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: place >> shift))
            }
            if bytes.count >= 1 << 16 {
                hash.update(data: bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        hash.update(data: bytes)
        return hash.finalize().hexadecimal(bytes: 10)
    }

    static func hash(_ parts: [String]) -> String {
        // The length stands before each part, so that no two lists read the same.
        var text: [UInt8] = []
        for part in parts {
            text.append(contentsOf: String(part.utf8.count).utf8)
            text.append(UInt8(ascii: ":"))
            text.append(contentsOf: part.utf8)
        }
        return SHA256.hash(data: text).hexadecimal(bytes: 10)
    }
}
