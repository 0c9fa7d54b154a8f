import LayerKit

/// What the process ends with: for scripts.
enum ExitStatus: Int32 {
    /// Done.
    case success = 0
    /// Anything that the others do not name.
    case failure = 1
    /// The command line makes no sense.
    case usage = 2
    /// An image, a file or a name is not there.
    case notFound = 3
    /// Something is in use, or several things could be meant.
    case conflict = 4
    /// An archive or the store is damaged.
    case corrupt = 5
    /// An audit found what it was told to fail on.
    case findings = 6
    /// A process in a container was not run, for another reason than the next two.
    case notRun = 125
    /// What is to run in a container is no program, or may not be run.
    case notExecutable = 126
    /// What is to run in a container is not there.
    case programNotFound = 127

    /// The status that an error ends in.
    init(_ error: LayerError) {
        switch error.code {
        case .usage: self = .usage
        case .notFound: self = .notFound
        case .conflict: self = .conflict
        case .corrupt: self = .corrupt
        case .notExecutable: self = .notExecutable
        case .programNotFound: self = .programNotFound
        default: self = .failure
        }
    }

    /// The status of a run, as scripts that know Docker expect it: what is not of the process is one number.
    var ofRun: ExitStatus { [.success, .notExecutable, .programNotFound].contains(self) ? self : .notRun }
}
