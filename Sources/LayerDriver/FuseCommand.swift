internal import LayerModel
internal import LayerSystem

/// The command line of fuse-overlayfs for a plan.
///
/// The program splits its lists at each colon, knows no escape for it, and does so with the upper directory's whole path too: it runs in
/// the directory that all trees have in common and gets their paths from there, which in a store are plain, but cannot write everywhere.
struct FuseCommand: Equatable {
    /// Where the program runs: an absolute path.
    let directory: [UInt8]
    /// What it gets.
    let arguments: [[UInt8]]

    /// Makes the command line.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - target: Where the mount is to be shown.
    /// - Throws: `DriverError.pathNotForProgram` for a lower tree with a colon in its path below the common directory, and for an upper
    ///   one with a colon anywhere.
    init(_ plan: MountPlan, target: [UInt8]) throws(DriverError) {
        let common = Self.commonDirectory(plan.lowers)
        let comma = UInt8(ascii: ",")
        func told(_ path: [UInt8]) throws(DriverError) -> [UInt8] {
            let rest = Self.components(path).dropFirst(common.count)
            let relative = rest.isEmpty ? [UInt8(ascii: ".")] : Array(rest.joined(separator: [Self.slash]))
            guard !relative.contains(UInt8(ascii: ":")) else { throw .pathNotForProgram(FuseMounter.program, path) }
            return OptionText.escaped(relative, [comma])
        }
        var lowers: [[UInt8]] = []
        for path in plan.lowers { lowers.append(try told(path)) }
        var options = plan.attributes.names.map { Array($0.utf8) }
        options.append("lowerdir=".utf8 + Array(lowers.joined(separator: [UInt8(ascii: ":")])))
        if let writable = plan.writable {
            for path in [writable.upper, writable.work] where path.contains(UInt8(ascii: ":")) {
                throw .pathNotForProgram(FuseMounter.program, path)
            }
            // Whole paths: the program's command line, in /proc, is the only place that tells whose changes a mount takes.
            options.append(Self.upperKey + OptionText.escaped(writable.upper, [comma]))
            options.append("workdir=".utf8 + OptionText.escaped(writable.work, [comma]))
        }
        directory = [Self.slash] + Array(common.joined(separator: [Self.slash]))
        arguments = [Array("-o".utf8), Array(options.joined(separator: [comma])), target]
    }

    /// The upper directory that a command line names; nil when it names none.
    ///
    /// - Parameter arguments: What the program got.
    /// - Returns: The path, without escapes.
    static func upper(in arguments: [[UInt8]]) -> [UInt8]? {
        guard arguments.count == 3, arguments[0].elementsEqual("-o".utf8) else { return nil }
        return OptionText.split(arguments[1]).first { $0.starts(with: upperKey) }.map {
            Array($0.dropFirst(upperKey.count))
        }
    }

    private static let upperKey = Array("upperdir=".utf8)
    private static let slash = UInt8(ascii: "/")

    private static func components(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
        path.split(separator: slash)
    }

    /// The components that all paths begin with.
    private static func commonDirectory(_ paths: [[UInt8]]) -> [ArraySlice<UInt8>] {
        guard var common = paths.first.map(components) else { return [] }
        for path in paths.dropFirst() {
            let other = components(path)
            common = zip(common, other).prefix { $0 == $1 }.map(\.0)
        }
        return common
    }
}
