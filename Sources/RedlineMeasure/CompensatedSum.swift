/// A sum that keeps what each addition rounds away ([Neumaier 1974]).
///
/// A ring of 10⁵ edges loses up to five digits in a plain sum, since its terms cancel.
///
/// [Neumaier 1974]: https://doi.org/10.1002/zamm.19740540106
package struct CompensatedSum {
    private var sum = 0.0
    private var rest = 0.0

    package init() {}

    package mutating func add(_ term: Double) {
        // Knuth's two-sum: exact without asking which of the two is larger.
        let total = sum + term
        let kept = total - sum
        rest += (sum - (total - kept)) + (term - kept)
        sum = total
    }

    package var value: Double { sum + rest }
}
