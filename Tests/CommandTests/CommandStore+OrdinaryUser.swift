import Foundation
import LayerTestKit

extension CommandStore {
    /// Runs a script of a user who has a copy of the program and a store of his own, whom root plays.
    ///
    /// - Parameters:
    ///   - ranges: What /etc/subuid and /etc/subgid say, in a mount namespace of this script; nil for what they do say.
    ///   - lines: The script; `$archive` is the image that was made last, `L` the program.
    /// - Returns: The run.
    /// - Throws: When it cannot be run.
    func runAsOrdinaryUser(ranges: String?, _ lines: String) throws -> LayerctlRun {
        try TestFile.setMode(0o755, of: folder)
        let file = try file("script", Array(("L() { ./layerctl \"$@\"; }\ncd /proc/self/cwd\n" + lines).utf8))
        let grant =
            try ranges.map { text in
                let path = try self.file("ranges", Array(text.utf8))
                return "for f in /etc/subuid /etc/subgid; do mount --bind '\(path)' \\$f; done"
            } ?? ":"
        return try LayerctlRun(
            shell: """
                mkdir '\(folder)/home' && cd '\(folder)/home' && cp "$layerctl" . && chown -R 65534:65534 .
                chmod 644 '\(folder)'/made.tar '\(file)'
                exec unshare -m bash -c "\(grant)
                exec setpriv --reuid 65534 --regid 65534 --clear-groups bash '\(file)'"
                """,
            environment: [
                "LAYERCTL_ROOT": folder + "/home/store", "HOME": folder + "/home", "TMPDIR": folder + "/home",
                "archive": folder + "/made.tar", "LAYERCTL_RUNTIME": "runc",
            ]
        )
    }
}
