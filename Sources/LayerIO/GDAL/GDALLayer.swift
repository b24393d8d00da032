import CRedlineGDAL
import Glibc
import RedlineGeometry

/// A layer of an open data set; keeps the data set open.
@safe
struct GDALLayer {
    let dataset: GDALDataset
    private let raw: OGRLayerH
    private var gdal: GDALLibrary { dataset.gdal }

    init(raw: OGRLayerH, dataset: GDALDataset) {
        unsafe self.raw = unsafe raw
        self.dataset = dataset
    }

    /// The name in bytes, not always UTF-8.
    var name: String { unsafe text(gdal.functions.pointee.OGR_L_GetName(raw)) ?? "" }

    /// The column with the feature identifiers; nil where there is none.
    var fidColumn: String? { unsafe text(gdal.functions.pointee.OGR_L_GetFIDColumn(raw)) }

    /// The column with the geometry; nil where it has no name.
    var geometryColumn: String? { unsafe text(gdal.functions.pointee.OGR_L_GetGeometryColumn(raw)) }

    /// The number of rows that pass the filters; nil where the driver does not know, or would have to count.
    func featureCount(force: Bool) -> Int? {
        let count = call { unsafe gdal.functions.pointee.OGR_L_GetFeatureCount(raw, force ? 1 : 0) }
        return count < 0 ? nil : Int(clamping: count)
    }

    /// The extent; nil where it is empty, not finite, or not known without reading.
    func extent(force: Bool) -> Envelope? {
        var extent = OGREnvelope()
        let status = call { unsafe gdal.functions.pointee.OGR_L_GetExtent(raw, &extent, force ? 1 : 0) }
        let envelope = Envelope(minX: extent.MinX, minY: extent.MinY, maxX: extent.MaxX, maxY: extent.MaxY)
        let sides = [envelope.minX, envelope.minY, envelope.maxX, envelope.maxY]
        return status == OGRERR_NONE && !envelope.isEmpty && sides.allSatisfy(\.isFinite) ? envelope : nil
    }

    /// The declared kind of geometry: name, heights, measures.
    var geometryType: (name: String, hasZ: Bool, hasM: Bool) {
        let type = unsafe gdal.functions.pointee.OGR_L_GetGeomType(raw)
        let names = [
            "Unknown", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
            "GeometryCollection", "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface",
            "Curve", "Surface", "PolyhedralSurface", "TIN", "Triangle",
        ]
        // wkb25DBit, then the thousands of ISO 13249-3; wkbNone is 100.
        let code = Int((UInt32(bitPattern: Int32(truncatingIfNeeded: type.rawValue)) & 0x7FFF_FFFF) % 1000)
        return (
            code < names.count ? names[code] : "None",
            unsafe gdal.functions.pointee.OGR_GT_HasZ(type) != 0, unsafe gdal.functions.pointee.OGR_GT_HasM(type) != 0
        )
    }

    /// The fields, their names decoded, and the bytes of their names.
    func fields(decoder: inout TextDecoder) -> [(field: FieldDescription, rawName: [UInt8])] {
        guard let definition = unsafe gdal.functions.pointee.OGR_L_GetLayerDefn(raw) else { return [] }
        let count = unsafe gdal.functions.pointee.OGR_FD_GetFieldCount(definition)
        var fields: [(field: FieldDescription, rawName: [UInt8])] = []
        for index in 0..<max(0, count) {
            guard let field = unsafe gdal.functions.pointee.OGR_FD_GetFieldDefn(definition, index),
                let name = unsafe gdal.functions.pointee.OGR_Fld_GetNameRef(field)
            else { continue }
            let type = unsafe gdal.functions.pointee.OGR_Fld_GetType(field)
            let isBoolean = unsafe gdal.functions.pointee.OGR_Fld_GetSubType(field) == OFSTBoolean
            let rawName = unsafe Array(UnsafeBufferPointer(start: name, count: strlen(name))).map(
                UInt8.init(bitPattern:))
            let description = FieldDescription(
                name: decoder.decodeName(rawName), type: Self.kind(type, isBoolean: isBoolean),
                width: Int(unsafe gdal.functions.pointee.OGR_Fld_GetWidth(field)))
            fields.append((description, rawName))
        }
        return fields
    }

    private static func kind(_ type: OGRFieldType, isBoolean: Bool) -> FieldDescription.Kind {
        switch type {
        case OFTInteger: isBoolean ? .boolean : .integer
        case OFTInteger64: .integer
        case OFTReal: .real
        case OFTDate: .date
        case OFTTime: .time
        case OFTDateTime: .dateTime
        case OFTBinary: .binary
        case OFTString: .string
        default: .list
        }
    }

    /// The CRS as WKT2 and as authority and code; nil where the layer has none or an undefined one.
    var crs: (wkt: String?, authority: String?)? {
        guard let system = unsafe gdal.functions.pointee.OGR_L_GetSpatialRef(raw) else { return nil }
        return unsafe SpatialReference(borrowing: system, gdal: gdal, log: dataset.log).definition
    }

    /// Makes later reads leave these fields unread, by the bytes of their names.
    func ignore(_ names: [[UInt8]]) {
        _ = call {
            unsafe withCStrings(names) { unsafe gdal.functions.pointee.OGR_L_SetIgnoredFields(raw, $0) }
        }
    }

    /// Sets or removes the filter by attributes; false where it is not valid SQL.
    func setFilter(_ filter: String?) -> Bool {
        call { unsafe gdal.functions.pointee.OGR_L_SetAttributeFilter(raw, filter) } == OGRERR_NONE
    }

    /// Sets the filter by place; one that is infinite or nil removes it.
    func setFilter(_ envelope: Envelope?) {
        call {
            if let envelope {
                unsafe gdal.functions.pointee.OGR_L_SetSpatialFilterRect(
                    raw, envelope.minX, envelope.minY, envelope.maxX, envelope.maxY)
            } else {
                unsafe gdal.functions.pointee.OGR_L_SetSpatialFilter(raw, nil)
            }
        }
    }

    /// Starts again at the first row.
    func rewind() { call { unsafe gdal.functions.pointee.OGR_L_ResetReading(raw) } }

    /// Calls `body` with the next row; nil after the last, or where reading broke off: then the log has a failure.
    func withNextFeature<R>(_ body: (borrowing GDALFeature) -> R) -> R? {
        let feature = unsafe call { unsafe gdal.functions.pointee.OGR_L_GetNextFeature(raw) }
        guard let feature = unsafe feature else { return nil }
        return body(unsafe GDALFeature(adopting: feature, gdal: gdal))
    }

    /// Whether the driver has the capability of this name.
    func has(_ capability: String) -> Bool {
        unsafe gdal.functions.pointee.OGR_L_TestCapability(raw, capability) != 0
    }

    /// Lends the handle to `body`, which must not keep it, and notes the messages.
    func withHandle<R>(_ body: (OGRLayerH) -> R) -> R { call { unsafe body(raw) } }

    private func call<R>(_ body: () -> R) -> R {
        withExtendedLifetime(dataset) { dataset.log.collecting(gdal, body) }
    }

    /// The text at `pointer`; nil where there is none or it is empty.
    private func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer, unsafe pointer.pointee != 0 else { return nil }
        return unsafe String(cString: pointer)
    }
}
