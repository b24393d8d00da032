import Glibc

/// The sole owner of one `iconv` conversion, mostly to UTF-8.
@safe
final class IconvHandle {
    private let raw: iconv_t

    /// Nil where there is no encoding of this name.
    init?(from name: String, to target: String = "UTF-8") {
        guard let raw = unsafe iconv_open(target, name), Int(bitPattern: raw) != -1 else { return nil }
        unsafe self.raw = unsafe raw
    }

    deinit { unsafe iconv_close(raw) }

    /// Appends `bytes` as UTF-8; a byte that is not valid becomes U+FFFD. Returns how many such bytes there were.
    func decode(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> Int {
        guard var source = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress) else { return 0 }
        var invalid = 0
        var left = bytes.count
        let start = output.count
        // No encoding in use makes more than three bytes of UTF-8 from one byte.
        output += [UInt8](repeating: 0, count: 3 * left + 16)
        var written = start
        unsafe iconv(raw, nil, nil, nil, nil)
        unsafe output.withUnsafeMutableBytes { buffer in
            while left > 0 {
                guard let base = buffer.baseAddress else { return }
                var from: UnsafeMutablePointer<CChar>? = unsafe source.assumingMemoryBound(to: CChar.self)
                var to: UnsafeMutablePointer<CChar>? = unsafe (base + written).assumingMemoryBound(to: CChar.self)
                let before = left
                var room = buffer.count - written
                let roomBefore = room
                let status = unsafe iconv(raw, &from, &left, &to, &room)
                written += roomBefore - room
                unsafe source += before - left
                if status != -1 { break }
                guard left > 0, buffer.count - written >= 3 else { break }
                for byte in [0xEF, 0xBF, 0xBD] as [UInt8] {
                    unsafe buffer[written] = byte
                    written += 1
                }
                unsafe source += 1
                left -= 1
                invalid += 1
                unsafe iconv(raw, nil, nil, nil, nil)
            }
        }
        output.removeLast(output.count - written)
        return invalid
    }
}

/// Turns the bytes of one encoding into text and counts what is not valid.
struct TextDecoder {
    /// The encoding, by its canonical name.
    let name: String
    /// The number of texts that had bytes which are not valid.
    private(set) var invalidTexts = 0
    private let handle: IconvHandle?
    private var buffer: [UInt8] = []

    /// Decodes UTF-8.
    init() {
        name = "UTF-8"
        handle = nil
    }

    /// Decodes an encoding by its canonical name; nil where there is none of this name.
    init?(_ name: String) {
        self.name = name
        if name == "UTF-8" || name == "ASCII" {
            handle = nil
        } else {
            guard let handle = IconvHandle(from: TextEncoding.decoderName(name)) else { return nil }
            self.handle = handle
        }
    }

    /// The text up to the first zero byte.
    mutating func decode(cString text: UnsafePointer<CChar>) -> String {
        unsafe decode(
            UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text)))
    }

    /// The text of all bytes.
    mutating func decode(_ bytes: [UInt8]) -> String {
        unsafe bytes.withUnsafeBufferPointer { unsafe decode($0) }
    }

    /// The text of the bytes without a last character that was cut, as happens to names of a fixed width.
    mutating func decodeName(_ bytes: [UInt8]) -> String {
        let before = invalidTexts
        for cut in 0..<min(4, max(1, bytes.count)) {
            let text = decode(Array(bytes.dropLast(cut)))
            if invalidTexts == before { return text }
            invalidTexts = before
        }
        return decode(bytes)
    }

    private mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard let handle else {
            if let text = unsafe String(validating: bytes, as: UTF8.self) { return text }
            invalidTexts += 1
            return unsafe String(decoding: bytes, as: UTF8.self)
        }
        if unsafe bytes.allSatisfy({ $0 < 0x80 }) { return unsafe String(decoding: bytes, as: UTF8.self) }
        buffer.removeAll(keepingCapacity: true)
        if unsafe handle.decode(bytes, to: &buffer) > 0 { invalidTexts += 1 }
        return String(decoding: buffer, as: UTF8.self)
    }
}
