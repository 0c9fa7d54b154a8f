import Foundation
import ImageTransport
import LayerTestKit

/// The rows about images of the list that lies beside the real archives.
struct RealImageList {
    let file: String
    let formats: Set<ArchiveFormat>
    let layerCount: Int
    let compressions: Set<String>

    /// Reads the list; its columns are file, repository, path, licence, bytes, format, layers, layer compression, features.
    static func read() throws -> [RealImageList] {
        let path = Need.sharedPath("images/README.md") ?? ""
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count > 9, cells[1].hasPrefix("image/"), let layerCount = Int(cells[7]) else { return nil }
            let compressions = cells[8].split(separator: "\"").filter { $0.allSatisfy(\.isLetter) }.map(String.init)
            return RealImageList(
                file: String(cells[1].dropFirst("image/".count)),
                formats: formats(String(cells[6].prefix { $0 != " " })),
                layerCount: layerCount,
                compressions: Set(compressions)
            )
        }
    }

    private static func formats(_ name: String) -> Set<ArchiveFormat> {
        switch name {
        case "docker-archive": [.dockerArchive]
        case "docker-archive+OCI": [.dockerHybrid]
        case "docker-v1-legacy": [.dockerLegacy]
        case "oci-layout": [.ociLayout, .ociArchive]
        default: []
        }
    }
}
