internal import Synchronization

/// Whether files can share blocks between two places: found out by the first file, known to all threads that copy there.
package final class CloneSupport: Sendable {
    private static let unknown = 0
    private static let works = 1
    private static let fails = 2

    private let state = Atomic(unknown)

    /// Starts without knowing.
    package init() {}

    /// Whether it makes sense to try.
    var isWorthTrying: Bool { state.load(ordering: .relaxed) != Self.fails }

    /// Notes that it worked: single files that cannot be cloned change nothing about that.
    func noteSuccess() { state.store(Self.works, ordering: .relaxed) }

    /// Notes that it did not work.
    func noteFailure() {
        _ = state.compareExchange(expected: Self.unknown, desired: Self.fails, ordering: .relaxed)
    }
}
