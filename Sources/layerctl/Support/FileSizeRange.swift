import ArgumentParser
import TextOutput

/// Lengths as `find -size` writes them, but in bytes.
struct FileSizeRange: ExpressibleByArgument {
    private let order: Character?
    private let byteCount: Int64

    init?(argument: String) {
        let sign = argument.first.flatMap { "+-".contains($0) ? $0 : nil }
        guard let size = HumanSize.parse(sign == nil ? argument : String(argument.dropFirst())) else { return nil }
        (order, byteCount) = (sign, size)
    }

    /// Whether a length fits.
    func contains(_ other: Int64) -> Bool {
        switch order {
        case "+": other > byteCount
        case "-": other < byteCount
        default: other == byteCount
        }
    }
}
