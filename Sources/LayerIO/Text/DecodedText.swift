/// The text of a file, whatever its encoding.
public struct DecodedText: Hashable, Sendable {
    /// The text, without a byte-order mark.
    public let text: String
    /// The encoding that was used.
    public let encoding: String

    /// Reads a file: UTF-8 with or without a byte-order mark, UTF-16 with one, GBK and the other encodings that
    /// attribute tables come in.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - encoding: The encoding, where the user knows better than the file.
    /// - Throws: ``LayerError`` if the file is missing or cannot be read, or there is no encoding of that name.
    public init(contentsOf path: String, encoding: String? = nil) throws(LayerError) {
        switch FileSystem.status(of: path) {
        case .missing: throw .fileMissing(path: path)
        case .refused(let reason): throw .unreadable(path: path, reason: reason)
        case .folder: throw .unreadable(path: path, reason: "it is a folder")
        case .file, .stream: break
        }
        var bytes = try FileSystem.read(path)
        let name: String
        if let encoding {
            guard let canonical = TextEncoding.canonicalName(encoding) else {
                throw .unknownEncoding(path: path, name: encoding)
            }
            name = canonical
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            name = bytes[0] == 0xFF ? "UTF-16LE" : "UTF-16BE"
            bytes.removeFirst(2)
        } else {
            var detection = EncodingDetection()
            detection.add(bytes[...])
            name = detection.verdict.name
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard var decoder = TextDecoder(name) else { throw .unknownEncoding(path: path, name: name) }
        text = decoder.decode(bytes)
        self.encoding = name
    }
}
