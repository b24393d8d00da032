import CRedlineGDAL

/// A band of an open raster; keeps the raster open.
@safe
final class GDALRasterBand {
    private let dataset: GDALDataset
    private let raw: GDALRasterBandH
    private let number: Int
    private let type: GDALDataType
    /// Whether bytes are numbers from −128 to 127, which GDAL tells so before version 3.7.
    private let isSigned: Bool
    private var gdal: GDALLibrary { dataset.gdal }
    private var buffer: [UInt8] = []
    private var mask: [UInt8] = []

    /// Finds the band that is meant.
    init(_ dataset: GDALDataset, _ source: RasterSource) throws(LayerError) {
        let gdal = dataset.gdal
        let count = unsafe dataset.withHandle { Int(unsafe gdal.functions.pointee.GDALGetRasterCount($0)) }
        func handle(_ number: Int) -> GDALRasterBandH? {
            unsafe dataset.withHandle { unsafe gdal.functions.pointee.GDALGetRasterBand($0, Int32(clamping: number)) }
        }
        func isAlpha(_ number: Int) -> Bool {
            guard let band = unsafe handle(number) else { return false }
            return unsafe gdal.functions.pointee.GDALGetRasterColorInterpretation(band) == GCI_AlphaBand
        }
        // Bands of transparency hold no values.
        let candidates = source.band.map { [$0] } ?? (count > 0 ? (1...count).filter { !isAlpha($0) } : [])
        guard candidates.count == 1, (1...max(1, count)).contains(candidates[0]),
            let raw = unsafe handle(candidates[0])
        else {
            guard count > 0 else {
                throw .malformed(
                    path: source.path, detail: "\(dataset.driverName): it has no band; it may hold data sets of its own"
                )
            }
            throw .bandNotFound(path: source.path, band: source.band, count: count)
        }
        self.dataset = dataset
        unsafe self.raw = raw
        number = candidates[0]
        type = unsafe gdal.functions.pointee.GDALGetRasterDataType(raw)
        let pixelType = unsafe gdal.functions.pointee.GDALGetMetadataItem(raw, "PIXELTYPE", "IMAGE_STRUCTURE")
        isSigned = unsafe pixelType.map { unsafe String(cString: $0) } == "SIGNEDBYTE"
    }

    /// What the band is.
    func describe(_ source: RasterSource) throws(LayerError) -> RasterDescription {
        guard let (name, size) = Self.kind(isSigned ? GDALDataType(14) : type) else {
            throw .unsupportedBand(path: source.path, band: number, type: "complex or unknown")
        }
        var columns: Int32 = 0
        var rows: Int32 = 0
        unsafe gdal.functions.pointee.GDALGetBlockSize(raw, &columns, &rows)
        guard let transform, transform.isInvertible, columns > 0, rows > 0 else {
            throw .notGeoreferenced(path: source.path)
        }
        buffer = Array(repeating: 0, count: Int(columns) * Int(rows) * size)
        var crs = CRSEvidence.none
        if let word = source.crs {
            crs = .user(word)
        } else {
            let system = unsafe dataset.withHandle { unsafe gdal.functions.pointee.GDALGetSpatialRef($0) }
            if let system = unsafe system,
                let found = unsafe SpatialReference(borrowing: system, gdal: gdal, log: dataset.log).definition
            {
                crs = CRSEvidence(wkt: found.wkt, authority: found.authority, how: .file)
            }
        }
        return unsafe dataset.withHandle { handle in
            RasterDescription(
                driver: dataset.driverName, width: Int(unsafe gdal.functions.pointee.GDALGetRasterXSize(handle)),
                height: Int(unsafe gdal.functions.pointee.GDALGetRasterYSize(handle)),
                bandCount: Int(unsafe gdal.functions.pointee.GDALGetRasterCount(handle)), band: number,
                valueType: name, valueSize: size, blockWidth: Int(columns), blockHeight: Int(rows),
                transform: transform, crs: crs,
                noData: noData,
                scale: unsafe gdal.functions.pointee.GDALGetRasterScale(raw, nil),
                offset: unsafe gdal.functions.pointee.GDALGetRasterOffset(raw, nil), hasMask: hasMask)
        }
    }

    private var transform: GeoTransform? {
        var numbers = [Double](repeating: 0, count: 6)
        let isKnown = unsafe dataset.withHandle { handle in
            unsafe numbers.withUnsafeMutableBufferPointer {
                unsafe gdal.functions.pointee.GDALGetGeoTransform(handle, $0.baseAddress) == CE_None
            }
        }
        guard isKnown else { return nil }
        return GeoTransform(
            originX: numbers[0], columnX: numbers[1], rowX: numbers[2], originY: numbers[3], columnY: numbers[4],
            rowY: numbers[5])
    }

    private var noData: Double? {
        var isSet: Int32 = 0
        let value = unsafe gdal.functions.pointee.GDALGetRasterNoDataValue(raw, &isSet)
        return isSet != 0 ? value : nil
    }

    /// Whether a mask of the data set or a band of transparency says where data are; a nodata value is no mask.
    private var hasMask: Bool {
        let flags = unsafe dataset.withHandle { _ in unsafe gdal.functions.pointee.GDALGetMaskFlags(raw) }
        return flags & GMF_NODATA == 0 && flags & (GMF_PER_DATASET | GMF_ALPHA) != 0
    }

    /// Reads a block; returns what went wrong.
    func read(column: Int, row: Int, _ description: RasterDescription, into block: inout RasterBlock) -> String? {
        dataset.log.clear()
        if type == GDT_Byte, !isSigned, !description.hasMask {
            if block.bytes.count != buffer.count { block.bytes = Array(repeating: 0, count: buffer.count) }
            return read(column, row, into: &block.bytes)
        }
        if let message = read(column, row, into: &buffer) { return message }
        convert(description.noData, into: &block.numbers)
        guard description.hasMask else { return nil }
        return applyMask(column, row, description, to: &block)
    }

    private func read(_ column: Int, _ row: Int, into bytes: inout [UInt8]) -> String? {
        let status = unsafe dataset.withHandle { _ in
            unsafe bytes.withUnsafeMutableBytes {
                unsafe gdal.functions.pointee.GDALReadBlock(raw, Int32(column), Int32(row), $0.baseAddress)
            }
        }
        guard status == CE_None || status == CE_Debug || status == CE_Warning else {
            return dataset.log.firstFailure ?? "no reason given"
        }
        // A cut file may leave a block as zeros and say so only in a message.
        return dataset.log.firstFailure
    }

    private func applyMask(
        _ column: Int, _ row: Int, _ description: RasterDescription, to block: inout RasterBlock
    ) -> String? {
        let (width, height) = (block.width, block.height)
        if mask.count < width * height { mask = Array(repeating: 0, count: width * height) }
        let (x, y) = (column * description.blockWidth, row * description.blockHeight)
        let status = unsafe dataset.withHandle { _ in
            unsafe mask.withUnsafeMutableBytes {
                unsafe gdal.functions.pointee.GDALRasterIO(
                    gdal.functions.pointee.GDALGetMaskBand(raw), GF_Read, Int32(x), Int32(y), Int32(width),
                    Int32(height), $0.baseAddress, Int32(width), Int32(height), GDT_Byte, 0, 0)
            }
        }
        guard status == CE_None else { return dataset.log.firstFailure ?? "its mask cannot be read" }
        for line in 0..<height {
            for place in 0..<width where mask[line * width + place] == 0 {
                block.numbers[line * block.stride + place] = .nan
            }
        }
        return nil
    }

    /// The name and the bytes of a type of values; nil for complex ones.
    private static func kind(_ type: GDALDataType) -> (name: String, size: Int)? {
        switch type {
        case GDT_Byte: ("Byte", 1)
        case GDT_UInt16: ("UInt16", 2)
        case GDT_Int16: ("Int16", 2)
        case GDT_UInt32: ("UInt32", 4)
        case GDT_Int32: ("Int32", 4)
        case GDT_UInt64: ("UInt64", 8)
        case GDT_Int64: ("Int64", 8)
        case GDT_Float32: ("Float32", 4)
        case GDT_Float64: ("Float64", 8)
        // Int8, which later versions have.
        case GDALDataType(14): ("Int8", 1)
        default: nil
        }
    }

    /// Turns the values of the buffer into numbers, the nodata value into NaN.
    private func convert(_ noData: Double?, into numbers: inout [Double]) {
        switch isSigned ? GDALDataType(14) : type {
        case GDT_Byte: convert(UInt8.self, noData, into: &numbers)
        case GDT_UInt16: convert(UInt16.self, noData, into: &numbers)
        case GDT_Int16: convert(Int16.self, noData, into: &numbers)
        case GDT_UInt32: convert(UInt32.self, noData, into: &numbers)
        case GDT_Int32: convert(Int32.self, noData, into: &numbers)
        case GDT_UInt64: convert(UInt64.self, noData, into: &numbers)
        case GDT_Int64: convert(Int64.self, noData, into: &numbers)
        case GDT_Float32: convert(Float.self, noData, into: &numbers)
        case GDT_Float64: convert(Double.self, noData, into: &numbers)
        default: convert(Int8.self, noData, into: &numbers)
        }
    }

    private func convert<T: BandValue>(_ type: T.Type, _ noData: Double?, into numbers: inout [Double]) {
        // Compared in the band's own type: a float's nodata value is often written with fewer digits.
        let missing = noData.flatMap { T(nearest: $0) }
        let count = buffer.count / MemoryLayout<T>.stride
        if numbers.count != count { numbers = Array(repeating: 0, count: count) }
        unsafe buffer.withUnsafeBytes { bytes in
            for index in 0..<count {
                let value = unsafe bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.stride, as: T.self)
                numbers[index] = value == missing ? .nan : value.number
            }
        }
    }
}

/// A kind of values that bands hold.
private protocol BandValue: BitwiseCopyable, Equatable {
    /// The value that stands for a number; nil where the type has none like it.
    init?(nearest number: Double)
    /// The value as a number; beyond 2⁵³ the nearest one.
    var number: Double { get }
}

extension BandValue where Self: FixedWidthInteger {
    init?(nearest number: Double) { self.init(exactly: number) }
    var number: Double { Double(self) }
}

extension Int8: BandValue {}
extension UInt8: BandValue {}
extension Int16: BandValue {}
extension UInt16: BandValue {}
extension Int32: BandValue {}
extension UInt32: BandValue {}
extension Int64: BandValue {}
extension UInt64: BandValue {}

extension Float: BandValue {
    fileprivate init?(nearest number: Double) { self = Float(number) }
    fileprivate var number: Double { Double(self) }
}

extension Double: BandValue {
    fileprivate init?(nearest number: Double) { self = number }
    fileprivate var number: Double { self }
}
