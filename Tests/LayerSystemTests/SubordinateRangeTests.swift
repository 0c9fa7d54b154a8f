import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Subordinate numbers")
struct SubordinateRangeTests {
    struct Case: Sendable {
        let text: String
        let ranges: [SubordinateRange]
    }

    private static func range(_ start: UInt32, _ count: UInt32) -> SubordinateRange {
        SubordinateRange(start: start, count: count)
    }

    @Test(
        "a user's lines are read, by name and by number",
        arguments: [
            Case(text: "", ranges: []),
            Case(text: "ann:100000:65536\n", ranges: [range(100_000, 65536)]),
            Case(text: "1000:200000:10", ranges: [range(200_000, 10)]),
            Case(text: "ann:1:2\nbob:3:4\n1000:5:6\n", ranges: [range(1, 2), range(5, 6)]),
            Case(text: "annabel:1:2\n100:3:4\n", ranges: []),
            Case(text: "# ann:1:2\nann:x:2\nann:1\nann:1:0\nann:1:2:3\nann:-1:2\n", ranges: []),
            Case(text: "ann:4294967295:1\nann:4294967295:2\n", ranges: [range(4_294_967_295, 1)]),
        ]
    )
    func parsing(_ item: Case) {
        #expect(SubordinateRange.parse(Array(item.text.utf8), uid: 1000, name: "ann") == item.ranges)
    }

    @Test("a user without a name is found by number alone")
    func nameless() {
        let text = Array("ann:1:2\n1000:3:4\n:5:6\n".utf8)
        #expect(SubordinateRange.parse(text, uid: 1000, name: nil) == [SubordinateRange(start: 3, count: 4)])
    }

    @Test("the ranges follow each other inside, behind the user as root")
    func triples() {
        let ranges = [SubordinateRange(start: 100_000, count: 10), SubordinateRange(start: 7, count: 3)]
        #expect(
            NamespaceMapping.triples(own: 1000, ranges) == ["0", "1000", "1", "1", "100000", "10", "11", "7", "3"]
        )
        #expect(NamespaceMapping.triples(own: 5, []) == ["0", "5", "1"])
    }

    @Test("a mapping says in words what it is, and why it is no better")
    func words() {
        #expect(NamespaceMapping.singleID(reason: "x has none").description == "single id: x has none")
        #expect(IdentityMapping(rawValue: "single-id") == .singleID)
        #expect(IdentityMapping.ranges.description == "ranges of /etc/subuid and /etc/subgid")
    }

    @Test("root has a name, and a number that nobody has has none")
    func names() {
        #expect(Host.userName(0) == "root")
        #expect(Host.userName(4_000_000_000) == nil)
    }
}
