import RedlineGeometry
import RedlineMeasure

/// What land cover needs to know of the rows of a layer, in columns.
struct PatchColumns: ZoneStore {
    /// The attribute that holds cover values; nil where none are asked for.
    private let amountName: String?
    /// The rectangle of each patch, in degrees.
    private(set) var envelopes: [Envelope] = []
    /// The ellipsoidal area of each patch in square metres; empty where they are not measured.
    private(set) var areas: [Double] = []
    /// The class of each patch, by its place in `classNames`.
    private(set) var classes: [Int32] = []
    /// The classes that occur, in the order in which they first do; nil for patches without.
    private(set) var classNames: [String?] = []
    /// The cover value of each patch, NaN where it has none; empty where none are asked for.
    private(set) var amounts: [Double] = []
    /// How many patches have values that are no amounts.
    private(set) var oddAmounts = 0
    /// How many positions the polygons of each patch have.
    private(set) var sizes: [Int32] = []
    /// The rings of all patches, in their order.
    private(set) var rings: [PatchRings] = []

    private var classPlaces: [String?: Int32] = [:]
    private let measure: EllipsoidalArea?
    private let room: Int

    /// Creates columns without patches.
    ///
    /// - Parameters:
    ///   - amountName: The attribute that holds cover values; nil where none are asked for.
    ///   - isMeasured: Whether the areas of patches are wanted.
    ///   - room: How many positions are kept together.
    init(amountName: String? = nil, isMeasured: Bool = true, room: Int = 65_536) {
        self.amountName = amountName
        measure = isMeasured ? EllipsoidalArea() : nil
        self.room = room
    }

    mutating func take(_ zone: consuming Zone) {
        let polygons = zone.ground.polygons
        envelopes.append(zone.ground.envelope)
        if let measure { areas.append(measure.area(of: .multiPolygon(polygons)).squareMeters) }
        let size = polygons.reduce(0) { $0 + $1.positionCount }
        sizes.append(Int32(size))
        classes.append(place(ofClass: zone.class))
        if let amountName { amounts.append(amount(zone.attributes[amountName])) }
        if rings.last?.hasRoom(for: size) != true { rings.append(PatchRings(room: room)) }
        rings[rings.count - 1].append(polygons)
    }

    mutating func take(contentsOf other: consuming PatchColumns) {
        let places = other.classNames.map { place(ofClass: $0) }
        envelopes += other.envelopes
        areas += other.areas
        sizes += other.sizes
        for place in other.classes { classes.append(places[Int(place)]) }
        amounts += other.amounts
        oddAmounts += other.oddAmounts
        rings += other.rings
    }

    private mutating func place(ofClass name: String?) -> Int32 {
        if let place = classPlaces[name] { return place }
        let place = Int32(classNames.count)
        classPlaces[name] = place
        classNames.append(name)
        return place
    }

    /// Amounts beyond 0…100 are no cover and count as missing.
    private mutating func amount(_ text: String?) -> Double {
        guard let text else { return .nan }
        if let amount = Double(text), (0...100).contains(amount) { return amount }
        oddAmounts += 1
        return .nan
    }
}
