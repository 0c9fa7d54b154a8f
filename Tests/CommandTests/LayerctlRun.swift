import Foundation
import LayerTestKit
import Testing

/// One run of the built program.
struct LayerctlRun {
    /// What it ended with.
    let status: Int32
    /// The bytes of its standard output.
    let outputBytes: [UInt8]
    /// The text of its standard error.
    let errors: String

    /// The text of its standard output.
    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// The lines of its standard output.
    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }

    /// The lines of its standard error but for warnings: what an ordinary user's disk cannot hold is one.
    var errorLines: [String] {
        errors.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("layerctl: warning: ") }
    }

    /// The program lies beside the bundle of tests, which is the program that runs now.
    static var programPath: String {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let beside = bundle.appendingPathComponent("layerctl").path
        guard !FileManager.default.isExecutableFile(atPath: beside) else { return beside }
        let arguments = CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        return arguments.map { $0.appendingPathComponent("layerctl").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? beside
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: All that stands behind its name.
    ///   - input: What it reads from the standard input; nil for nothing at all.
    ///   - environment: What it gets besides PATH and a time zone of UTC.
    ///   - directory: Where it is run; nil for where the tests are.
    /// - Throws: When it cannot be run.
    init(
        _ arguments: [String],
        input: [UInt8]? = nil,
        environment: [String: String] = [:],
        directory: String? = nil
    ) throws {
        try self.init(
            program: Self.programPath,
            arguments,
            input: input,
            environment: environment,
            directory: directory
        )
    }

    /// Runs a line of the shell in which `$layerctl` is the program.
    init(shell line: String, environment: [String: String] = [:]) throws {
        let bash = try #require(Need.find("bash"))
        let all = environment.merging(["layerctl": Self.programPath]) { $1 }
        try self.init(program: bash, ["-c", line], input: nil, environment: all, directory: nil)
    }

    private init(
        program: String,
        _ arguments: [String],
        input: [UInt8]?,
        environment: [String: String],
        directory: String?
    ) throws {
        let scratch = try ScratchDirectory()
        for name in ["output", "errors"] { try TestFile.write([], to: scratch.path + "/" + name) }
        if let input { try TestFile.write(input, to: scratch.path + "/input") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": path, "TZ": "UTC", "HOME": scratch.path].merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        process.standardInput = try FileHandle(
            forReadingFrom: URL(fileURLWithPath: input == nil ? "/dev/null" : scratch.path + "/input")
        )
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.path + "/output"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.path + "/errors"))
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        outputBytes = try TestFile.read(scratch.path + "/output")
        errors = String(decoding: try TestFile.read(scratch.path + "/errors"), as: UTF8.self)
    }
}

/// A store of the program in a scratch directory, with files beside it.
struct CommandStore: Sendable {
    private let scratch: ScratchDirectory

    /// The directory that holds store and files.
    var folder: String { scratch.path }
    /// The store's root.
    var root: String { scratch.path + "/store" }

    /// Prepares a store that does not exist yet.
    ///
    /// - Parameter inMemory: Whether store and files lie in memory, for tests that would mostly wait for a disk.
    /// - Throws: When there is no place for it.
    init(inMemory: Bool = false) throws { scratch = inMemory ? try .inMemory() : try ScratchDirectory() }

    /// Writes a file beside the store.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try TestFile.write(bytes, to: scratch.path + "/" + name)
        return scratch.path + "/" + name
    }

    /// Writes the archive of images.
    func archive(_ images: MadeImage..., name: String = "made.tar") throws -> String {
        try file(name, MadeImage.archive(images))
    }

    /// Runs the program on this store.
    func run(
        _ arguments: String...,
        input: [UInt8]? = nil,
        environment: [String: String] = [:]
    ) throws -> LayerctlRun {
        let all = environment.merging(["LAYERCTL_ROOT": root]) { given, _ in given }
        return try LayerctlRun(arguments, input: input, environment: all, directory: folder)
    }

    /// Loads images, which must succeed.
    func load(_ images: MadeImage...) throws {
        let run = try run("load", "-q", "-i", file("load.tar", MadeImage.archive(images)))
        #expect(run.status == 0, "\(run.errors)")
    }
}
