extension TerminalText {
    /// How many columns a text takes on a terminal.
    ///
    /// A character is as wide as its first scalar that has a width: 2 for East Asian wide and fullwidth ones, 0 for
    /// combining marks and invisible format characters, else 1.
    ///
    /// - Parameter text: A text without control characters.
    /// - Returns: The count of columns.
    package static func columnCount(of text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        var count = 0
        for character in text {
            count += character.unicodeScalars.lazy.map(columnCount(of:)).first { $0 > 0 } ?? 0
        }
        return count
    }

    /// Shortens a text to a number of columns, with `…` in place of what does not fit.
    ///
    /// East Asian wide and fullwidth scalars count 2 and all others 1, combining marks too, because Docker counts so
    /// and tables are compared with Docker's.
    ///
    /// Source: docker/cli `cli/command/formatter/displayutils.go`, `Ellipsis`.
    ///
    /// - Parameters:
    ///   - text: The text; a line feed counts 1.
    ///   - limit: The columns that the result may take, the ellipsis included.
    /// - Returns: The text itself when it fits; nothing for no columns; the first scalar for one.
    package static func ellipsis(_ text: String, columnCount limit: Int) -> String {
        guard limit > 0 else { return "" }
        let scalars = text.unicodeScalars
        if limit == 1 { return scalars.first.map { String(Character($0)) } ?? "" }
        var width = 0
        var cut = scalars.startIndex
        for index in scalars.indices {
            width += isWide(scalars[index]) ? 2 : 1
            if width < limit { cut = scalars.index(after: index) }
            if width > limit { return String(scalars[..<cut]) + "…" }
        }
        return text
    }

    private static func columnCount(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
        // The vowels and finals of Hangul join the consonant before them.
        if (0x1160...0x11FF).contains(scalar.value) { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        guard value >= 0x1100 else { return false }
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if value > wideRanges[middle].upperBound { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }
}
