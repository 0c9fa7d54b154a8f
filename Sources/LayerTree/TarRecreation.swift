import LayerArchive
import LayerModel
package import LayerSystem

/// The exact tar that a layer was unpacked from, made again from its index and its files.
package final class TarRecreation: ByteSource {
    private static let bufferByteCount = 256 << 10

    private let index: LayerIndex
    private let layer: Directory
    private var files: LayerFiles
    private let raw: any ByteSource
    private var rawChunk = UnsafeRawBufferPointer(start: nil, count: 0)
    private var script: TarScript
    private var rawRest: Int64 = 0
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferByteCount, alignment: 64)
    private var holder: TarScript.Holder?
    private var file: FileDescriptor?
    private var fileOffset: Int64 = 0
    private var fileRest: Int64 = 0
    private var isAtEnd = false

    /// Prepares to make the tar.
    ///
    /// - Parameters:
    ///   - index: The layer's index.
    ///   - layer: The layer's directory, with `tree/` in it.
    /// - Throws: `TreeError.damagedIndex`, `SystemError`.
    package init(_ index: LayerIndex, layer: Directory) throws {
        self.index = index
        self.layer = layer
        files = LayerFiles(index, in: try layer.open(LayerUnpacker.treeName))
        raw = try index.sections.rawSource()
        script = try index.script()
        try advance()
    }

    deinit {
        closeFile()
        buffer.deallocate()
    }

    /// Gives the next bytes of the tar.
    ///
    /// - Returns: Bytes that stay valid until the next call; none at the end.
    /// - Throws: `TreeError.damagedFile` that names a file which is missing or too short, `TreeError.damagedIndex`, `SystemError`.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        while true {
            if rawRest > 0 { return try nextRaw() }
            if fileRest > 0 { return try nextOfFile() }
            if isAtEnd { return UnsafeRawBufferPointer(start: nil, count: 0) }
            try advance()
        }
    }

    private func nextRaw() throws -> UnsafeRawBufferPointer {
        if rawChunk.isEmpty { rawChunk = try raw.nextChunk() }
        guard !rawChunk.isEmpty else { throw TreeError.damagedIndex("its raw section ends too early") }
        let count = Int(min(rawRest, Int64(rawChunk.count)))
        defer { rawChunk = UnsafeRawBufferPointer(rebasing: rawChunk[count...]) }
        rawRest -= Int64(count)
        return UnsafeRawBufferPointer(rebasing: rawChunk[..<count])
    }

    private func nextOfFile() throws -> UnsafeRawBufferPointer {
        let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(fileRest, Int64(buffer.count)))])
        do throws(SystemError) {
            guard try file?.read(into: wanted, at: fileOffset) == wanted.count else {
                throw SystemError(call: "read", subject: "", code: SystemError.endsEarlyCode)
            }
        } catch {
            let notRegular = SystemError(call: "open", subject: "", code: SystemError.notRegularFileCode)
            throw damage(Self.isReplaced(file) ? notRegular.reason : error.reason)
        }
        fileOffset += Int64(wanted.count)
        fileRest -= Int64(wanted.count)
        return UnsafeRawBufferPointer(wanted)
    }

    /// Whether something else stands in the place of a file that could not be read: it was opened without a look at what it is.
    private static func isReplaced(_ file: FileDescriptor?) -> Bool {
        // reason: of what cannot be asked the failed read says enough
        guard let status = try? file?.status() else { return false }
        return status.kind != .regular
    }

    /// Reads the next item of the script.
    ///
    /// A script without items left ends with reference 0.
    private func advance() throws {
        guard !isAtEnd else { return }
        closeFile()
        let piece = try script.next()
        rawRest = piece.rawByteCount
        holder = piece.holder
        guard let holder = piece.holder else {
            isAtEnd = true
            return
        }
        fileOffset = piece.fileOffset
        fileRest = piece.byteCount
        do {
            file = try open(holder)
        } catch let error as SystemError {
            guard error.isNotFound || error.isNotDirectory || error.isNotRegularFile || error.isLinkRefused else {
                throw error
            }
            throw damage(error.reason)
        }
    }

    private func closeFile() {
        try? file?.close()  // reason: only read from
        file = nil
    }

    private func open(_ holder: TarScript.Holder) throws -> FileDescriptor {
        switch holder {
        case .shadow(let number):
            let directory = try layer.open(ShadowDirectory.name)
            return try CName.lend(Array(String(number).utf8)[...]) { name throws(SystemError) in
                try directory.descriptor.openStoredFile(name)
            }
        case .node(let ordinal):
            guard ordinal < index.nodes.count, index.nodes[ordinal].kind == .regular else {
                throw TreeError.damagedIndex("its script names no file")
            }
            return try files.open(index.nodes[ordinal])
        }
    }

    /// What is wrong with the file that the script has come to.
    private func damage(_ reason: String) -> TreeError {
        let path: LayerPath =
            switch holder {
            case .shadow(let number): ShadowDirectory.path(of: number)
            case .node(let ordinal): index.path(of: index.nodes[ordinal])
            case nil: .root
            }
        return .damagedFile(path, reason: reason)
    }
}
