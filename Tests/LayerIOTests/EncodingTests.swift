import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

@Suite("Encodings")
struct EncodingTests {
    /// A table with one text field and one record for each text.
    private static func table(_ texts: [[UInt8]], fieldName: [UInt8] = Array("NAME".utf8), driver: UInt8 = 0) -> [UInt8]
    {
        let width = 40
        var bytes: [UInt8] = [3, 126, 1, 1, UInt8(texts.count), 0, 0, 0, 65, 0, UInt8(width + 1), 0]
        bytes += [UInt8](repeating: 0, count: 17) + [driver, 0, 0]
        bytes += fieldName + [UInt8](repeating: 0, count: 11 - fieldName.count)
        bytes += [UInt8(ascii: "C"), 0, 0, 0, 0, UInt8(width)] + [UInt8](repeating: 0, count: 15) + [0x0D]
        for text in texts { bytes += [0x20] + text + [UInt8](repeating: 0x20, count: width - text.count) }
        return bytes + [0x1A]
    }

    /// 格尔木市 and 德令哈市 in GBK.
    private static let golmud: [UInt8] = [0xB8, 0xF1, 0xB6, 0xFB, 0xC4, 0xBE, 0xCA, 0xD0]
    private static let delingha: [UInt8] = [0xB5, 0xC2, 0xC1, 0xEE, 0xB9, 0xFE, 0xCA, 0xD0]

    private static func read(
        _ table: [UInt8], codePage: String? = nil, user: String? = nil
    ) throws -> (encoding: EncodingEvidence, names: [String], texts: [String?]) {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.dbf", table)
        if let codePage { _ = try folder.write("a.cpg", codePage) }
        let reader = try LayerReader(LayerSource(path: path, encoding: user))
        let names = reader.description.fields.map(\.name)
        return (reader.description.encoding, names, try reader.rows(names).map { $0.attributes[0].text })
    }

    @Test("Chinese without any statement is recognised by its bytes")
    func content() throws {
        let gbk = try Self.read(Self.table([Self.golmud, Self.delingha]))
        #expect(gbk.encoding == EncodingEvidence(name: "GBK", how: .content))
        #expect(gbk.texts == ["格尔木市", "德令哈市"])
        let utf8 = try Self.read(Self.table([Array("格尔木市".utf8)]))
        #expect(utf8.encoding == EncodingEvidence(name: "UTF-8", how: .content))
        #expect(utf8.texts == ["格尔木市"])
        let latin = try Self.read(Self.table([[0x4D, 0xE9, 0x78, 0x69, 0x63, 0x6F]]))
        #expect(latin.encoding == EncodingEvidence(name: "CP1252", how: .fallback))
        #expect(latin.texts == ["México"])
        let ascii = try Self.read(Self.table([Array("632801".utf8)]))
        #expect(ascii.encoding.how == .ascii)
    }

    @Test("The user's word goes before the file's, and the file's before a guess")
    func order() throws {
        let table = Self.table([Self.golmud], driver: 0x4D)
        #expect(try Self.read(table).encoding.how == .languageDriver(0x4D))
        #expect(try Self.read(table, codePage: "936").encoding.how == .codePageFile("936"))
        let user = try Self.read(table, codePage: "UTF-8", user: "gb18030")
        #expect(user.encoding == EncodingEvidence(name: "GB18030", how: .user))
        #expect(user.texts == ["格尔木市"])
        #expect(throws: LayerError.self) { try Self.read(table, user: "klingon") }
    }

    @Test("A statement that the bytes contradict is named and not followed")
    func contradiction() throws {
        let read = try Self.read(Self.table([Self.golmud]), codePage: "UTF-8")
        #expect(read.encoding == EncodingEvidence(name: "GBK", how: .content, contradicted: .codePageFile("UTF-8")))
        #expect(read.texts == ["格尔木市"])
        // 0x03 is Windows' Western code page, which many programs write whatever the text.
        let driver = try Self.read(Self.table([Self.golmud, Self.delingha], driver: 0x03))
        #expect(driver.encoding.name == "GBK" && driver.encoding.contradicted == .languageDriver(0x03))
    }

    @Test("A byte that is not valid is counted and shown, never dropped")
    func invalid() throws {
        let broken: [UInt8] = [0xB8, 0xF1, 0xFF, 0x41]
        let read = try Self.read(Self.table([broken, Self.delingha]), user: "GBK")
        #expect(read.encoding.invalidTexts == 1)
        #expect(read.texts[0]?.contains("\u{FFFD}") == true)
        #expect(read.texts[1] == "德令哈市")
    }

    @Test("A field name that was cut inside a character keeps the whole ones")
    func names() throws {
        let cut = Array("区县名称".utf8.prefix(10))
        let read = try Self.read(Self.table([Array("格尔木市".utf8)], fieldName: cut))
        #expect(read.names == ["区县名"])
        #expect(read.encoding.name == "UTF-8" && read.encoding.invalidTexts == 0)
        let gbk = try Self.read(Self.table([Self.golmud], fieldName: [0xC3, 0xFB, 0xB3, 0xC6]))
        #expect(gbk.names == ["名称"])
    }

    @Test(
        "Published tables read as their publishers meant them",
        .enabled(if: SharedData.path("data/suites/dbf-encodings") != nil),
        arguments: [
            ("cpg/big5.shp", "國語"), ("cpg/euckr.dbf", "한국말"), ("cpg/koi8r.dbf", "русский"),
            ("cpg/latin2.dbf", "čeština"), ("cpg/shiftjis.dbf", "カタカナひらがな"), ("cpg/win1251.dbf", "РУССКИЙ"),
            ("cpg/win874.dbf", "ภาษาไทย"), ("gb2312.dbf", "简体国语"), ("gbk.dbf", "简体国语"), ("utf8.dbf", "国语國語"),
            ("big5.dbf", "繁體國語"), ("latin1.dbf", "Peçeña México"), ("ldid/chinese.shp", "简体"),
        ])
    func published(file: String, text: String) throws {
        let path = try #require(SharedData.path("data/suites/dbf-encodings/" + file))
        #expect(try LayerReader(LayerSource(path: path)).rows(["NAME"]).first?.attributes == [.string(text)])
    }

    @Test("Seven counties are the same in four files", .enabled(if: SharedData.root != nil))
    func counties() throws {
        func counties(_ file: String) throws -> [String: String] {
            let path = try #require(SharedData.path("data/cn-qinghai-gansu-admin/" + file))
            var names: [String: String] = [:]
            for row in try LayerReader(LayerSource(path: path)).rows(["adcode", "name"]) {
                names[row.attributes[0].text ?? ""] = row.attributes[1].text
            }
            return names
        }
        let stated = try counties("haixi_cgcs2000_3deg_z32_gbk.zip")
        #expect(stated.count == 7 && stated["632801"] == "格尔木市")
        #expect(try counties("haixi_cgcs2000_3deg_z32_gbk_nocpg.zip") == stated)
        #expect(try counties("haixi_cgcs2000.gdb.zip") == stated)
        #expect(try counties("county.geojson").filter { stated[$0.key] != nil } == stated)
    }
}
