public import RedlineGeometry

/// What one layer is, without its rows.
public struct LayerDescription: Hashable, Sendable {
    /// The name inside its container; for files with one layer the name that the driver gives it.
    public var name: String
    /// The format, by the short name of GDAL's driver: `ESRI Shapefile`, `GPKG`, `GeoJSON`.
    public var driver: String
    /// The declared kind of geometry by its OGC name; `Unknown` where rows may differ, `None` without geometry.
    public var geometryTypeName: String
    /// Whether the declared kind has heights; they are not read.
    public var hasZ: Bool
    /// Whether the declared kind has measures; they are not read.
    public var hasM: Bool
    /// The number of rows; nil where the file does not tell without being read.
    public var featureCount: Int?
    /// The extent in the CRS of the layer; nil where unknown or empty.
    public var extent: Envelope?
    /// The fields in the order of the file.
    public var fields: [FieldDescription]
    /// The CRS and where it was found.
    public var crs: CRSEvidence
    /// The text encoding and how it was recognised.
    public var encoding: EncodingEvidence
    /// The name of the column with the feature identifiers; nil where the format has none.
    public var fidColumn: String?
    /// The number of rows whose geometry is broken; nil where that shows only when the rows are read.
    public var brokenGeometryCount: Int?
    /// The first of them in words: `row 3: the geometry is damaged: …`.
    public var firstBrokenGeometry: String?
    /// What a list of coordinates says of its origin: the office that made it, its title.
    public var prose: String?
    /// How it was read, where that needs saying: rings that were closed.
    public var notes: [Remark] = []
    /// What was assumed to read it and may be wrong: axes swapped against their headings, degrees without a CRS.
    public var cautions: [Remark] = []

    /// Creates a description.
    public init(
        name: String, driver: String, geometryTypeName: String, hasZ: Bool = false, hasM: Bool = false,
        featureCount: Int? = nil, extent: Envelope? = nil, fields: [FieldDescription], crs: CRSEvidence,
        encoding: EncodingEvidence, fidColumn: String? = nil
    ) {
        self.name = name
        self.driver = driver
        self.geometryTypeName = geometryTypeName
        self.hasZ = hasZ
        self.hasM = hasM
        self.featureCount = featureCount
        self.extent = extent
        self.fields = fields
        self.crs = crs
        self.encoding = encoding
        self.fidColumn = fidColumn
    }

    /// Whether rows may have a geometry.
    public var hasGeometry: Bool { geometryTypeName != "None" }
}

/// One field of a layer.
public struct FieldDescription: Hashable, Sendable {
    /// What values a field holds.
    public enum Kind: String, Hashable, Sendable {
        /// Text.
        case string
        /// Whole numbers of at most 64 bits.
        case integer
        /// Numbers with a fraction.
        case real
        /// True or false; read as the texts `true` and `false`.
        case boolean
        /// A day; read as `2023-12-31`.
        case date
        /// A time of day.
        case time
        /// A moment; read as `2023-12-31T12:00:00`, with its offset where it has one.
        case dateTime
        /// Bytes; read as hexadecimal text.
        case binary
        /// Several values; read as one text.
        case list
    }

    /// The name, decoded.
    public var name: String
    /// What the values are.
    public var type: Kind
    /// The greatest number of bytes or digits; 0 where there is no bound.
    public var width: Int

    /// Creates a description.
    public init(name: String, type: Kind, width: Int = 0) {
        self.name = name
        self.type = type
        self.width = width
    }
}

/// The CRS of a layer and where it was found.
public struct CRSEvidence: Hashable, Sendable {
    /// Where a CRS comes from.
    public enum Origin: String, Hashable, Sendable {
        /// The user named it.
        case user
        /// The file states it.
        case file
        /// The `.prj` beside a shapefile states it.
        case prj
        /// GeoJSON without a `crs` member: RFC 7946 says WGS 84, longitude first.
        case geoJSONDefault
        /// The format allows no other.
        case format
        /// A list of coordinates says so in its head, or by the zone prefix of its eastings.
        case list
        /// A list of coordinates in degrees that names no CRS: taken as CGCS2000, as GeoJSON is taken as WGS 84.
        case listDefault
        /// There is none.
        case none
    }

    /// The definition as WKT2, as GDAL understands the file, or as a PROJ string; nil where there is none but a code.
    public var wkt: String?
    /// Authority and code, `EPSG:4490`; nil where none is known.
    public var authority: String?
    /// What the user wrote, unchanged; nil where the user said nothing.
    public var userWord: String?
    /// Where it was found.
    public var how: Origin
    /// What keeps the statements of a file from being a CRS: they contradict each other, or leave it open.
    public var doubt: Remark?

    /// Creates evidence.
    public init(wkt: String? = nil, authority: String? = nil, userWord: String? = nil, how: Origin) {
        self.wkt = wkt
        self.authority = authority
        self.userWord = userWord
        self.how = how
    }

    /// The text to build the CRS from: the user's word, else the file's own definition, else its code.
    public var definition: String? { userWord ?? wkt ?? authority }

    /// Nothing known.
    public static let none = CRSEvidence(how: .none)

    /// What the user said; a word such as `EPSG:4490` is its own authority.
    static func user(_ word: String) -> CRSEvidence {
        let isCode = word.wholeMatch(of: /[A-Za-z]+:[0-9A-Za-z]+/) != nil
        return CRSEvidence(authority: isCode ? word : nil, userWord: word, how: .user)
    }
}

/// The text encoding of a layer and how it was recognised.
public struct EncodingEvidence: Hashable, Sendable {
    /// How an encoding was recognised.
    public enum Origin: Hashable, Sendable {
        /// The user named it.
        case user
        /// The format allows no other.
        case format
        /// The `.cpg` file beside a shapefile; its text.
        case codePageFile(String)
        /// The language driver byte in the header of a DBF.
        case languageDriver(UInt8)
        /// The bytes themselves: valid in this encoding, and likely text.
        case content
        /// There are only ASCII characters, so nothing had to be recognised.
        case ascii
        /// Nothing told; a guess that decodes every byte.
        case fallback
    }

    /// The name, as `iconv` knows it: `UTF-8`, `GB18030`, `CP1252`.
    public var name: String
    /// How it was recognised.
    public var how: Origin
    /// A statement of the file that its bytes contradict, and that was therefore not followed: `.cpg`'s text.
    public var contradicted: Origin?
    /// The number of texts with bytes that are not valid in the encoding; each such byte reads as U+FFFD.
    public var invalidTexts: Int

    /// Creates evidence.
    public init(name: String, how: Origin, contradicted: Origin? = nil, invalidTexts: Int = 0) {
        self.name = name
        self.how = how
        self.contradicted = contradicted
        self.invalidTexts = invalidTexts
    }

    /// What formats say that know one encoding only.
    public static let utf8 = EncodingEvidence(name: "UTF-8", how: .format)
}
