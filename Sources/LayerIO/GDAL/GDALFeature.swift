import CRedlineGDAL
import RedlineGeometry

/// The sole owner of one row that GDAL has read.
@safe
struct GDALFeature: ~Copyable {
    private let gdal: GDALLibrary
    private let raw: OGRFeatureH

    init(adopting raw: OGRFeatureH, gdal: GDALLibrary) {
        unsafe self.raw = unsafe raw
        self.gdal = gdal
    }

    deinit { unsafe gdal.functions.pointee.OGR_F_Destroy(raw) }

    /// GDAL's number of the row.
    var identifier: Int64 { unsafe gdal.functions.pointee.OGR_F_GetFID(raw) }

    /// The geometry as GDAL holds it, decoded from WKB; nil where there is none.
    ///
    /// - Parameter buffer: Memory that is used again from row to row.
    /// - Returns: The geometry in two dimensions, or why it cannot be had.
    func geometry(buffer: inout [UInt8]) -> Result<Geometry?, FeatureProblem> {
        guard let geometry = unsafe gdal.functions.pointee.OGR_F_GetGeometryRef(raw) else { return .success(nil) }
        let size = Int(clamping: unsafe gdal.functions.pointee.OGR_G_WkbSizeEx(geometry))
        if buffer.count < size { buffer = [UInt8](repeating: 0, count: max(size, 2 * buffer.count)) }
        let status = unsafe buffer.withUnsafeMutableBufferPointer { bytes in
            unsafe gdal.functions.pointee.OGR_G_ExportToIsoWkb(geometry, wkbNDR, bytes.baseAddress)
        }
        guard status == OGRERR_NONE else { return .failure(.malformed(message: "it has no binary form")) }
        do {
            return .success(try WellKnownBinary.decode(buffer.span.extracting(first: size)))
        } catch {
            return .failure(FeatureProblem(error))
        }
    }

    /// Whether the field has a value.
    func hasValue(_ index: Int32) -> Bool {
        unsafe gdal.functions.pointee.OGR_F_IsFieldSetAndNotNull(raw, index) != 0
    }

    /// The whole number in the field.
    func integer(_ index: Int32) -> Int64 { unsafe gdal.functions.pointee.OGR_F_GetFieldAsInteger64(raw, index) }

    /// The number in the field.
    func real(_ index: Int32) -> Double { unsafe gdal.functions.pointee.OGR_F_GetFieldAsDouble(raw, index) }

    /// The text of the field; counts into `decoder` what is not valid.
    func text(_ index: Int32, decoder: inout TextDecoder) -> String {
        guard let text = unsafe gdal.functions.pointee.OGR_F_GetFieldAsString(raw, index) else { return "" }
        return unsafe decoder.decode(cString: text)
    }

    /// The day or moment in the field as ISO 8601.
    func moment(_ index: Int32, _ kind: FieldDescription.Kind) -> String {
        var (year, month, day, hour, minute): (Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0)
        var second: Float = 0
        var zone: Int32 = 0
        _ = unsafe gdal.functions.pointee.OGR_F_GetFieldAsDateTimeEx(
            raw, index, &year, &month, &day, &hour, &minute, &second, &zone)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        if kind == .date { return date }
        let thousandths = Int32((second * 1000).rounded())
        var time = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(thousandths / 1000, 2))"
        if thousandths % 1000 != 0 { time += ".\(padded(thousandths % 1000, 3))" }
        // GDAL counts zones in quarters of an hour from 100, which is UTC; below 2 the zone is unknown or local.
        if zone == 100 { time += "Z" }
        if zone > 1 && zone != 100 {
            let minutes = (zone - 100).magnitude * 15
            time += "\(zone < 100 ? "-" : "+")\(padded(Int32(minutes / 60), 2)):\(padded(Int32(minutes % 60), 2))"
        }
        return kind == .time ? time : "\(date)T\(time)"
    }

    private func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number.magnitude)
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
