import Foundation
import LayerTestKit

/// A directory, in memory so that nothing waits for a disk, in which a process that may be another user's finds what to do, and leaves what it found.
struct DriverRoom {
    /// The archive of the cases' images.
    static let archive = "/images.tar"
    /// The archive of the image of scripts.
    static let scriptArchive = "/script.tar"
    /// A directory of who uses the driver; the stores are in it.
    static let home = "/home"
    /// What to do.
    static let work = "/work"
    /// What was found, a file for each driver.
    private static let answers = "/answers"

    /// Where it is.
    let path: String
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory.inMemory()
        path = scratch.path
        try TestFile.setMode(0o755, of: path)
        try FileManager.default.createDirectory(atPath: path + Self.home, withIntermediateDirectories: false)
        try FileManager.default.createDirectory(atPath: path + Self.answers, withIntermediateDirectories: false)
        try TestFile.setMode(0o777, of: path + Self.answers)
    }

    /// What the driver of a number has found.
    static func answers(to number: Int) -> String { "\(answers)/\(number)" }

    /// Writes values for another process.
    func write(_ value: some Encodable, to name: String) throws { try Self.write(value, to: path + name) }

    /// Reads what another process wrote.
    func read<Value: Decodable>(_ name: String) throws -> Value { try Self.read(path + name) }

    static func write(_ value: some Encodable, to path: String) throws {
        try TestFile.write(Array(JSONEncoder().encode(value)), to: path)
    }

    static func read<Value: Decodable>(_ path: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(TestFile.read(path)))
    }
}
