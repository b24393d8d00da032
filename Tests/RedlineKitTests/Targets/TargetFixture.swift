import RedlineGeometry

@testable import RedlineKit

/// A target as a row of a table would give it.
func target(
    _ indicator: String, baseline: String? = nil, _ baselineYear: Int = 2020, target: String,
    _ targetYear: Int? = 2025, unit: String? = "%", measured: String? = nil, _ measuredYear: String? = nil,
    more: [TargetKey: String] = [:]
) throws -> PlanTarget {
    var record = TargetRecord(place: "line 2", texts: more)
    record.texts[.indicator] = indicator
    record.texts[.unit] = unit
    if let baseline { record.baselines = [.init(text: baseline, period: String(baselineYear))] }
    record.target = .init(text: target, period: targetYear.map(String.init))
    if let measured { record.measured = [.init(text: measured, period: measuredYear)] }
    return try PlanTarget.targets(of: record)[0]
}

extension TargetEvidence {
    /// A share that a layer gives at the end of a year.
    static func share(_ share: Double, endOf year: Int? = nil) -> TargetEvidence {
        .measured(
            TargetMeasurement([.init(.share(share), source: "redline")], moment: year.map { PlanMoment(endOf: $0) }))
    }

    /// An area that a layer gives.
    static func area(_ area: Area, endOf year: Int? = nil) -> TargetEvidence {
        .measured(
            TargetMeasurement([.init(.area(area), source: "redline")], moment: year.map { PlanMoment(endOf: $0) }))
    }
}
