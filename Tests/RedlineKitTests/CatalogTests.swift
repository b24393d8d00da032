import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

private let wholeCatalog = """
    schema: 1
    name: {zh: 示范, en: Demonstration}
    regions: counties
    extent: counties
    rules: [rules/qinghai.yaml]
    as_of: 2024-06-30
    layers:
      - id: counties
        family: region
        title: {zh: 县级行政区, en: Counties}
        source: counties.gpkg
        fields: {code: XZQDM, name: XZQMC}
      - id: redline
        family: ecological-redline
        editions:
          - {edition: 2023-12-31, source: new.gpkg}
          - {edition: 2018-12-31, source: /data/old.gpkg}
        extent: {bbox: [90, 35, 99.5, 39]}
        accuracy: 5 m
        tolerance: 1 cm
        classes: {水源涵养: water-conservation}
      - id: units
        family: control-unit
        tiling: true
        source: "PG:dbname=zones"
        crs: EPSG:4490
        encoding: GBK
        where: "GKDYFL <> ''"
    """

@Test("Every key of the contract is read")
func everyKey() throws {
    let catalog = try Catalog(yaml: wholeCatalog, path: "/maps/catalog.yaml")
    #expect(catalog.name.text(in: .zh) == "示范")
    #expect(catalog.extent == .layer("counties"))
    #expect(catalog.asOf == CalendarDate("2024-06-30"))
    #expect(catalog.zoneLayers.map(\.id) == ["redline", "units"])
    let redline = try #require(catalog.layer("redline"))
    #expect(redline.editions.map(\.source) == ["/data/old.gpkg", "/maps/new.gpkg"])
    #expect(redline.extent == .box(Envelope(minX: 90, minY: 35, maxX: 99.5, maxY: 39)))
    #expect(redline.accuracy?.meters == 5)
    #expect(redline.tolerance?.meters == 0.01)
    #expect(redline.classes == ["水源涵养": "water-conservation"])
    let units = try #require(catalog.layer("units"))
    #expect(units.isTiling)
    #expect(units.editions.first?.source == "PG:dbname=zones")
    #expect(units.encoding == "GBK")
}

@Test("A byte-order mark and line ends of Windows change nothing")
func windowsText() throws {
    let catalog = try Catalog(yaml: "\u{FEFF}" + wholeCatalog.replacing("\n", with: "\r\n"), path: "c.yaml")
    #expect(catalog.layers.map(\.id) == ["counties", "redline", "units"])
    #expect(catalog.layer("redline")?.classes == ["水源涵养": "water-conservation"])
}

@Test("The edition in force on a day, the newest without one, none before the first")
func editionsInTime() throws {
    let redline = try #require(try Catalog(yaml: wholeCatalog, path: "c.yaml").layer("redline"))
    #expect(redline.edition(asOf: nil)?.date?.year == 2023)
    #expect(redline.edition(asOf: CalendarDate("2023-12-31"))?.date?.year == 2023)
    #expect(redline.edition(asOf: CalendarDate("2023-12-30"))?.date?.year == 2018)
    #expect(redline.edition(asOf: CalendarDate("2018-12-30")) == nil)
}

@Test(
    "A wrong catalog is refused with line, key and expectation",
    arguments: [
        ("schema: 2\nlayers: []", 1, "schema", "expected 1"),
        ("layers: []", 1, "schema", "missing"),
        ("schema: 1", 1, "layers", "missing"),
        ("schema: 1\nlayers: []", 2, "layers", "at least one"),
        ("schema: 1\nlayer: []", 2, "layer", "Did you mean 'layers'?"),
        ("schema: 1\nlayers:\n  - id: a\n    source: a.gpkg", 3, "layers[0]", "'family' is missing"),
        ("schema: 1\nlayers:\n  - {id: a, family: x}", 3, "layers[0]", "'source' is missing"),
        ("schema: 1\nlayers:\n  - {id: 'a b', family: x, source: s}", 3, "layers[0].id", "without commas"),
        ("schema: 1\nlayers:\n  - {id: a, family: x, source: s, tolerance: wide}", 3, "layers[0].tolerance", "length"),
        ("schema: 1\nlayers:\n  - {id: a, family: x, source: s, edition: 2023-02-30}", 3, "layers[0].edition", "day"),
        (
            "schema: 1\nlayers:\n  - {id: a, family: x, source: s, tiling: maybe}", 3, "layers[0].tiling",
            "true or false"
        ),
        (
            "schema: 1\nlayers:\n  - {id: a, family: x, source: s}\n  - {id: a, family: x, source: s}", 4, "layers[1]",
            "earlier layer"
        ),
        (
            "schema: 1\nregions: county\nlayers:\n  - {id: counties, family: region, source: s}", 2, "regions",
            "counties"
        ),
        (
            "schema: 1\nextent: {bbox: [99, 35, 90, 39]}\nlayers:\n  - {id: a, family: x, source: s}", 2, "extent.bbox",
            "west < east"
        ),
        (
            "schema: 1\nlayers:\n  - id: a\n    family: x\n    source: s\n    fields: {cod: HXDM}", 6,
            "layers[0].fields.cod", "Did you mean 'code'?"
        ),
        ("schema: [", nil, "", "not YAML"),
        ("", nil, "", "empty"),
    ] as [(String, Int?, String, String)])
func wrongCatalog(yaml: String, line: Int?, key: String, expectation: String) throws {
    let error = #expect(throws: CatalogError.self) { try Catalog(yaml: yaml, path: "c.yaml") }
    if let line { #expect(error?.line == line) }
    #expect(error?.key == key)
    #expect(error?.expectation.contains(expectation) == true, "\(error?.expectation ?? "")")
}

@Test("A missing catalog names itself")
func missingCatalog() {
    let error = #expect(throws: RedlineError.self) { try Catalog(contentsOf: "no/such.yaml") }
    #expect(error?.description.contains("no/such.yaml") == true)
}

@Test("Field names match without case and cut to the ten bytes of a DBF")
func fieldAliases() {
    #expect(FieldAliases.find(FieldAliases.code, among: ["gid", "hxdm"]) == "hxdm")
    #expect(FieldAliases.matches("HJZHGKDYBM", "HJZHGKDYBM"))
    #expect(FieldAliases.matches("生态保护红", "生态保护红线类型"))
    #expect(FieldAliases.matches("生态保", "生态保护红线类型"))
    #expect(!FieldAliases.matches("生态", "生态保护红线类型"))
    #expect(FieldAliases.find(FieldAliases.name, among: ["河流"]) == nil)
}
