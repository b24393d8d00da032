// Screens sites from Swift: swift run ScreenSites SITES CATALOG
import Foundation
import RedlineGeometry
import RedlineKit

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
    print("usage: ScreenSites SITES CATALOG")
    exit(64)
}

do {
    var options = ScreeningOptions()
    options.distance = Length(meters: 2_000)
    let result = try await screen(
        SiteInput(paths: [arguments[1]]), against: Catalog(contentsOf: arguments[2]), options: options)
    for site in result.sites {
        print("\(site.id)\t\(site.name)\t\(site.state.rawValue)")
        for finding in site.findings {
            let layer = finding.layerIndex.map { result.layers[$0].id } ?? "any ground"
            let hectares = finding.area.map { String(format: "\t%.2f ha", $0.ellipsoidal / 10_000) } ?? ""
            print("\t\(finding.relation.rawValue)\t\(layer)\t\(finding.zone?.name ?? "-")\(hectares)")
        }
    }
} catch {
    print("\(error)")
    exit(1)
}
