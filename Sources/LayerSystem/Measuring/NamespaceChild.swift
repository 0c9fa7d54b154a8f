internal import CLinux
internal import LayerModel
internal import Synchronization

/// Work in a user namespace that this process stays out of: a child enters one, does it, and tells the outcome.
///
/// The child works on a thread of its own. Its first thread was this process' before, and still takes itself for it where Swift makes a global
/// when it is first wanted; should two threads of the child want one at once, they would wait for each other for ever.
package enum NamespaceChild {
    /// Why there is no outcome.
    package enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        /// A call failed.
        case system(SystemError)
        /// What the child met, in one line.
        case failed(String)

        /// One line.
        package var description: String {
            switch self {
            case .system(let error): error.description
            case .failed(let text): text
            }
        }
    }

    /// Does the work.
    ///
    /// No other thread of this process may run at that moment (`ChildProcess.fork`).
    ///
    /// - Parameter body: What the child does in the namespace; gives what is to be told.
    /// - Returns: What it gave.
    /// - Throws: `Failure`.
    package static func run(_ body: @escaping @Sendable () throws -> [UInt8]) throws(Failure) -> [UInt8] {
        var told: [UInt8] = []
        let status: Int32
        do throws(SystemError) {
            let (reader, child) = try fork(body)
            while true {
                let part = try reader.readPart(byteCount: 64 << 10)
                if part.isEmpty { break }
                told += part
            }
            status = try child.wait()
        } catch {
            throw .system(error)
        }
        guard status == 0 else {
            let text = String(decoding: told, as: UTF8.self)
            throw .failed(text.isEmpty ? "the process that works in a user namespace ended with \(status)" : text)
        }
        return told
    }

    private static func fork(
        _ body: @escaping @Sendable () throws -> [UInt8]
    ) throws(SystemError) -> (File, ChildProcess) {
        let (reader, writer) = try File.pipe()
        let child = try ChildProcess.fork {
            let outcome = work(body)
            do throws(SystemError) {
                try writer.write(outcome.bytes)
            } catch {
                return 2
            }
            return outcome.isSuccess ? 0 : 1
        }
        return (reader, child)
    }

    private static func work(
        _ body: @escaping @Sendable () throws -> [UInt8]
    ) -> (bytes: [UInt8], isSuccess: Bool) {
        do throws(SystemError) {
            if UserNamespace.entered == nil { try UserNamespace.enter() }
        } catch {
            return (Array(error.description.utf8), false)
        }
        let outcome = Outcome()
        guard let thread = WorkerThread.start({ outcome.set(Result { try body() }) }) else {
            return (Array("no thread can be had".utf8), false)
        }
        thread.join()
        return outcome.value
    }

    /// What the thread hands over.
    private final class Outcome: Sendable {
        private let held = Mutex<(bytes: [UInt8], isSuccess: Bool)>(([], false))

        var value: (bytes: [UInt8], isSuccess: Bool) { held.withLock { $0 } }

        func set(_ result: Result<[UInt8], any Error>) {
            switch result {
            case .success(let bytes): held.withLock { $0 = (bytes, true) }
            case .failure(let error): held.withLock { $0 = (Array("\(error)".utf8), false) }
            }
        }
    }
}
