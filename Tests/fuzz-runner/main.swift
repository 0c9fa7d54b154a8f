import CFuzzDriver
import FuzzTargets
import Glibc

// fuzz-runner TARGET [what libFuzzer takes]: the first argument says what is run, libFuzzer sees the others.
guard CommandLine.argc > 1, let name = CommandLine.unsafeArgv[1].map({ String(cString: $0) }),
    let target = FuzzTarget(rawValue: name)
else {
    print("usage: fuzz-runner TARGET [-runs=N] [CORPUS …]; targets: \(FuzzTarget.allCases.map(\.rawValue))")
    exit(2)
}

/// What libFuzzer calls, which takes no context: set once, before it begins.
nonisolated(unsafe) var current = target  // reason: libFuzzer has one thread

var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
exit(
    LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
        current.run(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
    }
)
