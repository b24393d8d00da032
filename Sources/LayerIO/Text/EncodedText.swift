/// The bytes of a text file as text.
enum EncodedText {
    /// Decodes by what the user says, by a byte-order mark, or by the bytes themselves.
    ///
    /// - Throws: ``LayerError/unknownEncoding(path:name:)``.
    static func decode(
        _ bytes: [UInt8], source: LayerSource
    ) throws(LayerError) -> (text: String, encoding: EncodingEvidence) {
        var evidence = EncodingEvidence.utf8
        var content = bytes[...]
        if let word = source.encoding {
            guard let name = TextEncoding.canonicalName(word) else {
                throw .unknownEncoding(path: source.shownPath, name: word)
            }
            evidence = EncodingEvidence(name: name, how: .user)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            evidence = EncodingEvidence(name: "UTF-16LE", how: .content)
            content = bytes.dropFirst(2)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            evidence = EncodingEvidence(name: "UTF-16BE", how: .content)
            content = bytes.dropFirst(2)
        } else {
            var detection = EncodingDetection()
            for line in bytes.split(separator: 0x0A) { detection.add(line) }
            evidence = detection.verdict
        }
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
        guard var decoder = TextDecoder(evidence.name) else {
            throw .unknownEncoding(path: source.shownPath, name: evidence.name)
        }
        let text = decoder.decode(Array(content))
        evidence.invalidTexts = decoder.invalidTexts
        return (text, evidence)
    }
}
