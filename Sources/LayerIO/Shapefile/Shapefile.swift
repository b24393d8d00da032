/// The files of one shapefile, checked before GDAL reads them.
///
/// GDAL takes a shapefile with files missing or cut short for what is left of it; here that is an error.
struct Shapefile {
    /// The `.shp`, or a `.dbf` that stands alone.
    let path: String
    /// The path for messages.
    let shownPath: String
    private let files: VirtualFile
    private let table: (path: String, header: DBFTable)?

    /// Checks that the files are there and as long as they say.
    ///
    /// - Throws: ``LayerError/missingSibling(path:sibling:)``, ``LayerError/truncated(path:detail:)``,
    ///   ``LayerError/fileEmpty(path:)``, ``LayerError/malformed(path:detail:)``.
    init(_ path: String, shownPath: String, gdal: GDALLibrary) throws(LayerError) {
        self.path = path
        self.shownPath = shownPath
        files = VirtualFile(gdal: gdal)
        let name = PathName(path)
        if name.ending != "dbf" {
            let shape = try Self.require("shp", name, shownPath, files)
            let index = try Self.require("shx", name, shownPath, files)
            try Self.checkLength(shape, shownPath, files)
            try Self.checkLength(index, shownPath, files)
        }
        let tablePath = name.ending == "dbf" ? path : try Self.require("dbf", name, shownPath, files)
        table = (tablePath, try Self.checkTable(tablePath, shownPath, files))
    }

    private static func sibling(_ ending: String, _ name: PathName, _ files: VirtualFile) -> String? {
        let spellings = [ending, ending.uppercased(), ending.prefix(1).uppercased() + ending.dropFirst()]
        return spellings.map { "\(name.base).\($0)" }.first { files.size($0) != nil }
    }

    private static func require(
        _ ending: String, _ name: PathName, _ shownPath: String, _ files: VirtualFile
    ) throws(LayerError) -> String {
        guard let path = sibling(ending, name, files) else {
            throw .missingSibling(path: shownPath, sibling: "\(name.stem).\(ending)")
        }
        return path
    }

    /// Compares the length in the header, in words of 16 bits from byte 24, with that of the file.
    /// (ESRI, "Shapefile Technical Description", July 1998, page 4.)
    private static func checkLength(_ path: String, _ shownPath: String, _ files: VirtualFile) throws(LayerError) {
        let name = PathName(path).name
        guard let header = files.read(path, limit: 100), !header.isEmpty else { throw .fileEmpty(path: shownPath) }
        guard header.count == 100, let size = files.size(path) else {
            throw .truncated(path: shownPath, detail: "\(name) ends inside its header")
        }
        guard header.starts(with: [0x00, 0x00, 0x27, 0x0A]) else {
            throw .malformed(path: shownPath, detail: "\(name) does not start as a shapefile does")
        }
        let promised = 2 * header[24..<28].reduce(0) { $0 << 8 | Int($1) }
        guard promised <= size else {
            throw .truncated(path: shownPath, detail: "\(name) promises \(promised) bytes and has \(size)")
        }
    }

    private static func checkTable(
        _ path: String, _ shownPath: String, _ files: VirtualFile
    ) throws(LayerError) -> DBFTable {
        let name = PathName(path).name
        guard let start = files.read(path, limit: 1 << 16), let size = files.size(path), !start.isEmpty else {
            throw .fileEmpty(path: shownPath)
        }
        guard let header = DBFTable(start) else {
            throw .truncated(path: shownPath, detail: "\(name) ends inside its header")
        }
        guard header.promisedSize <= size else {
            let detail =
                "\(name) promises \(header.recordCount) records in \(header.promisedSize) bytes and has \(size)"
            throw .truncated(path: shownPath, detail: detail)
        }
        return header
    }
}

// MARK: - Encoding

extension Shapefile {
    /// How much of a table is looked at to recognise its encoding.
    private static let sampleLimit = 64 << 20

    /// The encoding of the table: the user's word, else `.cpg`, else the language driver byte, unless the bytes are
    /// not valid there; else what the bytes look like.
    ///
    /// - Parameter userWord: What the user says; taken as it is.
    /// - Returns: The encoding, how it was found, and what of it is not valid.
    /// - Throws: ``LayerError/unknownEncoding(path:name:)`` for a word that names no encoding.
    func encoding(userWord: String?) throws(LayerError) -> EncodingEvidence {
        guard let table else { return .utf8 }
        let sample = files.read(table.path, limit: Self.sampleLimit) ?? []
        let records = Array(sample.dropFirst(table.header.headerLength))
        func invalidTexts(in encoding: String) -> Int? {
            TextDecoder(encoding).map { table.header.countInvalidTexts(records: records, decoder: $0) }
        }
        if let userWord {
            guard let name = TextEncoding.canonicalName(userWord), let invalid = invalidTexts(in: name) else {
                throw .unknownEncoding(path: shownPath, name: userWord)
            }
            return EncodingEvidence(name: name, how: .user, invalidTexts: invalid)
        }
        // Only where it is needed: it looks at every text once more.
        lazy var verdict = table.header.detectEncoding(records: records).verdict
        var contradicted: EncodingEvidence.Origin?
        for (origin, name) in claims {
            guard let name, let invalid = invalidTexts(in: name) else {
                contradicted = contradicted ?? origin
                continue
            }
            // A single-byte driver byte is what many programs write without thinking; clear evidence beats it.
            let isHasty = if case .languageDriver = origin { TextEncoding.isSingleByte(name) } else { false }
            if invalid == 0 && !(isHasty && verdict.how == .content) {
                return EncodingEvidence(name: name, how: origin, contradicted: contradicted)
            }
            if verdict.how != .content {
                return EncodingEvidence(name: name, how: origin, contradicted: contradicted, invalidTexts: invalid)
            }
            contradicted = contradicted ?? origin
        }
        verdict.contradicted = contradicted
        verdict.invalidTexts = invalidTexts(in: verdict.name) ?? 0
        return verdict
    }

    /// What the files say of their encoding, the more deliberate first; with a nil name where it is not understood.
    private var claims: [(EncodingEvidence.Origin, String?)] {
        guard let table else { return [] }
        var claims: [(EncodingEvidence.Origin, String?)] = []
        if let path = Self.sibling("cpg", PathName(path), files), let bytes = files.read(path, limit: 256) {
            let text = String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
            if !text.allSatisfy(\.isWhitespace) {
                claims.append((.codePageFile(text), TextEncoding.canonicalName(text)))
            }
        }
        if let name = TextEncoding.ofLanguageDriver(table.header.languageDriver) {
            claims.append((.languageDriver(table.header.languageDriver), name))
        }
        return claims
    }

    /// Whether a `.prj` stands beside it.
    var hasProjectionFile: Bool { Self.sibling("prj", PathName(path), files) != nil }

    /// The bytes of the column names, in the order of the table.
    var rawColumnNames: [[UInt8]] { table?.header.columns.map(\.name) ?? [] }
}
