/// Flags as Docker's users write them: `--human=false`, `--quiet=true`, `--root DIR` before the verb.
enum DockerFlags {
    /// Flags that have a negative form of their own.
    private static let invertible: Set<String> = ["--human"]
    private static let plain: Set<String> = [
        "--no-trunc", "--quiet", "-q", "--all", "-a", "--digests", "--force", "-f", "--quick", "--layers",
        "--keep-blobs",
        "--verbose", "-v", "--dry-run", "--size", "-s", "--latest", "--volumes",
        "--archive", "--follow-link", "-L", "--stat", "--semantic", "--recursive", "--summarize", "--human-readable",
    ]

    /// The verbs behind which another program's arguments stand.
    private static let passing: Set<String> = ["create", "exec", "run", "unshare"]

    /// The arguments with the store's root behind the verb, where each verb takes it, when it stands before, as Docker's options do.
    static func withRootBehindVerb(_ arguments: [String]) -> [String] {
        let isJoined = arguments.first?.hasPrefix("--root=") ?? false
        let count = isJoined ? 1 : 2
        guard isJoined || arguments.first == "--root", arguments.count > count else { return arguments }
        var rest = Array(arguments.dropFirst(count))
        let place = passingPlace(rest) ?? rest.firstIndex(of: "--") ?? rest.count
        rest.insert(contentsOf: arguments.prefix(count), at: place)
        return rest
    }

    /// Where the arguments of a verb begin behind which another program's stand; nil for another verb.
    private static func passingPlace(_ arguments: [String]) -> Int? {
        let place = arguments.first == "container" ? 1 : 0
        return arguments.count > place && passing.contains(arguments[place]) ? place + 1 : nil
    }

    /// The arguments with every `=true` and `=false` of a boolean flag resolved.
    static func normalized(_ arguments: [String]) -> [String] {
        if passingPlace(arguments) != nil { return arguments }
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
