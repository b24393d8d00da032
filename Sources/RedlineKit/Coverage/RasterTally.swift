/// What a region has of one value of a raster.
struct ValueTally: Hashable, Sendable {
    /// In cells, parts included.
    var cells = 0.0
    /// In square metres.
    var area = 0.0

    static func += (lhs: inout ValueTally, rhs: ValueTally) {
        lhs.cells += rhs.cells
        lhs.area += rhs.area
    }
}

/// What a region has of all values of a raster, or the part of it that one band holds.
struct RasterTally: Hashable, Sendable {
    /// By value; cells without data are not among them.
    var values: [Double: ValueTally] = [:]
    /// The cells without data.
    var noData = ValueTally()
    /// The sum of value times area, where values are amounts.
    var weightedSum = 0.0

    /// All cells together, in the order of their values, because the last digits of a sum depend on it.
    var total: ValueTally {
        var total = noData
        for value in values.keys.sorted() { total += values[value] ?? ValueTally() }
        return total
    }

    /// Takes in what another band holds.
    mutating func add(_ other: RasterTally) {
        for (value, tally) in other.values { values[value, default: ValueTally()] += tally }
        noData += other.noData
        weightedSum += other.weightedSum
    }
}
