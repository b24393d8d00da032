import Foundation
import TestSupport
import Testing

@Suite("Preparing a catalog", .serialized)
struct PrepareTests {
    /// Starts the program and does not wait.
    private func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = try Command.executable
        process.arguments = arguments
        process.currentDirectoryURL = Command.repository
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// The sample catalog in a folder of its own, under another name, so that what is prepared from it differs.
    private func renamedCatalog(in folder: URL) throws -> String {
        let haixi = folder.appending(path: "haixi")
        let layers = Command.repository.appending(path: "Layers")
        try FileManager.default.copyItem(at: layers.appending(path: "haixi"), to: haixi)
        try FileManager.default.copyItem(at: layers.appending(path: "rules"), to: folder.appending(path: "rules"))
        let catalog = haixi.appending(path: "catalog.yaml")
        let text = try String(contentsOf: catalog, encoding: .utf8)
        try ("# another state of the catalog\n" + text).write(to: catalog, atomically: true, encoding: .utf8)
        return catalog.path
    }

    @Test("Killed at any time, it leaves the old file whole")
    func killed() throws {
        try Command.withTemporaryFolder { folder in
            let prepared = folder.appending(path: "catalog.gpkg")
            let whole = try Command.redline(["prepare", "-c", "Layers/haixi/catalog.yaml", "-o", prepared.path])
            #expect(whole.status == 0, "\(whole.errors)")
            let old = try Data(contentsOf: prepared)
            let other = try renamedCatalog(in: folder)
            let finished = folder.appending(path: "finished.gpkg")
            #expect(try Command.redline(["prepare", "-c", other, "-o", finished.path]).status == 0)
            let new = try Data(contentsOf: finished)
            var generator = SeededGenerator(seed: 9)
            var killed = 0
            for _ in 0..<12 {
                let process = try start(["prepare", "-c", other, "-o", prepared.path, "--overwrite"])
                usleep(.random(in: 5_000...1_500_000, using: &generator))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                guard process.terminationReason == .uncaughtSignal else { continue }
                killed += 1
                let now = try Data(contentsOf: prepared)
                // Killed after it put the new file in place, it leaves that one whole.
                #expect(now == old || now == new)
            }
            #expect(killed > 0)
            let result = try Command.redline(["screen", "Layers/haixi/site.geojson", "-c", prepared.path, "-f", "csv"])
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test("Two processes read the prepared catalog while a third prepares a new one")
    func readers() throws {
        try Command.withTemporaryFolder { folder in
            let prepared = folder.appending(path: "catalog.gpkg").path
            let first = try Command.redline(["prepare", "-c", "Layers/haixi/catalog.yaml", "-o", prepared])
            #expect(first.status == 0, "\(first.errors)")
            let outputs = (0..<2).map { folder.appending(path: "\($0).csv").path }
            let expected = try Command.redline(["screen", "Layers/haixi/sites.geojson", "-c", prepared, "-f", "csv"])
            let other = try renamedCatalog(in: folder)
            for _ in 0..<3 {
                let writer = try start(["prepare", "-c", other, "-o", prepared, "--overwrite"])
                var reads = 0
                repeat {
                    let readers = try outputs.map {
                        try start(
                            [
                                "screen", "Layers/haixi/sites.geojson", "-c", prepared, "-f", "csv", "-o", $0,
                                "--overwrite",
                            ])
                    }
                    for (reader, output) in zip(readers, outputs) {
                        reader.waitUntilExit()
                        #expect(reader.terminationStatus == expected.status)
                        let text = try String(contentsOfFile: output, encoding: .utf8)
                        #expect(text == expected.output)
                    }
                    reads += 1
                } while writer.isRunning
                writer.waitUntilExit()
                #expect(writer.terminationStatus == 0 && reads > 0)
            }
        }
    }
}
