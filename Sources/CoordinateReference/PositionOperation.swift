internal import CRedlinePROJ
internal import RedlineGeometry

/// A PROJ operation from easting and northing (or degrees) of some CRS to longitude and latitude in degrees, and back.
@safe  // Not `Sendable`, as its context is not.
final class PositionOperation: BatchOperation {
    /// The CRS or operation as the user named it, for messages.
    let crs: String
    /// Whether neighbouring positions follow one smooth formula: no grids, and no choice of formula by region.
    let isSmooth: Bool
    private let object: ProjectionObject
    // What one unit of the operation's ends is in the units promised above: degrees for angles.
    private let sourceFactor: Double
    private let targetFactor: Double
    private let targetPrimeMeridian: Double

    /// Wraps an operation whose ends have longitude or easting first.
    ///
    /// - Parameters:
    ///   - object: The operation.
    ///   - crs: The name for messages.
    ///   - degreesPerUnit: Of the longitudes and latitudes it ends in.
    ///   - primeMeridian: The longitude in degrees that those count from.
    init(_ object: consuming ProjectionObject, crs: String, degreesPerUnit: Double = 1, primeMeridian: Double = 0) {
        self.crs = crs
        let takesRadians = unsafe object.withPointer { unsafe proj_angular_input($0, PJ_FWD) != 0 }
        let givesRadians = unsafe object.withPointer { unsafe proj_angular_output($0, PJ_FWD) != 0 }
        sourceFactor = takesRadians ? .pi / 180 : 1
        targetFactor = givesRadians ? 180 / .pi : degreesPerUnit
        targetPrimeMeridian = primeMeridian
        // Several candidates are no operation to PROJ, which picks among them for each position.
        let isSingle = object.type != PJ_TYPE_UNKNOWN
        let context = object.context
        let gridCount = unsafe object.withPointer {
            isSingle ? unsafe proj_coordoperation_get_grid_used_count(context.raw, $0) : 0
        }
        isSmooth = isSingle && gridCount == 0
        self.object = object
    }

    /// Builds the operation between two CRSs without guesses.
    ///
    /// - Parameters:
    ///   - source: The CRS that positions come from.
    ///   - target: The CRS that they go to.
    /// - Returns: The operation; nil where PROJ has only a ballpark answer or none.
    static func create(
        from source: borrowing ProjectionObject, to target: borrowing ProjectionObject
    ) -> ProjectionObject? {
        let context = source.context
        let raw = unsafe context.make { raw in
            unsafe source.withPointer { source in
                unsafe target.withPointer { target in
                    unsafe withOptions(["ALLOW_BALLPARK=NO"]) {
                        unsafe proj_create_crs_to_crs_from_pj(raw, source, target, nil, $0)
                    }
                }
            }
        }
        return unsafe raw?.derive { unsafe proj_normalize_for_visualization($0, $1) }
    }

    /// Whether positions can be taken back.
    var hasInverse: Bool { unsafe object.withPointer { unsafe proj_pj_info($0).has_inverse != 0 } }

    /// Brings positions to longitude and latitude; those that fail become infinite.
    func apply(_ positions: inout [Position]) {
        scale(&positions, by: sourceFactor, shift: 0)
        translate(&positions, PJ_FWD)
        scale(&positions, by: targetFactor, shift: targetPrimeMeridian)
    }

    /// Brings longitudes and latitudes back; those that fail become infinite.
    func applyInverse(_ positions: inout [Position]) {
        if targetPrimeMeridian != 0 { for index in positions.indices { positions[index].x -= targetPrimeMeridian } }
        scale(&positions, by: 1 / targetFactor, shift: 0)
        translate(&positions, PJ_INV)
        scale(&positions, by: 1 / sourceFactor, shift: 0)
    }

    /// What PROJ said about the last positions that failed.
    var lastMessage: String {
        let message = object.context.lastMessage
        if message != "no message" { return message }
        let code = unsafe object.withPointer { unsafe proj_errno($0) }
        guard code != 0, let text = unsafe proj_context_errno_string(object.context.raw, code) else {
            return "no finite result"
        }
        return unsafe String(cString: text)
    }

    private func scale(_ positions: inout [Position], by factor: Double, shift: Double) {
        guard factor != 1 || shift != 0 else { return }
        for index in positions.indices {
            positions[index].x = positions[index].x * factor + shift
            positions[index].y *= factor
        }
    }

    private func translate(_ positions: inout [Position], _ direction: PJ_DIRECTION) {
        object.context.forgetMessages()
        let stride = MemoryLayout<Position>.stride
        unsafe object.withPointer { operation in
            _ = unsafe proj_errno_reset(operation)
            unsafe positions.withUnsafeMutableBytes { bytes in
                // A position is two doubles in a row: PROJ walks over them in steps of one position.
                guard let start = bytes.baseAddress else { return }
                let x = unsafe start.assumingMemoryBound(to: Double.self)
                let count = bytes.count / stride
                _ = unsafe proj_trans_generic(
                    operation, direction, x, stride, count, x + 1, stride, count, nil, 0, 0, nil, 0, 0)
            }
        }
    }
}
