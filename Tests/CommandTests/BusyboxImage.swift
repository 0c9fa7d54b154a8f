import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// An image in which programs can run: busybox of the host, which must be linked statically.
enum BusyboxImage {
    /// What a test needs for it.
    static let need = Need.tool("busybox")

    /// Makes it.
    ///
    /// - Parameters:
    ///   - lines: More of its files, as `LayerSketch` reads them.
    ///   - config: What it runs.
    ///   - tag: Its name.
    /// - Returns: The image.
    /// - Throws: When busybox cannot be read.
    static func make(_ lines: [String] = [], config: String = "{}", tag: String = "box:1") throws -> MadeImage {
        let program = try TestFile.read(try #require(Need.find("busybox")))
        var entries = try LayerSketch.layer(["bin/", "etc/"])
        let executable = FileAttributes(mode: 0o755)
        let path = try LayerPath(normalizing: Array("bin/busybox".utf8))
        entries.append(LayerEntry(path, .regular, attributes: executable, content: program))
        entries += try LayerSketch.layer(
            [
                "sh", "id", "cat", "echo", "ls", "sleep", "true", "hostname", "env", "touch", "chown", "kill", "ip",
                "stat", "mkdir", "rm",
            ]
            .map { "bin/\($0)->busybox" } + lines
        )
        var image = MadeImage(tars: [TarBuilder.tar(entries)], tags: [tag])
        image.runConfig = config
        return image
    }
}
