/// KML that the library behind GDAL's driver does not survive.
enum KMLCheck {
    /// Refuses a KML or KMZ file with a `gx:Track` that has fewer times than positions: libkml reads past their end.
    static func refuseUnsafe(_ path: String, source: LayerSource, gdal: GDALLibrary) throws(LayerError) {
        let files = VirtualFile(gdal: gdal)
        var documents: [String] = []
        switch PathName(path).ending {
        case "kml": documents = [path]
        case "kmz":
            let archive = "/vsizip/" + path
            documents = files.members(of: archive).filter { PathName($0).ending == "kml" }.map { "\(archive)/\($0)" }
        default: return
        }
        for document in documents {
            guard let bytes = files.read(document) else { continue }
            guard count("Track", in: bytes) > 0, count("when", in: bytes) < count("coord", in: bytes) else { continue }
            throw .malformed(
                path: source.shownPath, detail: "a gx:Track has fewer times (when) than positions (gx:coord)")
        }
    }

    /// How often an element of this local name starts.
    private static func count(_ name: String, in bytes: [UInt8]) -> Int {
        let name = Array(name.utf8)
        var count = 0
        var index = 0
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            let tag = bytes[index...].prefix(64).prefix {
                ($0 >= 0x80 || $0 > 0x20) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
            }
            let local = tag.lastIndex(of: UInt8(ascii: ":")).map { tag[($0 + 1)...] } ?? tag
            if local.elementsEqual(name) { count += 1 }
        }
        return count
    }
}
