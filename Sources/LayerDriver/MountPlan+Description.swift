internal import LayerModel
internal import LayerSystem

extension MountPlan: CustomStringConvertible {
    /// The command line that would do the same, on one line; what no command line can say stands in parentheses.
    package var description: String {
        switch kind {
        case .fuse: (["fuse-overlayfs", "-o", fuseOptions] + [Self.shown(target)]).joined(separator: " ")
        default: "mount -t overlay -o \(overlayOptions) overlay \(Self.shown(target))"
        }
    }

    private var overlayOptions: String {
        var parts = attributes.names
        parts += options.map { option in option.value.map { "\(option.name)=\($0)" } ?? option.name }
        return (parts + pathOptions).joined(separator: ",")
    }

    private var fuseOptions: String {
        (attributes.names + pathOptions).joined(separator: ",")
    }

    private var pathOptions: [String] {
        let trees = lowers.map(Self.shown) + Array(repeating: "(empty)", count: emptyLowerCount)
        var parts = ["lowerdir=" + trees.joined(separator: ":")]
        if let writable {
            parts += ["upperdir=" + Self.shown(writable.upper), "workdir=" + Self.shown(writable.work)]
        }
        return parts
    }

    /// A path as overlayfs reads it among options, and as a terminal may show it.
    private static func shown(_ path: [UInt8]) -> String {
        EscapedText.line(EscapedText.name(OptionText.escaped(path, [UInt8(ascii: ","), UInt8(ascii: ":")])))
    }
}
