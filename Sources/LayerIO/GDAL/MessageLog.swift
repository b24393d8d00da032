import CRedlineGDAL

/// The messages of GDAL during a call, for one task at a time.
///
/// GDAL reports by a handler that belongs to the thread; it is installed around each call and never across one of the
/// caller's closures, so that the log may move between threads from call to call.
final class MessageLog {
    /// What GDAL said.
    struct Message: Hashable {
        var isFailure: Bool
        var text: String
    }

    /// The messages since the last ``clear()``; at most a hundred, so that a broken file cannot fill the memory.
    private(set) var messages: [Message] = []

    /// The last failure, else the last warning.
    var last: String? { messages.last(where: \.isFailure)?.text ?? messages.last?.text }

    /// The first failure: what follows is often only its consequence.
    var firstFailure: String? { messages.first(where: \.isFailure)?.text }

    /// Forgets everything; an older message must not explain a later call.
    func clear() { messages.removeAll(keepingCapacity: true) }

    /// Calls `body` and notes what GDAL says meanwhile.
    func collecting<R>(_ gdal: GDALLibrary, _ body: () -> R) -> R {
        let handler: CPLErrorHandler = { level, _, text in
            guard let table = unsafe redline_gdal_table(), let text = unsafe text,
                let context = unsafe table.pointee.CPLGetErrorHandlerUserData()
            else { return }
            let log = unsafe Unmanaged<MessageLog>.fromOpaque(context).takeUnretainedValue()
            guard level.rawValue >= CE_Warning.rawValue, log.messages.count < 100 else { return }
            let words = unsafe String(cString: text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            log.messages.append(Message(isFailure: level.rawValue >= CE_Failure.rawValue, text: words))
        }
        unsafe gdal.functions.pointee.CPLPushErrorHandlerEx(handler, Unmanaged.passUnretained(self).toOpaque())
        defer { unsafe gdal.functions.pointee.CPLPopErrorHandler() }
        return withExtendedLifetime(self, body)
    }
}
