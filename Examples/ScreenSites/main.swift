// Screens sites from Swift: swift run ScreenSites SITES CATALOG
import RedlineGeometry
import RedlineKit

let arguments = CommandLine.arguments.dropFirst()
guard let sites = arguments.first, let catalogFile = arguments.dropFirst().first else {
    print("usage: ScreenSites SITES CATALOG")
    throw CancellationError()
}

let catalog = try Catalog(contentsOf: catalogFile)
var options = ScreeningOptions()
options.distance = Length(parsing: "2 km")
let result = try await screen(SiteInput(paths: [sites]), against: catalog, options: options)

for site in result.sites {
    print("\(site.id)\t\(site.name)\t\(site.state.rawValue)")
    for finding in site.findings {
        let layer = result.layers[finding.layerIndex]
        let hectares = finding.area.map { Area(squareMeters: $0.chosen).value(in: .hectare) }
        print(
            "\t\(finding.relation.rawValue)\t\(layer.id)\t\(finding.zone?.name ?? "-")"
                + (hectares.map { "\t\($0.rounded(toPlaces: 2)) ha" } ?? ""))
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (self * scale).rounded() / scale
    }
}
