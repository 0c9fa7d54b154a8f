/// Boolean flags as Docker's users write them: `--human=false`, `--quiet=true`.
enum DockerFlags {
    /// Flags that have a negative form of their own.
    private static let invertible: Set<String> = ["--human"]
    private static let plain: Set<String> = [
        "--no-trunc", "--quiet", "-q", "--all", "-a", "--digests", "--force", "-f", "--quick", "--layers", "--keep-blobs",
        "--verbose", "-v",
    ]

    /// The arguments with every `=true` and `=false` of a boolean flag resolved.
    static func normalized(_ arguments: [String]) -> [String] {
        var result: [String] = []
        for (place, argument) in arguments.enumerated() {
            if argument == "--" { return result + arguments[place...] }
            guard let equals = argument.firstIndex(of: "="), let value = boolean(argument[equals...].dropFirst()) else {
                result.append(argument)
                continue
            }
            let flag = argument[..<equals] == "-H" ? "--human" : String(argument[..<equals])
            if invertible.contains(flag) {
                result.append(value ? flag : "--no-" + flag.dropFirst(2))
            } else if plain.contains(flag) {
                if value { result.append(flag) }
            } else {
                result.append(argument)
            }
        }
        return result
    }

    /// Source: Go `strconv.ParseBool`.
    private static func boolean(_ text: Substring) -> Bool? {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": true
        case "0", "f", "F", "false", "FALSE", "False": false
        default: nil
        }
    }
}
