/// What a check says of a store.
public struct CheckReport: Sendable {
    /// Something that a repair has put right.
    public struct Repair: Sendable {
        /// What kind of thing it is.
        public let kind: StoreFault.Kind
        /// Which one, as in `StoreFault`.
        public let id: String
        /// The name below its place, as in `StoreFault`; nil for the thing as a whole.
        public let path: [UInt8]?
        /// What was done, in a few words.
        public let action: String
        /// A command that does the rest; nil where there is nothing left to do.
        public let advice: String?
    }

    /// What is not as it should be, ordered by kind.
    public internal(set) var faults: [StoreFault] = []
    /// What is left of work that was cut off: no fault, a line each.
    public internal(set) var notes: [String] = []
    /// How many there are of each kind, damaged ones included.
    public internal(set) var counts: [StoreFault.Kind: Int] = [:]
    /// How many bytes of layers and blobs were read for it.
    public internal(set) var byteCount: Int64 = 0
    /// What a repair has put right.
    public internal(set) var repairs: [Repair] = []
    /// Why a repair could not put right what it tried to, a line each.
    public internal(set) var problems: [String] = []

    /// Whether all is as it should be.
    public var isIntact: Bool { faults.isEmpty }
}
