import LayerTestKit
import Testing
import TextOutput

@Suite("The lines in which two texts differ") struct UnifiedDiffTests {
    @Test("One changed line stands between three of context, and a missing line feed is said")
    func golden() {
        let old = Array("a\nb\nc\nd\ne\nf\ng\nh\n".utf8)
        let new = Array("a\nb\nc\nd\nE\nf\ng\nh\ni".utf8)
        let expected = """
            --- a/x
            +++ b/x
            @@ -2,7 +2,8 @@
             b
             c
             d
            -e
            +E
             f
             g
             h
            +i
            \\ No newline at end of file

            """
        let text = UnifiedDiff(old, new).output(oldName: "a/x", newName: "b/x")
        #expect(String(decoding: text, as: UTF8.self) == expected)
        #expect(UnifiedDiff(old, old).output(oldName: "a", newName: "b").isEmpty)
        let added = UnifiedDiff([], Array("x\n".utf8)).output(oldName: "/dev/null", newName: "b/x")
        #expect(String(decoding: added, as: UTF8.self) == "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+x\n")
        #expect(UnifiedDiff.isBinary([65, 0]) && !UnifiedDiff.isBinary(old))
    }

    @Test("The difference applied to one random text gives the other, and is as short as it can be", arguments: 0..<200)
    func law(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        func text() -> [[UInt8]] {
            (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                [UInt8(97 + Int.random(in: 0...3, using: &generator)), 10]
            }
        }
        let (old, new) = (text(), text())
        let output = UnifiedDiff(Array(old.joined()), Array(new.joined())).output(oldName: "a", newName: "b")
        let (result, changeCount) = Self.apply(output, to: old)
        #expect(result == new)
        #expect(changeCount == old.count + new.count - 2 * Self.commonCount(old, new))
    }

    @Test("Texts with more differences than are looked for are shown as replaced")
    func beyondLimit() {
        let old = (0..<3000).map { Array("o\($0)\n".utf8) }
        let new = (0..<3000).map { Array("n\($0)\n".utf8) }
        let output = UnifiedDiff(Array(old.joined()), Array(new.joined())).output(oldName: "a", newName: "b")
        #expect(Self.apply(output, to: old).result == new)
    }

    private static func apply(_ output: [UInt8], to old: [[UInt8]]) -> (result: [[UInt8]], changeCount: Int) {
        var (result, position, changes): ([[UInt8]], Int, Int) = ([], 0, 0)
        for line in output.split(separator: 10).dropFirst(2).map({ Array($0) + [10] }) {
            switch line[0] {
            case UInt8(ascii: "@"):
                let numbers = String(decoding: line, as: UTF8.self).split { !$0.isNumber && $0 != "," }
                let parts = numbers[0].split(separator: ",").compactMap { Int($0) }
                let start = parts.count > 1 && parts[1] == 0 ? parts[0] : parts[0] - 1
                while position < start {
                    result.append(old[position])
                    position += 1
                }
            case UInt8(ascii: "+"):
                result.append(Array(line.dropFirst()))
                changes += 1
            case UInt8(ascii: "-"):
                position += 1
                changes += 1
            default:
                result.append(Array(line.dropFirst()))
                position += 1
            }
        }
        return (result + old[min(position, old.count)...], changes)
    }

    /// The length of the longest common subsequence, by the table.
    private static func commonCount(_ old: [[UInt8]], _ new: [[UInt8]]) -> Int {
        var row = [Int](repeating: 0, count: new.count + 1)
        for line in old {
            var diagonal = 0
            for (place, other) in new.enumerated() {
                let above = row[place + 1]
                row[place + 1] = line == other ? diagonal + 1 : max(above, row[place])
                diagonal = above
            }
        }
        return row[new.count]
    }
}
