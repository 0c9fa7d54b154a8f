package import LayerModel
import LayerSystem

extension LayerStore {
    /// Measures what a container's upper directory holds, as Docker does: each file once, directories not at all.
    ///
    /// Source: moby `pkg/directory`, `Size`.
    ///
    /// - Parameter id: The container.
    /// - Returns: The size in bytes; nil where a directory may not be read.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    /// - Complexity: O(n) in the number of names.
    package func upperByteCount(of id: ContainerID) throws -> Int64? {
        let container = try containerDirectory(id)
        do throws(SystemError) {
            return try Self.byteCount(below: container.open(StoreLayout.upper))
        } catch {
            guard error.isNotPermitted else { throw error }
            return nil
        }
    }

    /// Walks with one directory open at a time, whatever the tree's depth and width; what goes meanwhile is passed over.
    private static func byteCount(below top: Directory) throws(SystemError) -> Int64 {
        var sum: Int64 = 0
        var seen: Set<FileIdentity> = []
        var waiting: [[UInt8]] = [[]]
        while let path = waiting.popLast() {
            guard let directory = try open(path, in: top) else { continue }
            let reader = try directory.reader()
            while try reader.next() {
                let name = Array(reader.name)
                guard let status = try directory.statusIfPresent(name) else { continue }
                if status.kind == .directory {
                    waiting.append(path.isEmpty ? name : path + [UInt8(ascii: "/")] + name)
                } else if status.linkCount == 1 || seen.insert(status.identity).inserted {
                    sum += status.byteCount
                }
            }
        }
        return sum
    }

    private static func open(_ path: [UInt8], in top: Directory) throws(SystemError) -> Directory? {
        var directory = top
        for name in path.split(separator: UInt8(ascii: "/")) {
            do throws(SystemError) {
                directory = try directory.open(name)
            } catch {
                guard error.isNotFound || error.isNotDirectory else { throw error }
                return nil
            }
        }
        return directory
    }
}
