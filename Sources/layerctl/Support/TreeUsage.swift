import LayerKit
import LayerModel

/// Sums over a tree that is gone through with each directory behind what lies in it.
struct TreeUsage {
    private var sums: [Int64] = []
    private var seen: Set<ContainerFile.FileLink> = []

    /// Takes the next name.
    ///
    /// - Parameters:
    ///   - file: The name.
    ///   - depth: Its depth.
    /// - Returns: What it holds with all that lies in it, in bytes.
    mutating func add(_ file: ContainerFile, depth: Int) -> Int64 {
        while sums.count <= depth + 1 { sums.append(0) }
        var byteCount: Int64 = file.kind == .symbolicLink ? Int64(file.target.count) : file.byteCount
        if let link = file.link, !seen.insert(link).inserted { byteCount = 0 }
        if file.kind == .directory {
            byteCount = sums[depth + 1]
            sums[depth + 1] = 0
        }
        sums[depth] += byteCount
        return byteCount
    }
}
