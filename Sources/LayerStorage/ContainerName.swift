import LayerModel
import LayerSystem

/// What people call a container.
enum ContainerName {
    /// Reads a name; a slash before it is dropped.
    ///
    /// - Parameter text: What the user wrote.
    /// - Returns: The name.
    /// - Throws: `StorageError` of kind `invalid`.
    static func parse(_ text: String) throws(StorageError) -> String {
        let name = withoutSlash(text)
        guard RestrictedName.isValid(name) else {
            let reason = "Invalid container name (\(text)), only \(RestrictedName.grammar) are allowed"
            throw StorageError(.invalid, "", reason)
        }
        return name
    }

    /// The text without the slash that Docker's API puts before a name.
    static func withoutSlash(_ text: String) -> String {
        text.hasPrefix("/") ? String(text.dropFirst()) : text
    }

    /// The refusal to give a name twice.
    ///
    /// Source: moby `daemon/names.go`, `reserveName`.
    static func taken(_ name: String, by id: ContainerID) -> StorageError {
        let advice = "You have to remove (or rename) that container to be able to reuse that name."
        let reason = "The container name \"/\(name)\" is already in use by container \"\(id)\". \(advice)"
        return StorageError(.conflict, "", "Conflict. " + reason)
    }

    /// Makes a readable name that no container has.
    ///
    /// - Parameter names: The names that are taken.
    /// - Returns: Two words; with a number behind them where they are taken.
    /// - Throws: `SystemError` of `getrandom`.
    static func random(notIn names: Set<String>) throws(SystemError) -> String {
        let random = try Host.randomBytes(2)
        let words = ContainerNameWords.self
        let qualities = words.qualities[Int(random[0]) % words.qualities.count]
        let name = "\(qualities)_\(words.things[Int(random[1]) % words.things.count])"
        var (candidate, number) = (name, 0)
        while names.contains(candidate) {
            number += 1
            candidate = name + String(number)
        }
        return candidate
    }
}
