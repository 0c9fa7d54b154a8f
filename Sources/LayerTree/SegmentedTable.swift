/// A table that grows at its end and never moves what stands in it.
///
/// An array copies its elements whenever it grows, and holds them twice meanwhile. Here they stand in segments, each with twice the
/// room of the one before:
///
/// ```
/// places   [F … 2F)  [2F … 4F)  [4F … 8F) …      F = the room of the first segment, place = F + index
/// ```
///
/// so that the highest bit of a place tells the segment. Room that no element has come to yet was never touched: it is address
/// space, not memory.
struct SegmentedTable<Element: BitwiseCopyable>: ~Copyable {
    private let firstRoom: Int
    private let firstBit: Int
    private let segments: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
    private var segmentCount = 0
    /// How many elements there is room for.
    private var room = 0
    /// How many elements there are, those that a run passed over included.
    private(set) var count = 0

    /// Starts empty, without a segment.
    ///
    /// - Parameter firstBit: The room of the first segment, as a power of two.
    init(firstBit: Int = 10) {
        self.firstBit = firstBit
        firstRoom = 1 << firstBit
        segments = .allocate(capacity: Int.bitWidth - firstBit)
    }

    deinit {
        for segment in 0..<segmentCount { segments[segment].deallocate() }
        segments.deallocate()
    }

    /// An element; the index is below `count`.
    subscript(index: Int) -> Element {
        @inline(__always) get { address(of: index).pointee }
        @inline(__always) set { address(of: index).pointee = newValue }
    }

    /// Appends an element.
    mutating func append(_ element: Element) {
        if count == room { addSegment() }
        count += 1
        address(of: count - 1).pointee = element
    }

    /// Appends elements and one more behind them, all in one piece of memory.
    ///
    /// What they do not fit in any more at the end of a segment is passed over.
    ///
    /// - Parameters:
    ///   - run: The elements.
    ///   - last: The one behind them.
    /// - Returns: The index of the first.
    mutating func append(run: UnsafeBufferPointer<Element>, before last: Element) -> Int {
        while room - count <= run.count {
            count = room
            addSegment()
        }
        let start = count
        count += run.count + 1
        let target = address(of: start)
        if let source = run.baseAddress { target.update(from: source, count: run.count) }
        target[run.count] = last
        return start
    }

    /// Where an element stands, and a run behind it; valid as long as the table.
    func pointer(to index: Int) -> UnsafePointer<Element> { UnsafePointer(address(of: index)) }

    /// Takes all elements out, and gives back all room but that of the first segment.
    mutating func removeAll() {
        count = 0
        while segmentCount > 1 {
            segmentCount -= 1
            segments[segmentCount].deallocate()
        }
        room = segmentCount * firstRoom
    }

    private mutating func addSegment() {
        segments[segmentCount] = .allocate(capacity: firstRoom << segmentCount)
        room += firstRoom << segmentCount
        segmentCount += 1
    }

    @inline(__always)
    private func address(of index: Int) -> UnsafeMutablePointer<Element> {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no element of the table")
        let place = index &+ firstRoom
        let bit = Int.bitWidth &- 1 &- place.leadingZeroBitCount
        return segments[bit &- firstBit] + (place ^ 1 << bit)
    }
}
