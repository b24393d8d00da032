/// Why a GeoJSON text cannot be indexed.
enum GeoJSONFault: Error {
    /// The text breaks the grammar, at an offset of the whole text.
    case grammar(JSONFault)
    /// The text is not UTF-8.
    case encoding
    /// The file cannot be read.
    case file(LayerError)
}

/// Walks over a GeoJSON text with no more of it in memory than the value that is taken.
struct GeoJSONWindow {
    private let text: GeoJSONText
    private(set) var piece: GeoJSONText.Piece
    private var cursor: JSONCursor
    /// The end of what was seen to be UTF-8; the end of the text where that is known beforehand.
    private var validEnd: Int

    /// Starts at the first byte. A text that is held is taken for UTF-8.
    init(_ text: GeoJSONText) throws(GeoJSONFault) {
        self.text = text
        piece = GeoJSONText.Piece(bytes: [], base: 0)
        cursor = JSONCursor([])
        validEnd = text.isHeld ? text.count : 0
        // At least the mark of the order of bytes.
        try read(from: 0, atLeast: 3)
    }

    /// The offset of the next byte in the whole text.
    var offset: Int { piece.base + cursor.index }

    private var reachesEnd: Bool { piece.base + piece.bytes.count == text.count }

    /// Takes what `body` takes, once all of it is in memory; `body` may be called again with more of the text.
    mutating func take<Value>(
        _ body: (inout JSONCursor) throws(JSONFault) -> Value
    ) throws(GeoJSONFault) -> Value {
        var size = text.pieceSize
        while true {
            let start = cursor.index
            do throws(JSONFault) {
                let value = try body(&cursor)
                // What ends with the piece may go on behind it.
                if reachesEnd || cursor.index < piece.bytes.count { return value }
            } catch {
                // What breaks the grammar far from the end of the piece does not do so because the piece ends.
                if reachesEnd || !error.isTruncation && error.offset + Self.margin < piece.bytes.count {
                    throw .grammar(error.moved(by: piece.base))
                }
            }
            // Twice as much when the value began with the piece, so that long values are not read over and over.
            if start == 0 { size = max(size, piece.bytes.count) * 2 }
            try read(from: piece.base + start, atLeast: size)
        }
    }

    /// Longer than any word of JSON that is cut at the end of a piece and then looks wrong.
    private static let margin = 64

    /// Goes to a place of the text.
    mutating func move(to offset: Int) throws(GeoJSONFault) {
        if offset >= piece.base && offset <= piece.base + piece.bytes.count {
            cursor.index = offset - piece.base
        } else {
            try read(from: offset, atLeast: text.pieceSize)
        }
    }

    private mutating func read(from offset: Int, atLeast size: Int) throws(GeoJSONFault) {
        // The old piece first, so that never two are held.
        (piece.bytes, cursor) = ([], JSONCursor([]))
        do {
            piece = try text.piece(offset..<min(text.count, offset + max(size, text.pieceSize)))
        } catch {
            throw .file(error)
        }
        cursor = piece.cursor(at: offset)
        try validate()
    }

    /// Sees whether what is new in the piece is UTF-8, but for a character that its end cuts.
    private mutating func validate() throws(GeoJSONFault) {
        var end = piece.bytes.count
        if !reachesEnd, let lead = piece.bytes.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }),
            piece.bytes[lead] >= 0x80
        {
            end = lead
        }
        let start = validEnd - piece.base
        guard start < end else { return }
        guard (try? UTF8Span(validating: piece.bytes.span.extracting(start..<end))) != nil else { throw .encoding }
        validEnd = piece.base + end
    }
}
