internal import LayerModel
internal import LayerSystem

/// The command line of fuse-overlayfs for a plan.
///
/// The program splits its lists at each colon, knows no escape for it, and does so with the upper directory's whole path too: it runs in
/// the directory that all trees have in common and gets paths from there, which in a store are plain, but cannot write everywhere.
struct FuseCommand: Equatable {
    /// Where the program runs: an absolute path.
    let directory: [UInt8]
    /// What it gets.
    let arguments: [[UInt8]]

    /// Makes the command line.
    ///
    /// - Parameter plan: The plan.
    /// - Throws: `DriverError.pathNotForProgram` for a lower tree with a colon in its path below the common directory, and for an upper
    ///   one with a colon anywhere.
    init(_ plan: MountPlan) throws(DriverError) {
        let paths = plan.lowers + [plan.writable?.upper, plan.writable?.work].compactMap(\.self)
        let common = Self.commonDirectory(paths)
        func told(_ path: [UInt8]) throws(DriverError) -> [UInt8] {
            let rest = Self.components(path).dropFirst(common.count)
            let relative = rest.isEmpty ? [UInt8(ascii: ".")] : Array(rest.joined(separator: [Self.slash]))
            guard !relative.contains(UInt8(ascii: ":")) else { throw .pathNotForProgram(FuseMounter.program, path) }
            return OptionText.escaped(relative, [UInt8(ascii: ",")])
        }
        var lowers: [[UInt8]] = []
        for path in plan.lowers { lowers.append(try told(path)) }
        var options = plan.attributes.names.map { Array($0.utf8) }
        options.append("lowerdir=".utf8 + Array(lowers.joined(separator: [UInt8(ascii: ":")])))
        if let writable = plan.writable {
            for path in [writable.upper, writable.work] where path.contains(UInt8(ascii: ":")) {
                throw .pathNotForProgram(FuseMounter.program, path)
            }
            options.append(try "upperdir=".utf8 + told(writable.upper))
            options.append(try "workdir=".utf8 + told(writable.work))
        }
        directory = [Self.slash] + Array(common.joined(separator: [Self.slash]))
        arguments = [Array("-o".utf8), Array(options.joined(separator: [UInt8(ascii: ",")])), plan.target]
    }

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
