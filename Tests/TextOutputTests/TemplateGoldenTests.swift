import Testing

@testable import TextOutput

/// What templates print, beside what Go printed for the same template and value.
///
/// Made with `text/template` of Go 1.19 and docker/cli's functions; what is newer than that (`else with`, `range` over an
/// integer) and zero padding of texts by Docker 28.2.2. Errors are our own words; where Go fails too the place is the same.
@Suite("Templates beside Go's")
struct TemplateGoldenTests {
    /// A template and what comes of it.
    struct Case: CustomTestStringConvertible, Sendable {
        let template: String
        let result: String
        var testDescription: String { template }
    }

    static func cases(_ text: String) -> [Case] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0.map { $0 == "⏎" ? "\n" : $0 == "⇥" ? "\t" : $0 })
        }
        return stride(from: 0, to: lines.count - 1, by: 2).map { index in
            Case(template: lines[index], result: String(lines[index + 1].dropFirst(2)))
        }
    }

    @Test("A template of actions prints what Go prints", arguments: cases(actions) + cases(functions))
    func actionsPrintWhatGoPrints(_ golden: Case) throws {
        let (output, error) = try TemplateData.result(of: golden.template)
        #expect(error == nil)
        #expect(output == golden.result)
    }

    @Test("A template with blocks prints what Go prints", arguments: cases(blocks))
    func blocksPrintWhatGoPrints(_ golden: Case) throws {
        let (output, error) = try TemplateData.result(of: golden.template)
        #expect(error == nil)
        #expect(output == golden.result)
    }

    @Test("A template that is wrong or unknown fails with its place", arguments: cases(errors))
    func wrongTemplateFailsWithItsPlace(_ golden: Case) throws {
        let (_, error) = try TemplateData.result(of: golden.template)
        #expect(error == golden.result)
    }
}
