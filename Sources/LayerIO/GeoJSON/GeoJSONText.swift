/// The text of a GeoJSON file: held, or left in its file and read a piece at a time.
struct GeoJSONText {
    /// Some bytes of the text, and where in it they begin.
    struct Piece {
        var bytes: [UInt8]
        var base: Int

        /// A cursor at a place of the text.
        func cursor(at offset: Int) -> JSONCursor { JSONCursor(bytes, at: offset - base) }
    }

    private enum Storage {
        case held([UInt8])
        case file(FilePieces)
    }

    private let storage: Storage
    /// How many bytes are read at once, where a value does not need more.
    let pieceSize: Int
    /// The bytes of the whole text.
    let count: Int

    /// Larger files are read in pieces; smaller ones are faster when they are held.
    static let heldLimit = 64 << 20

    init(_ bytes: [UInt8]) { self.init(storage: .held(bytes), count: bytes.count, pieceSize: bytes.count) }

    private init(storage: Storage, count: Int, pieceSize: Int) {
        self.storage = storage
        self.count = count
        self.pieceSize = pieceSize
    }

    /// The text of a file, which stays open.
    init(path: String, heldLimit: Int = Self.heldLimit, pieceSize: Int = 16 << 20) throws(LayerError) {
        let file = try FilePieces(path)
        if file.count <= heldLimit {
            self.init(try file.read(0..<file.count))
        } else {
            self.init(storage: .file(file), count: file.count, pieceSize: pieceSize)
        }
    }

    /// All of the text where it is held, so that nothing is copied; else the bytes of the range.
    func piece(_ range: Range<Int>) throws(LayerError) -> Piece {
        switch storage {
        case .held(let bytes): Piece(bytes: bytes, base: 0)
        case .file(let file): Piece(bytes: try file.read(range), base: range.lowerBound)
        }
    }

    /// Whether all of the text is held.
    var isHeld: Bool { if case .held = storage { true } else { false } }

    /// The bytes of the whole text.
    func all() throws(LayerError) -> [UInt8] { try piece(0..<count).bytes }

    /// The first bytes, as text.
    func start(_ length: Int) throws(LayerError) -> String {
        String(decoding: try piece(0..<min(length, count)).bytes.prefix(length), as: UTF8.self)
    }

    /// The line and the column of a byte, both from 1.
    func place(of offset: Int) throws(LayerError) -> (line: Int, column: Int) {
        let end = min(offset, count)
        var (line, lineStart, position) = (1, 0, 0)
        while position < end {
            let piece = try piece(position..<min(end, position + pieceSize))
            let bytes = piece.bytes[(position - piece.base)..<min(piece.bytes.count, end - piece.base)]
            line += bytes.count { $0 == 0x0A }
            if let last = bytes.lastIndex(of: 0x0A) { lineStart = piece.base + last + 1 }
            position += bytes.count
        }
        return (line, end - lineStart + 1)
    }
}
