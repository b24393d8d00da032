// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that what benchmarks need never reaches users.
let package = Package(
    name: "redline-benchmarks",
    dependencies: [.package(name: "redline", path: "..")],
    targets: [
        // The cells are no product: this one reads them as a target of the package itself would.
        .executableTarget(
            name: "CellsBenchmark",
            dependencies: [.product(name: "RedlineKit", package: "redline")],
            swiftSettings: [
                .swiftLanguageMode(.v6), .strictMemorySafety(), .unsafeFlags(["-package-name", "redline"]),
            ]),
        .executableTarget(
            name: "ScreenBenchmark",
            dependencies: [.product(name: "RedlineKit", package: "redline")],
            swiftSettings: [.swiftLanguageMode(.v6), .strictMemorySafety()]),
    ]
)
