internal import Glibc

/// What a keeper tells the process that started it.
enum KeeperReport: Equatable {
    /// It is ready, and has this number.
    case ready(Int32)
    /// It met this, and has ended.
    case failed(SystemError)

    /// Reads a report: fields with a NUL behind each.
    ///
    /// - Parameter bytes: What came through the pipe; one that says nothing comes from a keeper that was killed.
    init(_ bytes: [UInt8]) {
        let fields = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        if bytes.last != 0 {
            self = .failed(Self.silence)
        } else if fields.count == 2, let number = Int32(fields[0]) {
            self = .ready(number)
        } else if fields.count == 4, let code = Int32(fields[0]) {
            self = .failed(SystemError(call: fields[1], subject: fields[2], code: code))
        } else {
            self = .failed(Self.silence)
        }
    }

    private static let silence = SystemError(call: "fork", subject: KeeperProcess.name, code: ESRCH)

    /// The report as it goes through the pipe.
    var bytes: [UInt8] {
        let fields =
            switch self {
            case .ready(let number): [String(number)]
            case .failed(let error): [String(error.code), error.call, error.subject]
            }
        return fields.flatMap { $0.utf8 + [0] }
    }

    /// The keeper's number.
    func result() throws(SystemError) -> Int32 {
        switch self {
        case .ready(let number): return number
        case .failed(let error): throw error
        }
    }
}
