import RedlineGeometry

/// A point of a list, its two numbers in the order of the file.
struct ListedPoint {
    var name: String
    var first: Double
    var second: Double
    /// The line or row of the file, from 1.
    var line: Int
}

/// Points in a row that belong together.
struct ListedRing {
    /// The ring's number in the file; nil where it has none.
    var number: Int?
    var points: [ListedPoint]
}

/// A plot (地块) as a list gives it, before its numbers are understood.
struct ListedPlot {
    /// In the order of the fields.
    var values: [AttributeValue]
    var shape: ListShape
    var rings: [ListedRing]
    /// Where it begins, from 1.
    var line: Int
    /// Why it cannot be used; nil where it can.
    var problem: String?
}

/// What a list says of its coordinates in words (坐标系, 几度分带, 带号, 中央经线).
struct ListClaims: Hashable {
    /// The name of the coordinate system.
    var system: String?
    /// The width of its zones in degrees.
    var zoneWidth: Int?
    /// The number of the zone.
    var zone: Int?
    /// The central meridian in degrees.
    var centralMeridian: Double?
    /// The kind of projection.
    var projection: String?
}

/// The plots of one list, and everything that the list says of them.
struct ListedPlots {
    var fields: [FieldDescription] = []
    var plots: [ListedPlot] = []
    var claims = ListClaims()
    /// What the columns are by their headings, or by the definition of the format.
    var columns = AxisLabels()
    /// What it says of its origin.
    var prose: String?
    /// How it was read.
    var notes: [Remark] = []
    /// What was assumed and may be wrong.
    var cautions: [Remark] = []
}

/// What the headings say of the two columns of numbers.
struct AxisLabels: Hashable {
    /// Which axis comes first; nil where nothing says.
    var order: AxisOrder?
    /// Whether the order is stated in words that mean one axis only (经度, 东坐标, `lat`), and not by X and Y.
    var isPlain = false
    /// Whether the headings speak of longitude and latitude, or the numbers are written in degrees, minutes, seconds.
    var saysDegrees = false
}

/// Which of two numbers is east.
enum AxisOrder: Hashable {
    case eastFirst
    case northFirst
}
