/// Flags as Docker's users write them: `--human=false`, `--quiet=true`; `--root DIR` and `--durability none` before the verb.
enum DockerFlags {
    /// Flags that have a negative form of their own.
    private static let invertible = ["--human"]
    private static let plain = [
        "--no-trunc", "--quiet", "-q", "--all", "-a", "--digests", "--force", "-f", "--quick", "--layers",
        "--keep-blobs",
        "--verbose", "-v", "--dry-run", "--size", "-s", "--latest", "--volumes",
        "--archive", "--follow-link", "-L", "--stat", "--semantic", "--recursive", "--summarize", "--human-readable",
    ]

    /// The verbs behind which another program's arguments stand.
    private static let passing = ["create", "exec", "run", "unshare"]

    /// Options of the store, which stand before the verb as well.
    private static let storeOptions = ["--root", "--durability"]

    /// The arguments with the store's options behind the verb, where each verb takes them, when they stand before, as Docker's options do.
    static func withStoreOptionsBehindVerb(_ arguments: [String]) -> [String] {
        var options: [String] = []
        var rest = arguments[...]
        while let option = rest.first {
            let isJoined = storeOptions.contains { option.hasPrefix($0 + "=") }
            let count = isJoined ? 1 : 2
            guard isJoined || storeOptions.contains(option), rest.count > count else { break }
            options += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        var result = Array(rest)
        let place = passingPlace(result) ?? result.firstIndex(of: "--") ?? result.count
        result.insert(contentsOf: options, at: place)
        return result
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
