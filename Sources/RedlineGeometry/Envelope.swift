/// An axis-parallel rectangle, its sides included; or nothing at all.
@frozen
public struct Envelope: Hashable, Sendable {
    /// The western or left side.
    public var minX: Double
    /// The southern or lower side.
    public var minY: Double
    /// The eastern or right side.
    public var maxX: Double
    /// The northern or upper side.
    public var maxY: Double

    /// The rectangle between the given sides; empty where a minimum is above its maximum.
    @inlinable
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// The envelope that holds nothing and that any union replaces.
    public static let empty = Envelope(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)

    /// The smallest envelope of `positions`; positions with a NaN do not count.
    @inlinable
    public init(_ positions: some Sequence<Position>) {
        self = Envelope(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
        for position in positions { insert(position) }
    }

    /// The smallest envelope of `positions`; positions with a NaN do not count.
    @inlinable
    public init(_ positions: [Position]) {
        self = Envelope(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
        for position in positions { insert(position) }
    }

    /// Whether it holds no position.
    @inlinable
    public var isEmpty: Bool { !(minX <= maxX && minY <= maxY) }

    /// The extent along x; 0 where empty.
    public var width: Double { isEmpty ? 0 : maxX - minX }

    /// The extent along y; 0 where empty.
    public var height: Double { isEmpty ? 0 : maxY - minY }

    /// The middle of both sides; meaningless where empty.
    public var center: Position { Position(x: minX / 2 + maxX / 2, y: minY / 2 + maxY / 2) }

    /// Grows to hold `position`; one with a NaN changes nothing.
    @inlinable
    public mutating func insert(_ position: Position) {
        guard !position.x.isNaN && !position.y.isNaN else { return }
        minX = Swift.min(minX, position.x)
        minY = Swift.min(minY, position.y)
        maxX = Swift.max(maxX, position.x)
        maxY = Swift.max(maxY, position.y)
    }

    /// Grows to hold `other`.
    @inlinable
    public mutating func formUnion(_ other: Envelope) {
        guard !other.isEmpty else { return }
        minX = Swift.min(minX, other.minX)
        minY = Swift.min(minY, other.minY)
        maxX = Swift.max(maxX, other.maxX)
        maxY = Swift.max(maxY, other.maxY)
    }

    /// The smallest envelope that holds both.
    @inlinable
    public func union(_ other: Envelope) -> Envelope {
        var result = self
        result.formUnion(other)
        return result
    }

    /// Whether the two share a position; sides that only touch count.
    @inlinable
    public func intersects(_ other: Envelope) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }

    /// Whether `other` lies wholly inside, sides included; an empty one lies in none.
    @inlinable
    public func contains(_ other: Envelope) -> Bool {
        !other.isEmpty && minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
    }

    /// The envelope with each side moved outwards by `dx` and `dy`; an empty one stays empty.
    @inlinable
    public func expanded(dx: Double, dy: Double) -> Envelope {
        guard !isEmpty else { return self }
        return Envelope(minX: minX - dx, minY: minY - dy, maxX: maxX + dx, maxY: maxY + dy)
    }
}
