extension ContainerMount {
    /// The mount as a runtime takes it.
    ///
    /// Source: OCI runtime-spec `config.md`, "Mounts".
    ///
    /// - Parameter directory: The file or directory of the host that is shown; nil for a tmpfs.
    /// - Returns: An element of `mounts`.
    package func runtimeMount(from directory: String?) -> JSONValue {
        guard kind != .tmpfs, let directory else { return temporaryMount }
        var options = [recursion == .disabled ? "bind" : "rbind", propagation.isEmpty ? "rprivate" : propagation]
        if isReadOnly || kind == .image { options.append(recursion == .readonly ? "rro" : "ro") }
        return RuntimeConfig.mount(destination, "bind", options, source: directory)
    }

    private var temporaryMount: JSONValue {
        var options = ["nosuid", "nodev", "noexec"]
        if let given = tmpfsOptions {
            for option in given.split(separator: ",").map(String.init) {
                // What is said in the user's words replaces its opposite.
                let opposite = option.hasPrefix("no") ? String(option.dropFirst(2)) : "no" + option
                options.removeAll { $0 == opposite || $0 == option }
                options.append(option)
            }
        }
        if let tmpfsByteCount { options.append("size=\(tmpfsByteCount)") }
        if let tmpfsMode { options.append("mode=" + String(tmpfsMode, radix: 8)) }
        if !options.contains(where: { $0.hasPrefix("mode=") }) { options.append("mode=1777") }
        if isReadOnly { options.append("ro") }
        return RuntimeConfig.mount(destination, "tmpfs", options)
    }
}
