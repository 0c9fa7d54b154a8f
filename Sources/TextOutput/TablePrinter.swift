/// Aligns the columns of tabbed text as Go's `text/tabwriter` does.
///
/// A cell ends with a tab, a line with a line feed. What stands behind the last tab of a line is in no column and is
/// not padded. The cells at one place of consecutive lines are one column: a line that has no cell there ends it, and
/// lines below start a new one with a width of its own. A form feed ends the line and every column; a vertical tab is a
/// tab.
///
/// Source: Go `text/tabwriter`; docker/cli `cli/command/formatter/tabwriter`.
package struct TablePrinter: Sendable {
    /// What the width of a cell is.
    package enum Measure: Sendable {
        /// Terminal columns, as Docker counts since version 28.
        case columns
        /// Unicode scalars, as Go's own tabwriter and older Dockers count.
        case scalars
    }

    /// The fewest columns that a cell takes, padding included.
    package let minimumWidth: Int
    /// The spaces behind the widest cell of a column.
    package let padding: Int
    /// What the width of a cell is.
    package let measure: Measure

    /// Makes a printer; without arguments it is the one of Docker's tables.
    package init(minimumWidth: Int = 10, padding: Int = 3, measure: Measure = .columns) {
        self.minimumWidth = minimumWidth
        self.padding = padding
        self.measure = measure
    }

    /// A cell that ended with a tab.
    private struct Cell {
        let range: Range<Int>
        let width: Int
        let block: Int
    }

    /// A line: its cells, and what stands behind the last tab with the byte that ended the line.
    private struct Line {
        var cells: [Cell] = []
        var rest = 0..<0
    }

    /// Aligns a text.
    ///
    /// - Parameter text: UTF-8 with tabs and line feeds, without other control characters.
    /// - Returns: The same text with spaces instead of tabs.
    package func format(_ text: [UInt8]) -> [UInt8] {
        var blockWidths: [Int] = []
        let lines = split(text, blockWidths: &blockWidths)
        var output: [UInt8] = []
        output.reserveCapacity(text.count * 2)
        for line in lines {
            for cell in line.cells {
                output.append(contentsOf: text[cell.range])
                output.append(contentsOf: repeatElement(0x20, count: blockWidths[cell.block] - cell.width))
            }
            output.append(contentsOf: text[line.rest])
            if line.rest.upperBound < text.count { output.append(UInt8(ascii: "\n")) }
        }
        return output
    }

    /// Cuts a text into lines and cells, and finds the width of every column.
    private func split(_ text: [UInt8], blockWidths: inout [Int]) -> [Line] {
        var lines: [Line] = []
        var line = Line()
        var blocks: [Int] = []
        var start = 0
        for (place, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "\t"), 0x0B:
                if line.cells.count == blocks.count {
                    blocks.append(blockWidths.count)
                    blockWidths.append(minimumWidth)
                }
                let block = blocks[line.cells.count]
                let width = width(of: text[start..<place])
                blockWidths[block] = max(blockWidths[block], width + padding)
                line.cells.append(Cell(range: start..<place, width: width, block: block))
                start = place + 1
            case UInt8(ascii: "\n"), 0x0C:
                line.rest = start..<place
                blocks.removeLast(byte == 0x0C ? blocks.count : blocks.count - line.cells.count)
                lines.append(line)
                line = Line()
                start = place + 1
            default: break
            }
        }
        line.rest = start..<text.count
        lines.append(line)
        return lines
    }

    private func width(of cell: ArraySlice<UInt8>) -> Int {
        if cell.allSatisfy({ $0 < 0x80 }) { return cell.count }
        let text = String(decoding: cell, as: UTF8.self)
        return measure == .scalars ? text.unicodeScalars.count : TerminalText.columnCount(of: text)
    }
}
