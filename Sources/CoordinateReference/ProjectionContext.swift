internal import CRedlinePROJ

/// A PROJ context for one task at a time: what transformations share, so that the next one is cheap to build.
///
/// The network stays off, whatever the environment says, so that every machine uses the grids that lie on it.
@safe  // Not `Sendable`: PROJ wants one thread at a time for each context.
public final class ProjectionContext {
    let raw: OpaquePointer
    private var messages: [String] = []

    /// Creates a context; PROJ opens its database on first use, which costs milliseconds.
    ///
    /// - Throws: ``CoordinateReferenceError/engineUnavailable(message:)``.
    public init() throws(CoordinateReferenceError) {
        guard let raw = unsafe proj_context_create() else { throw .engineUnavailable(message: "no context") }
        unsafe self.raw = raw
        unsafe proj_context_set_enable_network(raw, 0)
        // `proj_context_errno_string` says "Unknown error" where the log says "crs not found".
        unsafe proj_log_level(raw, PJ_LOG_ERROR)
        unsafe proj_log_func(raw, Unmanaged.passUnretained(self).toOpaque()) { owner, _, text in
            guard let owner = unsafe owner, let text = unsafe text else { return }
            let message = unsafe String(cString: text)
            unsafe Unmanaged<ProjectionContext>.fromOpaque(owner).takeUnretainedValue().log(message)
        }
    }

    /// The given context, or a new one.
    static func reusing(_ context: ProjectionContext?) throws(CoordinateReferenceError) -> ProjectionContext {
        if let context { return context }
        return try ProjectionContext()
    }

    deinit { unsafe proj_context_destroy(raw) }

    /// The version of the linked PROJ, for instance `9.1.1`.
    public static var version: String {
        let info = unsafe proj_info()
        return unsafe info.version.map { unsafe String(cString: $0) } ?? ""
    }

    /// The version of the EPSG dataset in PROJ's database, for instance `v10.076`; nil where there is no database.
    public var registryVersion: String? {
        let text = unsafe proj_context_get_database_metadata(raw, "EPSG.VERSION")
        return unsafe text.map { unsafe String(cString: $0) }
    }

    /// What PROJ said since the last call began.
    var lastMessage: String {
        if !messages.isEmpty { return messages.joined(separator: "; ") }
        let code = unsafe proj_context_errno(raw)
        guard code != 0, let text = unsafe proj_context_errno_string(raw, code) else { return "no message" }
        return unsafe String(cString: text)
    }

    /// Calls a PROJ function that returns a new object, and adopts the result; nil where PROJ refuses.
    func make(_ body: (OpaquePointer) -> OpaquePointer?) -> ProjectionObject? {
        forgetMessages()
        guard let pointer = unsafe body(raw) else { return nil }
        return unsafe ProjectionObject(adopting: pointer, in: self)
    }

    /// Forgets older messages, which must not explain the next call.
    func forgetMessages() { messages.removeAll(keepingCapacity: true) }

    private func log(_ message: String) {
        // A batch of bad positions would log each of them; the first ones explain the rest.
        guard messages.count < 3, !messages.contains(message) else { return }
        messages.append(message)
    }
}
