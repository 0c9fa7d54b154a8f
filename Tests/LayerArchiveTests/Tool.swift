import Foundation

/// Runs programs that tests compare with.
enum Tool {
    struct Failure: Error {
        let text: String
    }

    /// Runs a program and gives what it wrote.
    static func run(
        _ program: String,
        _ arguments: [String],
        input: [UInt8] = [],
        directory: String? = nil
    ) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["LC_ALL=C.UTF-8", "TZ=UTC", program] + arguments
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
        try process.run()
        let feeder = Thread {
            // A program that has seen enough closes its end: that is its right.
            try? stdin.fileHandleForWriting.write(contentsOf: Data(input))
            try? stdin.fileHandleForWriting.close()
        }
        feeder.start()
        let complaints = Complaints(stderr)
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(text: "\(program) \(arguments): status \(process.terminationStatus): \(complaints.text)")
        }
        return Array(output)
    }

    /// What a program says of its version; empty when it is not there.
    static func version(of program: String) -> String {
        (try? run(program, ["--version"])).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Whether a program accepts what it is given.
    static func accepts(_ program: String, _ arguments: [String], input: [UInt8]) -> Bool {
        (try? run(program, arguments, input: input)) != nil
    }
}

/// What a program writes to its standard error, read aside so that it never waits.
private final class Complaints {
    private let pipe: Pipe

    init(_ pipe: Pipe) {
        self.pipe = pipe
    }

    var text: String { String(decoding: pipe.fileHandleForReading.availableData.prefix(500), as: UTF8.self) }
}
