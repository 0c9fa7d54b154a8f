import LayerModel
import LayerSystem

/// Tells the times that a file system gives to changes.
///
/// They come from a clock that stands still for some milliseconds, on old file systems for a second: what changes right after the last
/// file was made could have its time, and would count as unchanged.
struct CheckoutClock {
    private let file: File

    /// Prepares to tell.
    ///
    /// - Parameter directory: A directory of the file system; its own times may change now, but not later.
    /// - Throws: `SystemError`.
    init(in directory: Directory) throws(SystemError) {
        file = try File.temporary(in: directory)
    }

    /// Waits until no change can have the time of one that was made before this call.
    ///
    /// - Returns: The latest time that such a change has.
    /// - Throws: `SystemError`.
    func waitUntilPast() throws(SystemError) -> Timestamp {
        let last = try tick()
        while try tick() <= last {}
        return last
    }

    /// Changes the file, and tells the time of that.
    private func tick() throws(SystemError) -> Timestamp {
        try file.setMode(0o600)
        return try file.status().changeTime
    }
}
