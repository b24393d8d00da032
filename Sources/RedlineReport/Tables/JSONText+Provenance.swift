import RedlineGeometry
import RedlineKit
import RedlineMeasure

extension JSONText {
    /// Writes the member `redline` of a table: what was used, without times and paths.
    ///
    /// - Parameters:
    ///   - provenance: What was used.
    ///   - members: What the verb adds, as JSON.
    ///   - settings: How the report is written.
    mutating func provenance(
        _ provenance: Provenance, members: [(key: String, json: String)], _ settings: ReportSettings
    ) {
        beginObject()
        key("schema")
        integer(1)
        key("version")
        string(ScreeningReport.toolVersion)
        key("verb")
        string(provenance.verb)
        key("area_method")
        string(provenance.areaMethod?.description)
        key("language")
        string(settings.language.rawValue)
        key("as_of")
        string(provenance.asOf?.description)
        catalog(provenance.catalogName.text(in: settings.language), sha256: provenance.catalogSHA256)
        layers(provenance.layers)
        for member in members {
            key(member.key)
            raw(member.json)
        }
        warnings(provenance.warnings, settings.language)
        engines(provenance.engines)
        endObject()
    }

    /// Writes the member `catalog`; null where there was none.
    mutating func catalog(_ name: String?, sha256: String?) {
        key("catalog")
        guard let sha256 else { return null() }
        beginObject()
        key("name")
        string(name)
        key("sha256")
        string(sha256)
        endObject()
    }

    /// Writes the member `layers`.
    mutating func layers(_ layers: [UsedLayer]) {
        key("layers")
        beginArray()
        for layer in layers {
            beginObject()
            key("id")
            string(layer.id)
            key("edition")
            string(layer.edition?.description)
            key("features")
            integer(layer.features)
            key("repaired")
            integer(layer.repaired)
            key("sha256")
            string(layer.sha256)
            endObject()
        }
        endArray()
    }

    /// Writes the member `warnings`.
    mutating func warnings(_ warnings: [Remark], _ language: Language) {
        key("warnings")
        beginArray()
        for warning in warnings { string(warning.text(in: language)) }
        endArray()
    }

    /// Writes the member `engines`.
    mutating func engines(_ engines: EngineVersions) {
        key("engines")
        beginObject()
        key("geos")
        string(engines.geos)
        key("proj")
        string(engines.proj)
        key("gdal")
        string(engines.gdal)
        endObject()
    }
}
