import LayerModel
import LayerSystem
import Synchronization
import VolumePlugins

/// One use of a plugin's volume: its files are on the host from the beginning of this object to its end.
///
/// The plugin is told of each use with an ID, and of its end whatever happens in between.
final class PluginVolumeUse: Sendable {
    private static let idByteCount = 32

    /// Where the files are.
    let path: String
    private let plugin: VolumePlugin
    private let volume: String
    private let id: String
    private let isEnded = Mutex(false)

    /// Lets the plugin mount a volume.
    ///
    /// - Parameters:
    ///   - volume: The volume.
    ///   - plugin: Who has it.
    ///   - id: Who uses it; nil for somebody who never comes back.
    /// - Throws: `PluginError`, `SystemError`.
    init(_ volume: String, of plugin: VolumePlugin, id: String? = nil) throws {
        let user = try id ?? Digest.encodeHex(Host.randomBytes(Self.idByteCount))
        do throws(PluginError) {
            path = try plugin.mount(volume, id: user)
        } catch {
            // What it answered too late, or in a wrong form, may be mounted all the same.
            // reason: the first error is the one to report
            if error.kind == .failed { try? plugin.unmount(volume, id: user) }
            throw error
        }
        self.plugin = plugin
        self.volume = volume
        self.id = user
    }

    deinit {
        try? end()  // reason: nobody is left to tell, and all that was to be done with the files is done
    }

    /// Opens the files; this use lasts as long as the directory, or one that is opened in it, is open.
    func open() throws(SystemError) -> Directory { try Directory(path: path, keeping: self) }

    /// Tells the plugin that the use has ended; once.
    ///
    /// - Throws: `PluginError`.
    func end() throws(PluginError) {
        let wasEnded = isEnded.withLock { isEnded in
            defer { isEnded = true }
            return isEnded
        }
        if !wasEnded { try plugin.unmount(volume, id: id) }
    }
}
