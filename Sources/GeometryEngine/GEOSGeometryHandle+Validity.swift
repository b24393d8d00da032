import CRedlineGEOS
public import RedlineGeometry

/// Whether a geometry is valid by OGC 06-103r4 clause 6.1, and if not, why.
public enum Validity: Hashable, Sendable {
    /// Valid.
    case valid
    /// Not valid: GEOS' reason, as in `Self-intersection`, and a place where it shows, where there is one.
    case invalid(reason: String, location: Position?)
}

extension GEOSGeometryHandle {
    /// Judges the geometry; a ring that touches itself at a vertex is invalid, as in the standard.
    ///
    /// - Returns: The first fault found, or that there is none. Where GEOS itself stops, its message is the reason.
    public borrowing func validity() -> Validity {
        let raw = unsafe context.raw
        var reason: UnsafeMutablePointer<CChar>?
        var location: OpaquePointer?
        let answer = unsafe withPointer { unsafe GEOSisValidDetail_r(raw, $0, 0, &reason, &location) }
        defer {
            if let reason = unsafe reason { unsafe GEOSFree_r(raw, reason) }
            if let location = unsafe location { unsafe GEOSGeom_destroy_r(raw, location) }
        }
        switch answer {
        case 1: return .valid
        case 0:
            var place: Position?
            if case .point(let position)? = try? unsafe context.value(of: location) { place = position }
            return .invalid(reason: unsafe reason.map { unsafe String(cString: $0) } ?? "unknown", location: place)
        default:
            return .invalid(reason: context.failure(of: "GEOSisValidDetail_r").description, location: nil)
        }
    }

    /// Whether ``validity()`` finds no fault.
    public var isValid: Bool { unsafe withPointer { unsafe GEOSisValid_r(context.raw, $0) } == 1 }

    /// Whether lines do not cross or touch themselves, and points do not repeat; true for valid polygons.
    ///
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public var isSimple: Bool {
        get throws(GeometryError) {
            try unsafe withPointerToFullParts { pointer throws(GeometryError) in
                try unsafe context.test("GEOSisSimple_r") { unsafe GEOSisSimple_r($0, pointer) }
            }
        }
    }

    /// Returns the geometry repaired by GEOS' MakeValid, method "structure", without collapsed parts: rings are made
    /// valid one by one, shells united, holes taken away.
    ///
    /// GEOS 3.11 itself leaves about one in eighty random rings of few vertices invalid, two parts overlapping along an
    /// edge; such a result is repaired once more.
    ///
    /// - Returns: A valid geometry, the same ground where it was valid. A multi-polygon may come of a polygon, and empty
    ///   may be what is left; ``polygonalPart()`` drops lines that a collection keeps.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, also where the result stays invalid.
    public borrowing func madeValid() throws(GeometryError) -> GEOSGeometryHandle {
        var repaired = try repairedOnce()
        for _ in 0..<3 where !repaired.isValid { repaired = try repaired.repairedOnce() }
        guard case .invalid(let reason, let location) = repaired.validity() else { return repaired }
        throw .engineFailure(
            operation: "GEOSMakeValidWithParams_r", message: "the result is invalid: \(reason)", location: location)
    }

    private borrowing func repairedOnce() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe derive("GEOSMakeValidWithParams_r") { raw, pointer in
            guard let parameters = unsafe GEOSMakeValidParams_create_r(raw) else { return nil }
            defer { unsafe GEOSMakeValidParams_destroy_r(raw, parameters) }
            _ = unsafe GEOSMakeValidParams_setMethod_r(raw, parameters, GEOS_MAKE_VALID_STRUCTURE)
            _ = unsafe GEOSMakeValidParams_setKeepCollapsed_r(raw, parameters, 0)
            return unsafe GEOSMakeValidWithParams_r(raw, pointer, parameters)
        }
    }
}
