internal import LayerModel
internal import LayerSystem

/// The processes of fuse-overlayfs that this user runs.
///
/// Their mounts say nothing of the directories that they show; their command lines do.
enum FuseProcess {
    /// The upper directories of the mounts that such processes keep, by their mount points.
    ///
    /// - Returns: Paths of the host, as they were told to the program.
    /// - Throws: `SystemError` when /proc cannot be read.
    static func uppers() throws(SystemError) -> [[UInt8]: [UInt8]] {
        var uppers: [[UInt8]: [UInt8]] = [:]
        for process in try Host.ownProcessIDs() where HostFile.readLine("/proc/\(process)/comm") == FuseMounter.program
        {
            // Behind each argument, also the last, stands a NUL.
            let line = HostFile.read("/proc/\(process)/cmdline") ?? []
            let arguments = line.split(separator: 0, omittingEmptySubsequences: false).dropFirst().dropLast().map {
                Array($0)
            }
            guard let target = arguments.last, let upper = FuseCommand.upper(in: arguments) else { continue }
            uppers[target] = upper
        }
        return uppers
    }
}
