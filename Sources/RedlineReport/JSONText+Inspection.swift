import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineKit

extension JSONText {
    mutating func members(of file: InspectedFile) {
        key("file")
        string(file.path)
        key("driver")
        string(file.driver)
        key("layers")
        beginArray()
        for layer in file.layers {
            breakLine()
            beginObject()
            members(of: layer)
            endObject()
        }
        breakBeforeEnd()
        endArray()
    }

    mutating func members(of inspected: InspectedCatalog, _ language: Language) {
        let catalog = inspected.catalog
        key("file")
        string(catalog.path)
        key("catalog")
        beginObject()
        key("name")
        string(catalog.name.text(in: language))
        key("sha256")
        string(catalog.sha256)
        key("as_of")
        string(catalog.asOf?.description)
        key("regions")
        string(catalog.regions)
        key("extent")
        extent(catalog.extent)
        endObject()
        key("layers")
        beginArray()
        for layer in inspected.layers {
            breakLine()
            self.layer(layer, of: inspected, language)
        }
        breakBeforeEnd()
        endArray()
    }

    private mutating func layer(
        _ inspected: InspectedCatalogLayer, of catalog: InspectedCatalog, _ language: Language
    ) {
        let layer = inspected.layer
        beginObject()
        key("id")
        string(layer.id)
        key("family")
        string(layer.family)
        key("title")
        string(layer.title.text(in: language))
        key("extent")
        extent(layer.extent)
        key("tiling")
        bool(layer.isTiling)
        key("accuracy_m")
        number(layer.accuracy?.meters)
        key("tolerance_m")
        number(layer.tolerance?.meters)
        key("editions")
        beginArray()
        for edition in inspected.editions { self.edition(edition, source: catalog.sourcePath(of: edition)) }
        endArray()
        endObject()
    }

    private mutating func edition(_ edition: InspectedEdition, source path: String) {
        beginObject()
        key("edition")
        string(edition.edition.date?.description)
        key("source")
        string(path)
        key("code_field")
        string(edition.fields.code)
        key("name_field")
        string(edition.fields.name)
        key("class_field")
        string(edition.fields.class)
        key("problems")
        beginArray()
        for problem in edition.problems { string(problem) }
        endArray()
        key("layer")
        if let source = edition.source {
            beginObject()
            members(of: source)
            endObject()
        } else {
            null()
        }
        endObject()
    }

    private mutating func extent(_ extent: CatalogExtent?) {
        switch extent {
        case nil: null()
        case .layer(let id): string(id)
        case .box(let box): envelope(box)
        }
    }

    private mutating func envelope(_ envelope: Envelope?) {
        guard let envelope, !envelope.isEmpty else {
            null()
            return
        }
        beginArray()
        for side in [envelope.minX, envelope.minY, envelope.maxX, envelope.maxY] { number(side) }
        endArray()
    }

    private mutating func members(of layer: InspectedLayer) {
        let description = layer.description
        key("name")
        string(description.name)
        key("driver")
        string(description.driver)
        key("geometry_type")
        string(description.geometryTypeName)
        key("has_z")
        bool(description.hasZ)
        key("has_m")
        bool(description.hasM)
        key("features")
        integer(description.featureCount)
        key("extent")
        envelope(description.extent)
        crs(of: layer)
        encoding(description.encoding)
        key("fid_column")
        string(description.fidColumn)
        key("fields")
        beginArray()
        for field in description.fields {
            beginObject()
            key("name")
            string(field.name)
            key("type")
            string(field.type.rawValue)
            key("width")
            integer(field.width)
            endObject()
        }
        endArray()
        key("notes")
        beginArray()
        for note in description.notes + description.cautions { string(note.en) }
        endArray()
        key("problem")
        string(layer.problem)
        key("hypotheses")
        beginArray()
        for hypothesis in layer.diagnosis?.hypotheses ?? [] {
            beginObject()
            key("crs")
            string(hypothesis.crs)
            key("title")
            string(hypothesis.title.en)
            key("score")
            integer(hypothesis.score)
            key("longitude")
            number(hypothesis.center.x)
            key("latitude")
            number(hypothesis.center.y)
            key("evidence")
            beginArray()
            for evidence in hypothesis.evidence { string(evidence.en) }
            endArray()
            endObject()
        }
        endArray()
    }

    private mutating func crs(of layer: InspectedLayer) {
        key("crs")
        beginObject()
        key("code")
        string(layer.crs?.authorityCode ?? layer.description.crs.authority)
        key("name")
        string(layer.crs?.name)
        key("origin")
        string(layer.description.crs.how.rawValue)
        key("datum")
        string(layer.crs?.datumName)
        key("kind")
        string(layer.crs.map { $0.isOperation ? "operation" : $0.isProjected ? "projected" : "geographic" })
        key("taken_as_cgcs2000")
        bool(layer.crs?.isWGS84Like == true)
        key("datum_assumed")
        bool(layer.crs?.isDatumAssumed == true)
        key("unit_m")
        number(layer.crs?.linearUnitInMeters)
        key("area_of_use")
        envelope(layer.crs?.areaOfUse)
        key("wkt")
        string(layer.crs?.wkt ?? layer.description.crs.wkt)
        endObject()
    }

    private mutating func encoding(_ encoding: EncodingEvidence) {
        key("encoding")
        beginObject()
        key("name")
        string(encoding.name)
        key("origin")
        string(encoding.how.word)
        key("evidence")
        string(encoding.how.evidence)
        key("contradicted")
        string(encoding.contradicted?.word)
        key("invalid_texts")
        integer(encoding.invalidTexts)
        endObject()
    }
}

extension EncodingEvidence.Origin {
    /// The word of data formats.
    var word: String {
        switch self {
        case .user: "user"
        case .format: "format"
        case .codePageFile: "cpg"
        case .languageDriver: "ldid"
        case .content: "content"
        case .ascii: "ascii"
        case .fallback: "fallback"
        }
    }

    /// What the file says: the text of the `.cpg`, the language driver byte; nil elsewhere.
    var evidence: String? {
        switch self {
        case .codePageFile(let text): text
        case .languageDriver(let byte): "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        default: nil
        }
    }
}
