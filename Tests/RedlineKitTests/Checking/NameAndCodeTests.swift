import Testing

@testable import RedlineKit

@Test(
    "Names of one place are told from names that only look alike",
    arguments: [
        ("格尔木", "格尔木市", true), ("天祝县", "天祝藏族自治县", true), ("都兰河", "都兰县", false), ("玉树市", "玉树州", false),
        ("海南州", "海南省", false), ("大通县", "大通回族土族自治县", true), ("大通河", "大通县", false), ("玉树州", "玉树藏族自治州", true),
        ("大柴旦行委", "大柴旦行政委员会", true), ("河南县", "河南省", false), ("祁连", "祁连县", true), ("祁连山", "祁连县", false),
        ("白银市", "白银区", false), ("华亭县", "华亭市", true),
    ])
func names(first: String, second: String, isSame: Bool) {
    #expect(PlaceName(first).names(sameAs: PlaceName(second)) == isSame)
}

@Test("Codes are current, former with what took their place, or unknown")
func standings() {
    let table = AdministrativeCodes.standard
    #expect(table.standing(of: "632801") == .current(name: "格尔木市"))
    #expect(table.standing(of: "632800") == .current(name: "海西蒙古族藏族自治州"))
    #expect(table.standing(of: "632801101") == .current(name: "格尔木市"))
    #expect(table.standing(of: "632856") == .former(name: "茫崖行政委员会", successors: ["632803"]))
    #expect(table.standing(of: "620824") == .former(name: "华亭县", successors: ["620881"]))
    #expect(table.standing(of: "639999") == .unknown)
    #expect(table.equivalents(of: "632857") == ["632825", "632857"])
    #expect(table.equivalents(of: "632825") == ["632803", "632825", "632857"])
}

@Test("Unit codes are read to the letter, and what is wrong with them is told")
func unitCodes() throws {
    let code = try ControlUnitCode.parse("ZH44060620002").get()
    #expect(code.county == "440606" && code.standardClass == "key" && code.classDigit == "2")
    func misfit(_ text: String) -> ControlUnitCode.Misfit? {
        if case .failure(let fault) = ControlUnitCode.parse(text) { fault.misfit } else { nil }
    }
    #expect(misfit("zh44060620002") == .writing("ZH44060620002"))
    #expect(misfit("ＺＨ４４０６０６２０００２") == .writing("ZH44060620002"))
    #expect(misfit("ZH4406062000") == .length(12))
    #expect(misfit("HY44060620002") == .prefix("HY"))
    #expect(misfit("ZH4406062000A") == .characters)
    #expect(misfit("ZH44060650002") == .classDigit("5"))
    #expect(ControlUnitCode.county(in: "YS632801") == "632801")
    #expect(ControlUnitCode.county(in: "ZH6328") == nil)
}

@Test("Class words mean what they say, with or without their endings")
func classWords() {
    #expect(ClassWords.standardClass(of: "优先保护单元", family: "control-unit") == "priority")
    #expect(ClassWords.standardClass(of: "重点管控", family: "control-unit") == "key")
    #expect(ClassWords.standardClass(of: "一般", family: "control-unit") == "general")
    #expect(ClassWords.standardClass(of: "其他", family: "control-unit") == nil)
    #expect(ClassWords.standardClass(of: "水源涵养生态保护红线", family: "ecological-redline") == "water-conservation")
    #expect(ClassWords.standardClass(of: "沙漠化", family: "ecological-redline") == "land-sandification")
}
