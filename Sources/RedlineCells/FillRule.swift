/// What counts as inside a set of edges.
package enum FillRule: UInt8, Hashable, Sendable {
    /// Inside is what an odd number of edges separates from the outside: valid polygons, and those that MakeValid made.
    case evenOdd
    /// Inside is what the edges wind around at all: polygons that no repair makes valid.
    case nonzero

    /// The bits of a winding number of which one must be set inside.
    var mask: Int32 { self == .evenOdd ? 1 : -1 }
}
