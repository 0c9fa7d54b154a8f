import Foundation
import LayerTestKit
import Testing

@testable import ImageSpec

@Suite("Base64")
struct Base64Tests {
    @Test(
        "is decoded when it is what an encoder writes",
        arguments: [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("e30=", "{}")]
    )
    func vectors(text: String, decoded: String) {
        #expect(Base64.decode(text) == Array(decoded.utf8))
    }

    @Test(
        "is refused otherwise",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v=", "Z===", "Zh==", "Zm9=", "Zm 9", "Zm9v\n", "Zm-_",
            "Zg==Zg==",
        ]
    )
    func refused(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("is the inverse of Foundation's encoder", arguments: 0..<100)
    func inverse(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...50, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        #expect(Base64.decode(Data(bytes).base64EncodedString()) == bytes, "seed \(seed)")
    }
}
