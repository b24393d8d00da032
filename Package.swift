// swift-tools-version: 6.3
import PackageDescription

// CI sets this; a plain build shows warnings and goes on.
let warningsAreErrors = Context.environment["REDLINE_WARNINGS_AS_ERRORS"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "redline",
    products: [
        .library(name: "GeometryEngine", targets: ["GeometryEngine"])
    ],
    dependencies: [],
    targets: [
        .systemLibrary(name: "CRedlineGEOS", providers: [.apt(["libgeos-dev"])]),
        .systemLibrary(name: "CRedlinePROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
        .target(name: "CRedlineGDAL"),
        .target(name: "RedlineGeometry", swiftSettings: settings),
        .target(
            name: "GeometryEngine", dependencies: ["CRedlineGEOS", "RedlineGeometry"], swiftSettings: settings),
        .target(
            name: "CoordinateReference", dependencies: ["CRedlinePROJ", "RedlineGeometry"], swiftSettings: settings),
        .target(name: "LayerIO", dependencies: ["CRedlineGDAL", "RedlineGeometry"], swiftSettings: settings),
        .target(
            name: "RedlineMeasure", dependencies: ["CoordinateReference", "RedlineGeometry"], swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["RedlineGeometry"], path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "RedlineGeometryTests", dependencies: ["RedlineGeometry", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "GeometryEngineTests", dependencies: ["GeometryEngine", "RedlineGeometry", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "CoordinateReferenceTests", dependencies: ["CoordinateReference", "RedlineGeometry", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RedlineMeasureTests",
            dependencies: ["CoordinateReference", "RedlineMeasure", "RedlineGeometry", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "LayerIOTests", dependencies: ["LayerIO", "RedlineGeometry", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: settings),
    ]
)
