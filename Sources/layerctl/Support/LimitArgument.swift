import ArgumentParser
import LayerModel
import TextOutput

/// A limit as a user sets it: `NAME=VALUE`, where the value is a number, a size with a unit, or `unlimited`.
struct LimitArgument {
    /// Which one.
    let limit: InputLimit
    /// What it is to allow.
    let value: Int64

    /// Reads an argument.
    ///
    /// - Parameter text: What the user wrote.
    /// - Throws: `ValidationError` that says what there is.
    init(parsing text: String) throws {
        guard let sign = text.firstIndex(of: "=") else { throw ValidationError("no NAME=VALUE: \(text)") }
        let name = String(text[..<sign])
        guard let limit = InputLimit(rawValue: name) else {
            let known = InputLimit.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("no such limit: \(name) (there are \(known))")
        }
        self.limit = limit
        let written = String(text[text.index(after: sign)...])
        if written == "unlimited", !limit.isFloor {
            value = limit.greatest
            return
        }
        guard let value = HumanSize.parse(written) else {
            let unlimited = limit.isFloor ? "" : ", or unlimited"
            throw ValidationError("no value for limit \(name): \(written) (a number such as 1000 or 64MiB\(unlimited))")
        }
        guard value <= limit.greatest else {
            throw ValidationError("limit \(name) can be \(limit.greatest) at most")
        }
        self.value = value
    }
}
