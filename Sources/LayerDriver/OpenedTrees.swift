internal import LayerModel
internal import LayerSystem

/// The directories of a plan as the calls name them; those that are named by a descriptor are open as long as this is referred to.
///
/// A path that means itself stays what it is, so that the mount table tells it; any other goes through a descriptor.
final class OpenedTrees {
    /// The lower directories, topmost first.
    private(set) var lowers: [[UInt8]] = []
    /// The upper directory and the one to work in, if there are any.
    private(set) var writable: UpperTree?
    private var opened: [Directory]

    /// Opens what must be opened.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - empties: Directories that go below its own.
    ///   - isShort: Whether the lower directories are named as shortly as can be.
    /// - Throws: `SystemError` of `open`.
    init(_ plan: MountPlan, empties: [Directory], isShort: Bool) throws(SystemError) {
        opened = empties
        for path in plan.lowers { lowers.append(try name(path, isShort: isShort)) }
        lowers += empties.map { Array($0.descriptorPath.utf8) }
        guard let writable = plan.writable else { return }
        self.writable = UpperTree(
            upper: try name(writable.upper, isShort: false),
            work: try name(writable.work, isShort: false)
        )
    }

    private func name(_ path: [UInt8], isShort: Bool) throws(SystemError) -> [UInt8] {
        if !isShort && OptionText.isPlain(path) { return path }
        let directory = try Directory(path: path)
        opened.append(directory)
        return Array(directory.descriptorPath.utf8)
    }
}
