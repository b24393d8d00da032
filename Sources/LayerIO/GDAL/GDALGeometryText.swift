import CRedlineGDAL
import RedlineGeometry

/// Well-known text, read by GDAL.
enum GDALGeometryText {
    /// Reads one geometry, with the code of its CRS where the text begins with `SRID=`.
    ///
    /// - Throws: ``LayerError/malformed(path:detail:)``.
    static func geometry(_ text: String, path: String) throws(LayerError) -> (geometry: Geometry, code: String?) {
        var rest = text[...]
        var code: String?
        if let match = rest.prefixMatch(of: /\s*(?i)srid\s*=\s*(\d+)\s*;/) {
            code = "EPSG:\(match.output.1)"
            rest = rest[match.range.upperBound...]
        }
        let gdal = try GDALLibrary()
        let log = MessageLog()
        let bytes = Array(rest.utf8).map { CChar(bitPattern: $0) } + [0]
        var buffer: [UInt8] = []
        var hasRest = false
        let status = log.collecting(gdal) {
            unsafe bytes.withUnsafeBufferPointer { bytes in
                var cursor = unsafe UnsafeMutablePointer(mutating: bytes.baseAddress)
                var handle: OGRGeometryH?
                let status = unsafe gdal.functions.pointee.OGR_G_CreateFromWkt(&cursor, nil, &handle)
                guard status == OGRERR_NONE, let geometry = unsafe handle else { return OGRERR_CORRUPT_DATA }
                defer { unsafe gdal.functions.pointee.OGR_G_DestroyGeometry(geometry) }
                while let next = unsafe cursor?.pointee, next == 0x20 || (0x09...0x0D).contains(next) {
                    unsafe cursor = unsafe cursor?.successor()
                }
                hasRest = unsafe cursor?.pointee ?? 0 != 0
                let size = Int(clamping: unsafe gdal.functions.pointee.OGR_G_WkbSizeEx(geometry))
                buffer = [UInt8](repeating: 0, count: size)
                return unsafe buffer.withUnsafeMutableBufferPointer { output in
                    unsafe gdal.functions.pointee.OGR_G_ExportToIsoWkb(geometry, wkbNDR, output.baseAddress)
                }
            }
        }
        guard status == OGRERR_NONE else {
            throw .malformed(path: path, detail: "it is no well-known text\(log.last.map { ": " + $0 } ?? "")")
        }
        guard !hasRest else { throw .malformed(path: path, detail: "something follows the first geometry") }
        do {
            return (try WellKnownBinary.decode(buffer.span), code)
        } catch {
            throw .malformed(path: path, detail: "\(FeatureProblem(error))")
        }
    }
}
