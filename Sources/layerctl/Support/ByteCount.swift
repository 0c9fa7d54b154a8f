import ArgumentParser
import TextOutput

/// A size as a user writes it: a count of bytes, or with a unit.
struct ByteCount: ExpressibleByArgument {
    /// The size, in bytes.
    let value: Int64

    init?(argument: String) {
        guard let value = HumanSize.parse(argument) else { return nil }
        self.value = value
    }
}
