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
        .library(
            name: "RedlineKit", targets: ["RedlineKit", "RedlineGeometry", "RedlineMeasure", "RedlineReport"]),
        .executable(name: "redline", targets: ["redline"]),
    ],
    // Exact versions: `Package.resolved` is not committed.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
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
            name: "RedlineCells", dependencies: ["RedlineGeometry", "RedlineMeasure"], swiftSettings: settings),
        .target(name: "RedlineGrid", dependencies: ["RedlineGeometry", "RedlineMeasure"], swiftSettings: settings),
        .target(
            name: "RedlineKit",
            dependencies: [
                "CoordinateReference", "GeometryEngine", "LayerIO", "RedlineCells", "RedlineGeometry", "RedlineGrid",
                "RedlineMeasure", "Yams", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(
            name: "RedlineReport",
            dependencies: ["CoordinateReference", "LayerIO", "RedlineGeometry", "RedlineKit", "RedlineMeasure"],
            swiftSettings: settings),
        .executableTarget(
            name: "redline",
            dependencies: [
                "RedlineGeometry", "RedlineKit", "RedlineMeasure", "RedlineReport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "ScreenSites", dependencies: ["RedlineGeometry", "RedlineKit"], path: "Examples/ScreenSites",
            swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["RedlineGeometry"], path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "AcceptanceTests", dependencies: ["LayerIO", "redline", "RedlineGeometry", "TestSupport"],
            swiftSettings: settings),
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
            name: "RedlineCellsTests",
            dependencies: [
                "GeometryEngine", "LayerIO", "RedlineCells", "RedlineGeometry", "RedlineMeasure", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RedlineGridTests",
            dependencies: ["RedlineGeometry", "RedlineGrid", "RedlineMeasure", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RedlineKitTests",
            dependencies: [
                "CoordinateReference", "GeometryEngine", "LayerIO", "RedlineKit", "RedlineGeometry", "RedlineMeasure",
                "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RedlineReportTests",
            dependencies: [
                "LayerIO", "RedlineGeometry", "RedlineKit", "RedlineMeasure", "RedlineReport", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CommandTests", dependencies: ["redline", "TestSupport"], exclude: ["Golden"],
            swiftSettings: settings),
        .testTarget(
            name: "LayerIOTests", dependencies: ["LayerIO", "RedlineGeometry", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: settings),
    ]
)
