import CRedlineGDAL
import RedlineGeometry

extension GDALDataset {
    /// Creates a data set.
    ///
    /// - Throws: ``LayerError/writeFailed(path:message:)``.
    convenience init(creating path: String, driver: String, gdal: GDALLibrary, log: MessageLog) throws(LayerError) {
        let handle = unsafe log.collecting(gdal) { () -> GDALDatasetH? in
            guard let driver = unsafe gdal.functions.pointee.GDALGetDriverByName(driver) else { return nil }
            return unsafe gdal.functions.pointee.GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil)
        }
        guard let handle = unsafe handle else {
            throw .writeFailed(path: path, message: log.last ?? "GDAL has no driver '\(driver)'")
        }
        unsafe self.init(adopting: handle, gdal: gdal, log: log)
    }

    /// Adds a layer with typed fields.
    ///
    /// - Throws: ``LayerError/writeFailed(path:message:)``.
    func createLayer(
        _ name: String, fields: [FieldDescription], geometry: GDALTable.GeometryKind, options: [String]
    ) throws(LayerError) -> GDALTable {
        var system: OGRSpatialReferenceH?
        defer { if let system = unsafe system { unsafe gdal.functions.pointee.OSRRelease(system) } }
        if let crs = geometry.crs {
            unsafe system = unsafe makeSystem(crs)
            guard unsafe system != nil else { throw .writeFailed(path: name, message: "there is no CRS '\(crs)'") }
        }
        let raw = unsafe withHandle { dataset in
            unsafe withCStrings(options) { options -> OGRLayerH? in
                let options = unsafe UnsafeMutableRawPointer(options)?.assumingMemoryBound(
                    to: UnsafeMutablePointer<CChar>?.self)
                return unsafe gdal.functions.pointee.GDALDatasetCreateLayer(
                    dataset, name, system, geometry.code, options)
            }
        }
        guard let raw = unsafe raw else { throw .writeFailed(path: name, message: log.last ?? "no layer was created") }
        let layer = unsafe GDALLayer(raw: raw, dataset: self)
        for field in fields { try layer.createField(field) }
        return GDALTable(layer: layer, kinds: fields.map(\.type))
    }

    /// Gathers what is written from here on into one transaction, which is much faster than one for each row.
    func startTransaction() {
        unsafe withHandle { unsafe _ = gdal.functions.pointee.GDALDatasetStartTransaction($0, 0) }
    }

    /// Writes the transaction; what went wrong is in the log.
    func commitTransaction() {
        unsafe withHandle { unsafe _ = gdal.functions.pointee.GDALDatasetCommitTransaction($0) }
    }

    /// A new CRS with longitude or easting first; nil where nothing is known by this name.
    private func makeSystem(_ crs: String) -> OGRSpatialReferenceH? {
        unsafe log.collecting(gdal) {
            guard let system = unsafe gdal.functions.pointee.OSRNewSpatialReference(nil) else { return nil }
            guard unsafe gdal.functions.pointee.OSRSetFromUserInput(system, crs) == OGRERR_NONE else {
                unsafe gdal.functions.pointee.OSRRelease(system)
                return nil
            }
            unsafe gdal.functions.pointee.OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER)
            return unsafe system
        }
    }
}

/// A layer that rows are added to.
struct GDALTable {
    /// What geometry the rows have.
    enum GeometryKind {
        case none
        /// Any kind, in the CRS of this code; longitude or easting first.
        case any(crs: String)

        var crs: String? { if case .any(let crs) = self { crs } else { nil } }
        var code: OGRwkbGeometryType { crs == nil ? wkbNone : wkbUnknown }
    }

    let layer: GDALLayer
    let kinds: [FieldDescription.Kind]

    /// Adds a row; a value that does not fit the kind of its field is written as text where the field is text, and is
    /// an error elsewhere.
    ///
    /// - Throws: ``LayerError/writeFailed(path:message:)``.
    func append(_ values: [AttributeValue], geometry: Geometry?, identifier: Int64? = nil) throws(LayerError) {
        let gdal = layer.dataset.gdal
        let log = layer.dataset.log
        log.clear()
        var misfit: Int?
        let status = unsafe layer.withHandle { raw -> OGRErr in
            guard let definition = unsafe gdal.functions.pointee.OGR_L_GetLayerDefn(raw),
                let feature = unsafe gdal.functions.pointee.OGR_F_Create(definition)
            else { return OGRERR_FAILURE }
            defer { unsafe gdal.functions.pointee.OGR_F_Destroy(feature) }
            if let identifier { _ = unsafe gdal.functions.pointee.OGR_F_SetFID(feature, identifier) }
            for (index, value) in values.enumerated() where index < kinds.count {
                let index = Int32(index)
                switch (kinds[Int(index)], value) {
                case (_, .null): unsafe gdal.functions.pointee.OGR_F_SetFieldNull(feature, index)
                case (.integer, .integer(let number)):
                    unsafe gdal.functions.pointee.OGR_F_SetFieldInteger64(feature, index, number)
                case (.real, .integer(let number)):
                    unsafe gdal.functions.pointee.OGR_F_SetFieldDouble(feature, index, Double(number))
                case (.real, .real(let number)):
                    unsafe gdal.functions.pointee.OGR_F_SetFieldDouble(feature, index, number)
                case (.integer, _), (.real, _): misfit = Int(index)
                default: unsafe gdal.functions.pointee.OGR_F_SetFieldString(feature, index, value.text)
                }
            }
            if let geometry {
                guard let shape = unsafe Self.makeGeometry(geometry, gdal) else { return OGRERR_FAILURE }
                _ = unsafe gdal.functions.pointee.OGR_F_SetGeometryDirectly(feature, shape)
            }
            return unsafe gdal.functions.pointee.OGR_L_CreateFeature(raw, feature)
        }
        if let misfit {
            throw .writeFailed(path: layer.name, message: "value \(misfit + 1) of a row does not fit its field")
        }
        guard status == OGRERR_NONE, log.firstFailure == nil else {
            throw .writeFailed(path: layer.name, message: log.firstFailure ?? "the row was not accepted")
        }
    }

    private static func makeGeometry(_ geometry: Geometry, _ gdal: GDALLibrary) -> OGRGeometryH? {
        let bytes = WellKnownBinary.encode(geometry)
        var shape: OGRGeometryH?
        _ = unsafe bytes.withUnsafeBytes { buffer in
            unsafe gdal.functions.pointee.OGR_G_CreateFromWkb(
                buffer.baseAddress, nil, &shape, Int32(clamping: buffer.count))
        }
        return unsafe shape
    }
}

extension GDALLayer {
    /// Adds a field.
    ///
    /// - Throws: ``LayerError/writeFailed(path:message:)``.
    func createField(_ field: FieldDescription) throws(LayerError) {
        let gdal = dataset.gdal
        let type: OGRFieldType =
            switch field.type {
            case .integer: OFTInteger64
            case .real: OFTReal
            default: OFTString
            }
        dataset.log.clear()
        let status = unsafe withHandle { raw -> OGRErr in
            guard let definition = unsafe gdal.functions.pointee.OGR_Fld_Create(field.name, type) else {
                return OGRERR_FAILURE
            }
            defer { unsafe gdal.functions.pointee.OGR_Fld_Destroy(definition) }
            if type == OFTString, field.width > 0 {
                unsafe gdal.functions.pointee.OGR_Fld_SetWidth(definition, Int32(clamping: field.width))
            }
            return unsafe gdal.functions.pointee.OGR_L_CreateField(raw, definition, 0)
        }
        guard status == OGRERR_NONE, dataset.log.firstFailure == nil else {
            let message = dataset.log.firstFailure ?? "field '\(field.name)' was not accepted"
            throw .writeFailed(path: name, message: message)
        }
    }
}
