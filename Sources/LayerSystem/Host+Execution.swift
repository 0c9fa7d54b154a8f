internal import CLinux
internal import Glibc

extension Host {
    /// Lets this thread rest.
    ///
    /// - Parameter milliseconds: How long; a signal may end it before.
    package static func pause(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        unsafe nanosleep(&time, nil)
    }

    /// Turns this process into another program, which keeps the streams, the place and the environment.
    ///
    /// - Parameters:
    ///   - name: The program: a path, or a name that is looked for in `PATH`.
    ///   - arguments: What it gets, without its own name.
    /// - Returns: Only when it failed: the error of `exec`; `isNotFound` when there is no such program.
    package static func execute(_ name: String, _ arguments: [String]) -> SystemError {
        // Not by execvp(3), to which a directory in PATH that cannot be read is a program that may not be run.
        guard let path = name.contains("/") ? name : HostFile.findProgram(name) else {
            return SystemError(call: "exec", subject: name.escaped, code: ENOENT)
        }
        do throws(SystemError) {
            try SystemCall.run("exec", name.escaped) {
                unsafe path.withCPath { program in
                    unsafe CStringList.withPointers(([name] + arguments).map { Array($0.utf8) }) { list in
                        unsafe cl_execute(program, list)
                    }
                }
            }
        } catch {
            return error
        }
        return SystemError(call: "exec", subject: name.escaped, code: EINVAL)
    }
}
