import CRedlineGEOS
import RedlineGeometry

/// A GEOS context and the message of its last error, for one task at a time.
///
/// Every geometry belongs to the context that built it and keeps it alive; geometries of two contexts cannot meet.
/// A context costs some microseconds: make one for each task, never share one.
@safe  // Not `Sendable`: GEOS wants one thread at a time, and even reading a geometry writes its cached envelope.
public final class GeometryContext {
    let raw: GEOSContextHandle_t
    private var lastMessage: String?

    /// Creates a context.
    ///
    /// - Throws: ``GeometryError/engineUnavailable`` where GEOS has no memory for one.
    public init() throws(GeometryError) {
        guard let raw = unsafe GEOS_init_r() else { throw .engineUnavailable }
        unsafe self.raw = unsafe raw
        let handler: GEOSMessageHandler_r = { text, context in
            guard let text = unsafe text, let context = unsafe context else { return }
            let owner = unsafe Unmanaged<GeometryContext>.fromOpaque(context).takeUnretainedValue()
            owner.lastMessage = unsafe String(cString: text)
        }
        _ = unsafe GEOSContext_setErrorMessageHandler_r(raw, handler, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit { unsafe GEOS_finish_r(raw) }

    /// The version of the GEOS library that runs, as in `3.11.1`.
    public static var engineVersion: String {
        guard let text = unsafe GEOSversion() else { return "unknown" }
        return unsafe String(String(cString: text).prefix { $0 != "-" })
    }

    /// Calls a GEOS function that returns a new geometry, and adopts the result.
    func make(
        _ operation: String, _ body: (GEOSContextHandle_t) -> OpaquePointer?
    ) throws(GeometryError) -> GEOSGeometryHandle {
        lastMessage = nil  // An older message must not explain this call.
        guard let pointer = unsafe body(raw) else { throw failure(of: operation) }
        return unsafe GEOSGeometryHandle(adopting: pointer, in: self)
    }

    /// Calls a GEOS predicate, which answers 0 or 1, and 2 where it fails.
    func test(_ operation: String, _ body: (GEOSContextHandle_t) -> CChar) throws(GeometryError) -> Bool {
        lastMessage = nil
        switch unsafe body(raw) {
        case 0: return false
        case 1: return true
        default: throw failure(of: operation)
        }
    }

    /// Calls a GEOS function that fills in a number and answers 1, and 0 where it fails.
    func measure(
        _ operation: String, _ body: (GEOSContextHandle_t, inout Double) -> CInt
    ) throws(GeometryError) -> Double {
        lastMessage = nil
        var value = 0.0
        guard unsafe body(raw, &value) == 1 else { throw failure(of: operation) }
        return value
    }

    /// Calls a GEOS function that returns text, and frees it.
    func text(
        _ operation: String, _ body: (GEOSContextHandle_t) -> UnsafeMutablePointer<CChar>?
    ) throws(GeometryError) -> String {
        lastMessage = nil
        guard let text = unsafe body(raw) else { throw failure(of: operation) }
        defer { unsafe GEOSFree_r(raw, text) }
        return unsafe String(cString: text)
    }

    /// Calls a GEOS function that returns two positions; nil where it has none and no error.
    func pair(
        _ operation: String, _ body: (GEOSContextHandle_t) -> OpaquePointer?
    ) throws(GeometryError) -> (Position, Position)? {
        lastMessage = nil
        guard let sequence = unsafe body(raw) else {
            if lastMessage == nil { return nil }
            throw failure(of: operation)
        }
        defer { unsafe GEOSCoordSeq_destroy_r(raw, sequence) }
        let positions = try unsafe positions(of: sequence)
        return positions.count == 2 ? (positions[0], positions[1]) : nil
    }

    /// The error that the last call left.
    func failure(of operation: String) -> GeometryError {
        .engineFailure(operation: operation, message: lastMessage ?? "no message")
    }
}
