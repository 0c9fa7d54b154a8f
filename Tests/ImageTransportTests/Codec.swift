import Foundation
import LayerArchive
import LayerTestKit

/// What compresses the archives of the tests.
enum Codec: String, CaseIterable {
    case none
    case gzip
    case bzip2
    case xz
    case zstd
    case lz4

    /// Those that can be had here; the others need a program of the same name.
    static let available = allCases.filter { $0.isBuiltIn || Need.find($0.rawValue) != nil }
    static let missing = allCases.filter { !available.contains($0) }.map(\.rawValue)

    private var isBuiltIn: Bool { [.none, .gzip, .zstd].contains(self) }

    func encode(_ bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .none: bytes
        case .gzip: Self.gzip(bytes)
        case .zstd: try Self.zstd(bytes)
        case .bzip2, .xz, .lz4: try run(bytes)
        }
    }

    static func gzip(_ bytes: [UInt8]) -> [UInt8] { GzipMember.compress(bytes) }

    static func zstd(_ bytes: [UInt8]) throws -> [UInt8] {
        var output: [UInt8] = []
        let encoder = ZstdStreamEncoder()
        try bytes.withUnsafeBytes { try encoder.write($0) { output.append(contentsOf: $0) } }
        try encoder.finish { output.append(contentsOf: $0) }
        return output
    }

    static func base64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }

    private func run(_ bytes: [UInt8]) throws -> [UInt8] {
        let scratch = try ScratchDirectory()
        let file = URL(fileURLWithPath: scratch.path + "/in")
        try Data(bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Need.find(rawValue) ?? "")
        process.arguments = ["-c", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}
