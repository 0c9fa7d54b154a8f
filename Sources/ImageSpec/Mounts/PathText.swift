/// Paths as text alone, as Go's `path` package takes them: nothing is looked up.
package enum PathText {
    /// The path without doubled slashes, dots and, as far as text can tell, `..`.
    ///
    /// - Parameter path: A path; an empty one is `.`.
    /// - Returns: The shortest path of the same meaning.
    package static func cleaned(_ path: String) -> String {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var components: [Substring.UTF8View] = []
        for component in path.utf8.split(separator: UInt8(ascii: "/")) {
            if component.elementsEqual(".".utf8) { continue }
            guard component.elementsEqual("..".utf8) else {
                components.append(component)
                continue
            }
            if let last = components.last, !last.elementsEqual("..".utf8) {
                components.removeLast()
            } else if !isAbsolute {
                components.append(component)
            }
        }
        let text = components.map { String($0) ?? "" }.joined(separator: "/")
        return isAbsolute ? "/" + text : text.isEmpty ? "." : text
    }

    /// Whether a path stays below the directory that it begins in, as far as text can tell.
    ///
    /// - Parameter path: A path.
    /// - Returns: Whether it is relative, not empty, and no `..` leads out.
    package static func isLocal(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.first != UInt8(ascii: "/") else { return false }
        let clean = cleaned(path)
        return clean != ".." && !clean.hasPrefix("../")
    }

    /// Makes a path absolute.
    ///
    /// - Parameters:
    ///   - path: A path.
    ///   - directory: The directory that a relative one begins in.
    /// - Returns: The path, cleaned.
    package static func absolute(_ path: String, in directory: String) -> String {
        cleaned(path.hasPrefix("/") ? path : directory + "/" + path)
    }
}
