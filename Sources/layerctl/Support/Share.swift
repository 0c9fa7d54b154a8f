import ArgumentParser
import LayerKit

/// A share between 0 and 1, written as such or with a percent sign.
struct Share: ExpressibleByArgument {
    /// As the user wrote it.
    let text: String
    /// Between 0 and 1.
    let value: Double

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
        value = isPercent ? number / 100 : number
        text = argument
        guard (0...1).contains(value) else { return nil }
    }

    /// What to say when the efficiency is less; nil otherwise.
    func miss(_ waste: ImageWaste) -> String? {
        waste.efficiency >= value ? nil : "the efficiency is \(WasteTable.percent(waste.efficiency)), less than \(text)"
    }
}
