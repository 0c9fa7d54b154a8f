import ArgumentParser
import LayerKit
import TextOutput

/// The most bytes that may be wasted, as a user writes it.
struct WasteLimit: ExpressibleByArgument {
    private let byteCount: Int64?
    private let share: Share?

    init?(argument: String) {
        share = argument.hasSuffix("%") ? Share(argument: argument) : nil
        byteCount = share == nil ? HumanSize.parse(argument) : nil
        if share == nil, byteCount == nil { return nil }
    }

    /// What to say when more is wasted; nil otherwise.
    func miss(_ waste: ImageWaste) -> String? {
        let wasted = waste.byteCount(of: .overwritten, .deleted)
        if let byteCount { return wasted <= byteCount ? nil : "\(wasted) bytes are wasted, more than \(byteCount)" }
        guard let share, Double(wasted) > share.value * Double(waste.byteCount) else { return nil }
        return "\(wasted) of \(waste.byteCount) bytes are wasted, more than \(share.text)"
    }
}
