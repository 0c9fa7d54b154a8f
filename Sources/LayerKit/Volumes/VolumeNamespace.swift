import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

/// Where an ordinary user makes and reads files of all the users whose numbers are that user's to give away.
///
/// Without such numbers, without the kernel's leave, and in a process with several threads all is done as the one user that there is.
enum VolumeNamespace {
    /// Moves this process there; called before any thread is started.
    ///
    /// - Throws: `SystemError` of `newuidmap` or `newgidmap`.
    static func enter() throws(SystemError) {
        if isUseful { try UserNamespace.enter() }
    }

    /// Does something there in a process of its own.
    ///
    /// - Parameter body: What is to be done; nothing of this process' memory is changed by it.
    /// - Throws: What the body throws, as `LayerError`.
    static func inside(_ body: () throws -> Void) throws {
        guard isUseful else { return try body() }
        let (reader, writer) = try File.pipe()
        let process = try ChildProcess.fork {
            let report: [UInt8]
            do {
                try UserNamespace.enter()
                try body()
                report = ForkReport.success
            } catch {
                report = ForkReport(LayerError.wrapping(error)).bytes
            }
            try? writer.descriptor.writeAll(report)  // reason: who waits is told by the status
            return report == ForkReport.success ? 0 : 1
        }
        let status = try process.wait()
        guard status != 0 else { return }
        try ForkReport(reader.readPart(byteCount: 4096)).check()
    }

    private static var isUseful: Bool {
        guard Host.effectiveUserID != 0, Host.hasOneThread, NamespaceMapping.available().kind == .ranges else {
            return false
        }
        // reason: what is refused here is done without
        return (try? UserNamespace.probe()) != nil
    }
}
