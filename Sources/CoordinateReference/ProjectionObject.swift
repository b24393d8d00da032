internal import CRedlinePROJ

/// The sole owner of one `PJ`: a CRS, a datum, or an operation.
@safe
struct ProjectionObject: ~Copyable {
    let context: ProjectionContext  // Lives longer than the object, as PROJ wants it.
    private let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer, in context: ProjectionContext) {
        self.context = context
        unsafe self.pointer = pointer
    }

    deinit { unsafe proj_destroy(pointer) }

    /// Lends the pointer to `body`, which must not keep it.
    borrowing func withPointer<R>(_ body: (OpaquePointer) -> R) -> R { unsafe body(pointer) }

    /// Calls a PROJ function that derives a new object from this one; nil where there is none.
    borrowing func derive(_ body: (OpaquePointer, OpaquePointer) -> OpaquePointer?) -> ProjectionObject? {
        let own = unsafe pointer
        return unsafe context.make { unsafe body($0, own) }
    }

    var type: PJ_TYPE { unsafe proj_get_type(pointer) }

    var name: String { unsafe proj_get_name(pointer).map { unsafe String(cString: $0) } ?? "" }

    /// The first identifier, for instance `EPSG:4520`; nil where it has none.
    var authorityCode: String? {
        guard let authority = unsafe proj_get_id_auth_name(pointer, 0), let code = unsafe proj_get_id_code(pointer, 0)
        else { return nil }
        return unsafe String(cString: authority) + ":" + String(cString: code)
    }

    /// As WKT 2 (ISO 19162:2019) on one line; nil where there is no such form.
    var wkt: String? {
        unsafe withOptions(["MULTILINE=NO"]) { options in
            let text = unsafe proj_as_wkt(context.raw, pointer, PJ_WKT2_2019, options)
            return unsafe text.map { unsafe String(cString: $0) }
        }
    }
}

/// Lends `options` to a C function as a list of strings that ends in null.
func withOptions<R>(_ options: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R) -> R {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for option in options {
        starts.append(bytes.count)
        bytes += option.utf8CString
    }
    return unsafe bytes.withUnsafeBufferPointer { text in
        var list: [UnsafePointer<CChar>?] = unsafe starts.map { start in
            unsafe text.baseAddress.map { unsafe $0 + start }
        }
        unsafe list.append(nil)
        return unsafe list.withUnsafeBufferPointer { pointers in
            // The list holds at least its null, so it has an address.
            guard let address = pointers.baseAddress else { preconditionFailure("an empty option list") }
            return unsafe body(address)
        }
    }
}
