/// What the patches of a layer have in a region, in square metres on the CGCS2000 ellipsoid.
package struct PatchCoverage: Hashable, Sendable {
    /// The ground that counts for each group of patches, by place.
    package var areas: [Double]
    /// The sum of amount times area over the ground of patches with an amount, by group.
    package var amounts: [Double]
    /// The ground of patches with an amount, by group.
    package var amountAreas: [Double]
    /// The ground that lies in more than one patch, as often as it was not counted.
    package var doubleCounted: Double = 0

    /// Creates the coverage of no region, by so many groups.
    package init(groups: Int) {
        areas = Array(repeating: 0, count: groups)
        amounts = areas
        amountAreas = areas
    }

    /// Takes in what another part of the region has.
    package mutating func add(_ other: PatchCoverage) {
        doubleCounted += other.doubleCounted
        for place in areas.indices {
            areas[place] += other.areas[place]
            amounts[place] += other.amounts[place]
            amountAreas[place] += other.amountAreas[place]
        }
    }

    /// Sets to zero what is no more than the rounding of larger sums.
    ///
    /// - Parameter whole: What there was before ground in several patches was taken away from all but one of them.
    package mutating func dropRounding(against whole: PatchCoverage) {
        for place in areas.indices {
            if abs(areas[place]) <= 1e-13 * whole.areas[place] { areas[place] = 0 }
            if abs(amountAreas[place]) <= 1e-13 * whole.amountAreas[place] {
                (amounts[place], amountAreas[place]) = (0, 0)
            }
        }
    }

    /// Adds ground that counts for a patch.
    @inline(__always)
    package mutating func add(_ area: Double, _ patch: PatchRank) {
        areas[Int(patch.group)] += area
        guard !patch.amount.isNaN else { return }
        amounts[Int(patch.group)] += area * patch.amount
        amountAreas[Int(patch.group)] += area
    }
}

/// What a patch stands for.
package struct PatchRank: Hashable, Sendable {
    /// Where patches overlap, the ground counts for the one of lowest rank; all ranks differ.
    package var rank: Int32
    /// The place of its group.
    package var group: Int32
    /// Its amount, such as vegetation cover; NaN where it has none.
    package var amount: Double

    /// Creates a rank.
    package init(rank: Int32, group: Int32, amount: Double = .nan) {
        self.rank = rank
        self.group = group
        self.amount = amount
    }
}
