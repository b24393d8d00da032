// swift-tools-version: 6.3
import PackageDescription

// The name by which the package above knows its own targets: that of its folder.
let parentIdentity = Context.packageDirectory.split(separator: "/").dropLast().last.map { $0.lowercased() } ?? "redline"

// A package of its own, so that what benchmarks need never reaches users.
let package = Package(
    name: "redline-benchmarks",
    dependencies: [.package(name: "redline", path: "..")],
    targets: [
        // The cells are no product: this one sees them as a target of the package above would.
        .executableTarget(
            name: "CellsBenchmark",
            dependencies: [.product(name: "RedlineKit", package: "redline")],
            packageAccess: false,
            swiftSettings: [
                .swiftLanguageMode(.v6), .strictMemorySafety(), .unsafeFlags(["-package-name", parentIdentity]),
            ]),
        .executableTarget(
            name: "ScreenBenchmark",
            dependencies: [.product(name: "RedlineKit", package: "redline")],
            swiftSettings: [.swiftLanguageMode(.v6), .strictMemorySafety()]),
    ]
)
