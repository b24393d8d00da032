import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

/// The peers' files either read as `ogrinfo` reads them, or fail with a message; the exceptions are listed.
@Suite("Files of the peers' suites", .enabled(if: SharedData.root != nil && OgrInfo.isInstalled))
struct PeerSuiteTests {
    @Test(
        "Each file gives the rows that ogrinfo gives, or says why not", .timeLimit(.minutes(5)),
        arguments: ["gdal-ogr", "geojson-validity", "flatgeobuf", "dbf-encodings"])
    func agreement(suite: String) throws {
        let folder = try #require(SharedData.path("data/suites/" + suite))
        var differences: [String: String] = [:]
        for file in try Self.files(in: folder) {
            let start = ContinuousClock.now
            let ours = Self.read(folder + "/" + file)
            // A file of these suites takes milliseconds; ten seconds is a hang on any machine.
            #expect(ContinuousClock.now - start < .seconds(10), "\(file)")
            let theirs = try OgrInfo.ask(Self.oraclePath(folder + "/" + file))
            if let difference = Self.difference(ours, theirs) { differences[suite + "/" + file] = difference }
        }
        let known = KnownDifferences.all.filter { $0.key.hasPrefix(suite + "/") }
        for (file, difference) in differences.sorted(by: { $0.key < $1.key }) where known[file] == nil {
            Issue.record("\(file): \(difference)")
        }
        for file in known.keys.sorted() where differences[file] == nil {
            Issue.record("\(file) is listed as a difference and agrees")
        }
    }

    private static func files(in folder: String) throws -> [String] {
        let endings: Set = [
            "csv", "dbf", "dxf", "fgb", "gdb", "geojson", "gpkg", "gz", "json", "kml", "shp", "tar", "topojson", "zip",
        ]
        return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { path in
            let url = URL(filePath: path)
            guard endings.contains(url.pathExtension), !path.contains(".gdb/") else { return false }
            let shape = url.deletingPathExtension().relativePath + ".shp"
            return url.pathExtension != "dbf" || !FileManager.default.fileExists(atPath: folder + "/" + shape)
        }
    }

    private static func oraclePath(_ path: String) -> String {
        if path.hasSuffix(".gdb.zip") { return path }
        if path.hasSuffix(".zip") { return "/vsizip/" + path }
        return path.hasSuffix(".tar") || path.hasSuffix(".tar.gz") ? "/vsitar/" + path : path
    }

    private static func read(_ path: String) -> Result<OgrInfo, LayerError> {
        do {
            let file = try VectorFile(path: path)
            var layers: [OgrInfo.Layer] = []
            for name in file.layerNames {
                let reader = try LayerReader(LayerSource(path: path, layer: name))
                var layer = OgrInfo.Layer(name: name, count: 0, kinds: [:])
                try reader.read(fields: reader.description.fields.map(\.name)) { rows in
                    layer.count += rows.count
                    for row in rows {
                        switch row.geometry {
                        case .success(nil): break
                        case .success(let geometry?): layer.kinds[geometry.typeName.uppercased(), default: 0] += 1
                        case .failure(.unsupportedKind(let name)): layer.kinds[name, default: 0] += 1
                        case .failure: layer.kinds["broken", default: 0] += 1
                        }
                    }
                }
                layers.append(layer)
            }
            return .success(OgrInfo(layers: layers))
        } catch let error as LayerError {
            return .failure(error)
        } catch {
            return .failure(.unreadable(path: path, reason: "\(error)"))
        }
    }

    private static func difference(_ ours: Result<OgrInfo, LayerError>, _ theirs: OgrInfo?) -> String? {
        switch (ours, theirs) {
        case (.failure, nil): return nil
        case (.failure(let error), .some): return "refused: \(error)"
        case (.success, nil): return "read, and ogrinfo fails"
        case (.success(let ours), .some(let theirs)):
            let differing = zip(ours.layers, theirs.layers).filter { $0.count != $1.count || $0.kinds != $1.kinds }
            if ours.layers.count != theirs.layers.count { return "other layers" }
            return differing.first.map { "layer \($0.name): \($0.count) \($0.kinds), ogrinfo \($1.count) \($1.kinds)" }
        }
    }
}
