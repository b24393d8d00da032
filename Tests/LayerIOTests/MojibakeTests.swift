import Testing

@testable import LayerIO

@Test(
    "Text decoded by mistake is recognised, and what it was meant to be",
    arguments: [
        ("鏍煎皵鏈ㄥ伐涓氬洯", "格尔木工业园"), ("éƒ½å…°åŽ¿æ°´æºåœ°", nil), ("ÉúÌ¬±£»¤ºìÏß", "生态保护红线"), ("格尔木市", nil), ("联通", nil),
        ("Élève café", nil), ("ZH63280110001", nil), ("Århus Å", nil), ("都兰县", nil), ("中文", nil), ("€ 12", nil),
    ])
func mojibake(text: String, meant: String?) {
    // The second lost a character on its way, and so is let be: no guess is better than a wrong one.
    #expect(Mojibake.recognise(text)?.meant == meant)
}
