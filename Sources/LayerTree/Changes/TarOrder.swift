/// The order of a layer's entries: a directory before what lies in it, and in each directory the whiteouts before the rest.
struct TarOrder {
    /// The places of the changes in that order.
    private(set) var places: [Int] = []
    private let changes: [TreeChange]
    /// For each change the place behind all that lies below it.
    private let ends: [Int]
    /// What is to come, the last one next.
    private var pending: [Int] = []

    /// Orders changes.
    ///
    /// - Parameter changes: In the order of a walk.
    init(_ changes: [TreeChange]) {
        self.changes = changes
        ends = Self.ends(of: changes)
        places.reserveCapacity(changes.count)
        enter(0..<changes.count)
        while let place = pending.popLast() {
            places.append(place)
            enter((place + 1)..<ends[place])
        }
    }

    /// Takes the whiteouts of a directory, and puts the rest down for later.
    private mutating func enter(_ range: Range<Int>) {
        let start = pending.count
        var place = range.lowerBound
        while place < range.upperBound {
            if changes[place].kind == .deleted { places.append(place) } else { pending.append(place) }
            place = ends[place]
        }
        pending[start...].reverse()
    }

    private static func ends(of changes: [TreeChange]) -> [Int] {
        var ends = [Int](repeating: changes.count, count: changes.count)
        var open: [Int] = []
        for (place, change) in changes.enumerated() {
            while let last = open.last, changes[last].depth >= change.depth {
                ends[last] = place
                open.removeLast()
            }
            open.append(place)
        }
        return ends
    }
}
