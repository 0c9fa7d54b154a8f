import LayerModel
import LayerSystem

extension DriverBenchmark {
    /// What is read at random places, and appended at a time, in bytes.
    static let pieceByteCount = 4096
    /// How often.
    static let pieceCount = 4096
    /// The file that grows.
    static let ownFile = Array("bench-grows".utf8)
    /// The name of what is committed.
    static let committedName = "bench.layerctl.test/commit:made"
    private static let createdCount = 512
    private static let createdByteCount = 1024

    /// Where pieces of a file are read: the same places each time.
    static func offsets(in byteCount: Int64) -> [Int64] {
        var numbers = SeededContent(seed: 4096)
        let places = UInt64(max(1, byteCount / Int64(pieceByteCount)))
        return (0..<pieceCount).map { _ in Int64(numbers.next() % places) * Int64(pieceByteCount) }
    }

    /// Creates files in the root.
    ///
    /// - Parameter root: The mounted tree.
    /// - Returns: How many.
    /// - Throws: `SystemError`.
    static func createFiles(_ root: Directory) throws(SystemError) -> Int64 {
        let content = [UInt8](repeating: 0x62, count: createdByteCount)
        for number in 0..<createdCount {
            try root.createFile(at: Array("bench-new-\(number)".utf8), pieces: 1, of: content)
        }
        return Int64(createdCount)
    }

    /// Makes a container.
    ///
    /// - Parameter image: The image's name.
    /// - Returns: The container's ID.
    /// - Throws: `LayerError`.
    func makeContainer(_ image: String) throws -> String {
        try store.createContainer(of: store.image(image).id, imageName: image).id.hex
    }

    /// Mounts a container.
    ///
    /// - Parameter container: Its ID.
    /// - Returns: The path of its tree.
    /// - Throws: `LayerError`.
    func mount(_ container: String) throws -> [UInt8] {
        var options = MountOptions()
        options.driver = request
        return try store.mount(container, options).path
    }

    /// Mounts a container for a body; whoever calls unmounts it.
    func withTree<Value>(of container: String, _ body: (Directory) throws -> Value) throws -> Value {
        let path = try mount(container)
        // The directory is closed when the body has ended: what is open cannot be unmounted.
        return try body(Directory(path: path))
    }

    /// Removes a container when a body has ended, mounted or not.
    func cleaning<Value>(_ container: String, _ body: () throws -> Value) throws -> Value {
        let value: Value
        do {
            value = try body()
        } catch {
            try? store.unmount(container, isLazy: true)  // reason: it may not be mounted, and the first error is told
            try? remove(container)  // reason: as above
            throw error
        }
        try remove(container)
        return value
    }

    private func remove(_ container: String) throws {
        guard worksElsewhere else {
            try store.removeContainer(container, isForced: true)
            return
        }
        _ = try NamespaceChild.run { [store] in
            try store.removeContainer(container, isForced: true)
            return []
        }
    }
}
