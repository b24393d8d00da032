public import RedlineGeometry

/// A fault of the input: what is wrong, where, and how much ground it concerns.
public struct Fault: Sendable {
    /// Stable: the same fault of the same zone gives the same identifier on every run and machine.
    public var id: String
    /// How bad it is.
    public var severity: FaultSeverity
    /// What it is.
    public var kind: FaultKind
    /// The layer.
    public var layer: String
    /// The file's feature identifier, else the row number from 1; nil where the fault is the layer's.
    public var feature: String?
    /// The code of the feature.
    public var zoneCode: String?
    /// What is wrong, in words.
    public var message: LocalizedText
    /// The ground concerned, by the method of the run; nil where there is none.
    public var area: Area?
    /// How wide that ground is at its widest piece: 2 · area / perimeter; nil where there is none.
    public var width: Length?
    /// A position of it, in longitude and latitude; nil where there is none.
    public var place: Position?
    /// The ground concerned, in longitude and latitude; a point where only a place is known.
    public var geometry: Geometry?
}

/// How bad a fault is.
public enum FaultSeverity: String, Hashable, Comparable, Sendable, CaseIterable {
    /// Results that rest on it are wrong.
    case error
    /// Probably wrong; a person should look.
    case warning
    /// Worth knowing, and maybe meant so.
    case note

    /// The worse comes first.
    public static func < (lhs: FaultSeverity, rhs: FaultSeverity) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
}

/// What a fault is. `Documentation/faults.md` has a table of them.
public enum FaultKind: String, Hashable, Sendable, CaseIterable {
    /// The source of a layer cannot be read.
    case unreadable
    /// The layer has no CRS, one that is not understood, or coordinates that it cannot mean.
    case crs
    /// A field that the catalog names, or that the family needs, is not there.
    case fieldMissing = "field-missing"
    /// Text was decoded with the wrong encoding, or has bytes that are none.
    case encoding
    /// No geometry, or one that breaks the rules of OGC 06-103r4.
    case invalidGeometry = "invalid-geometry"
    /// A row whose ground another row has already.
    case duplicate
    /// A code that several rows of different ground bear.
    case duplicateCode = "duplicate-code"
    /// Ground in two zones of a layer that should have no overlaps.
    case overlap
    /// Ground of the extent in no zone of a layer that tiles it.
    case gap
    /// A part or hole of a zone that is too narrow to be meant.
    case sliver
    /// A needle on the boundary of a zone.
    case spike
    /// A region that is far smaller than its neighbours.
    case stub
    /// Ground of a zone outside the territory that the layer claims to cover.
    case outsideExtent = "outside-extent"
    /// A zone in another county than its code or county field says.
    case codePlace = "code-place"
    /// A code that breaks the grammar of its family or names no county.
    case codeGrammar = "code-grammar"
    /// A row without code in a layer whose rows have codes.
    case codeMissing = "code-missing"
    /// A name that belongs to another code.
    case nameDisagrees = "name-disagrees"
    /// A row without class.
    case classMissing = "class-missing"
    /// A class that the catalog's map lacks, or that its family does not know.
    case classUnknown = "class-unknown"
    /// A declared area that is not that of the geometry.
    case areaDisagrees = "area-disagrees"
    /// Ground of a zone in no zone of the layer that it is compared with.
    case notCovered = "not-covered"
}

/// The faults of a catalog or file, and what was looked at.
public struct CheckResult: Sendable {
    /// The faults: by layer in the order of the catalog, then by severity, kind and row.
    public var faults: [Fault]
    /// The layers that were checked, in order.
    public var layers: [String]
    /// What it was made from.
    public var provenance: Provenance
    /// Which layers could not be read, so that nothing is known of them.
    public var unreadLayers: [String]
}
