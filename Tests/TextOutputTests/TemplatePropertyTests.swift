import ImageSpec
import LayerTestKit
import Testing

@testable import TextOutput

@Suite("Templates of chance")
struct TemplatePropertyTests {
    static let seed: UInt64 = 0x7E4D_0002
    static let pieces = [
        "{{", "}}", "{{-", "-}}", " -}}", "{{- ", "/*", "*/", "\"", "`", "'", "\\", "(", ")", "|", ",", ":=", "=", "$",
        "$x", ".", ".Id",
        ".Config", ".Any.l", ".Nope", "$.Any", "if", "else", "else if", "end", "range", "with", "break", "continue",
        "define", "nil",
        "true", "and", "or", "not", "eq", "lt", "index", "slice", "len", "print", "printf", "println", "json", "join",
        "split", "upper",
        "title", "pad", "truncate", "\"%d %5.2s%q%v\"", "\"a\\tb\"", "0", "1", "-1", "9223372036854775807", "1.5",
        "1e400", "0x", "'a'",
        " ", " ", " ", "\n", "é", "\u{202E}", "\u{0}", "{", "}", "-", "text",
    ]

    @Test("Whatever a template is, it is printed or refused with a place inside of it")
    func anyTemplateIsPrintedOrRefused() throws {
        print("seed: \(Self.seed)")
        var generator = SeededGenerator(seed: Self.seed)
        let value = try TemplateData.value()
        var printed = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...24, using: &generator)
            let isInAction = Bool.random(using: &generator)
            var template = isInAction ? "{{" : ""
            for _ in 0..<count { template += Self.pieces.randomElement(using: &generator) ?? "" }
            if isInAction { template += "}}" }
            printed += try check(template, value) ? 1 : 0
        }
        #expect(printed > 500)
    }

    @Test("Whatever is cut out of a template or put in, it is printed or refused")
    func anyChangeOfATemplateIsPrintedOrRefused() throws {
        print("seed: \(Self.seed)")
        var generator = SeededGenerator(seed: Self.seed)
        let value = try TemplateData.value()
        let all = TemplateGoldenTests.actions + TemplateGoldenTests.functions + TemplateGoldenTests.blocks
        for golden in TemplateGoldenTests.cases(all) {
            for _ in 0..<40 {
                var bytes = Array(golden.template.unicodeScalars)
                let place = Int.random(in: 0...bytes.count, using: &generator)
                let end = min(bytes.count, place + Int.random(in: 0...3, using: &generator))
                let piece = Self.pieces.randomElement(using: &generator) ?? ""
                bytes.replaceSubrange(
                    place..<end,
                    with: Bool.random(using: &generator) ? Array(piece.unicodeScalars) : []
                )
                _ = try check(String(String.UnicodeScalarView(bytes)), value)
            }
        }
    }

    /// Whether the template was printed; otherwise its error has been checked.
    private func check(_ text: String, _ value: TemplateValue) throws -> Bool {
        var output: [UInt8] = []
        do throws(TemplateError) {
            try GoTemplate(parsing: text).execute(value, into: &output)
            return true
        } catch {
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            #expect((1...lines.count).contains(error.line), "\(text.debugDescription)")
            #expect((0...lines[error.line - 1].count).contains(error.column), "\(text.debugDescription)")
            #expect(!error.reason.isEmpty && !error.description.contains("\n"))
            return false
        }
    }
}
