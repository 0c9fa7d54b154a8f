/// The lines in which two texts differ, in the unified format of `diff -u`.
///
/// The lines are matched by Myers' algorithm between what the texts have in common at both ends. Where they have more than 2,000
/// lines of difference, all between the ends is shown as replaced: the answer is right still, and memory stays below 20 MB.
///
/// Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986; POSIX `diff`, "Diff -u Output Format".
package struct UnifiedDiff {
    private static let contextCount = 3
    private static let differenceLimit = 2000

    /// One line of the result.
    private enum Line {
        case kept(old: Int, new: Int)
        case removed(Int)
        case added(Int)
    }

    private let old: [ArraySlice<UInt8>]
    private let new: [ArraySlice<UInt8>]

    /// Takes two texts.
    package init(_ old: [UInt8], _ new: [UInt8]) {
        self.old = Self.lines(of: old)
        self.new = Self.lines(of: new)
    }

    /// Whether bytes are no text: a NUL stands among the first 8,000.
    package static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8000).contains(0) }

    /// Prints the difference.
    ///
    /// - Parameters:
    ///   - oldName: What stands behind `---`, escaped already.
    ///   - newName: What stands behind `+++`, escaped already.
    /// - Returns: The lines as they are in the texts; nothing where the texts are equal.
    package func output(oldName: String, newName: String) -> [UInt8] {
        let lines = compared()
        let hunks = Self.hunks(lines)
        guard !hunks.isEmpty else { return [] }
        var output = Array("--- \(oldName)\n+++ \(newName)\n".utf8)
        for hunk in hunks { append(lines[hunk], before: lines[..<hunk.lowerBound], to: &output) }
        return output
    }

    /// Each line with the line feed that ends it.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            lines.append(bytes[start...place])
            start = place + 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    /// The places that are printed together: changes with the lines around them.
    private static func hunks(_ lines: [Line]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (place, line) in lines.enumerated() {
            if case .kept = line { continue }
            let end = min(lines.count, place + 1 + contextCount)
            if let last = hunks.last, place - contextCount <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<end
            } else {
                hunks.append(max(0, place - contextCount)..<end)
            }
        }
        return hunks
    }

    private func append(_ hunk: ArraySlice<Line>, before: ArraySlice<Line>, to output: inout [UInt8]) {
        let (oldStart, newStart) = (Self.count(before, ofOld: true), Self.count(before, ofOld: false))
        let (oldCount, newCount) = (Self.count(hunk, ofOld: true), Self.count(hunk, ofOld: false))
        let ranges = "-\(Self.range(oldStart, oldCount)) +\(Self.range(newStart, newCount))"
        output += Array("@@ \(ranges) @@\n".utf8)
        for line in hunk {
            switch line {
            case .kept(let place, _): append(" ", old[place], to: &output)
            case .removed(let place): append("-", old[place], to: &output)
            case .added(let place): append("+", new[place], to: &output)
            }
        }
    }

    private func append(_ sign: Unicode.Scalar, _ line: ArraySlice<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: sign))
        output += line
        if line.last != UInt8(ascii: "\n") { output += Array("\n\\ No newline at end of file\n".utf8) }
    }

    private static func count(_ lines: ArraySlice<Line>, ofOld isOld: Bool) -> Int {
        lines.count { line in
            switch line {
            case .kept: true
            case .removed: isOld
            case .added: !isOld
            }
        }
    }

    private static func range(_ start: Int, _ count: Int) -> String {
        let first = count == 0 ? start : start + 1
        return count == 1 ? "\(first)" : "\(first),\(count)"
    }
}

extension UnifiedDiff {
    private func compared() -> [Line] {
        let shorter = min(old.count, new.count)
        var head = 0
        while head < shorter, old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
        var lines = (0..<head).map { Line.kept(old: $0, new: $0) }
        lines += middle(head..<(old.count - tail), head..<(new.count - tail))
        for place in 0..<tail {
            lines.append(.kept(old: old.count - tail + place, new: new.count - tail + place))
        }
        return lines
    }

    /// The shortest way from the one part to the other.
    private func middle(_ before: Range<Int>, _ after: Range<Int>) -> [Line] {
        guard let trace = trace(before, after) else {
            return before.map { .removed($0) } + after.map { .added($0) }
        }
        var (x, y) = (before.count, after.count)
        var lines: [Line] = []
        for step in stride(from: trace.count - 1, through: 0, by: -1) {
            let (row, diagonal) = (trace[step], x - y)
            let isDown = diagonal == -step || diagonal != step && row[diagonal - 1, step] < row[diagonal + 1, step]
            let previous = isDown ? diagonal + 1 : diagonal - 1
            // Where the run of equal lines begins that the step ends with.
            let start = step == 0 ? 0 : Int(row[previous, step]) + (isDown ? 0 : 1)
            while x > start {
                (x, y) = (x - 1, y - 1)
                lines.append(.kept(old: before.lowerBound + x, new: after.lowerBound + y))
            }
            guard step > 0 else { break }
            if isDown {
                y -= 1
                lines.append(.added(after.lowerBound + y))
            } else {
                x -= 1
                lines.append(.removed(before.lowerBound + x))
            }
        }
        return lines.reversed()
    }

    /// The furthest places on the diagonals `-step ... step` before a step.
    private struct Row {
        var furthest: [Int32]

        subscript(_ diagonal: Int, _ step: Int) -> Int32 {
            let place = diagonal + step
            return furthest.indices.contains(place) ? furthest[place] : -1
        }
    }

    /// What each step started from; nil when there are too many differences.
    private func trace(_ before: Range<Int>, _ after: Range<Int>) -> [Row]? {
        var rows: [Row] = []
        var furthest = [Int](repeating: 0, count: 2 * Self.differenceLimit + 3)
        let middle = Self.differenceLimit + 1
        for step in 0...Self.differenceLimit {
            rows.append(Row(furthest: (-step...step).map { Int32(furthest[middle + $0]) }))
            for diagonal in stride(from: -step, through: step, by: 2) {
                let (left, right) = (furthest[middle + diagonal - 1], furthest[middle + diagonal + 1])
                let isDown = diagonal == -step || diagonal != step && left < right
                var x = step == 0 ? 0 : isDown ? right : left + 1
                var y = x - diagonal
                while x < before.count, y < after.count, old[before.lowerBound + x] == new[after.lowerBound + y] {
                    (x, y) = (x + 1, y + 1)
                }
                furthest[middle + diagonal] = x
                if x >= before.count, y >= after.count { return rows }
            }
        }
        return nil
    }
}
