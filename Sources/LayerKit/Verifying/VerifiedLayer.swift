public import LayerModel

/// What a verification says of one layer.
public struct VerifiedLayer: Sendable {
    /// Something that is not as it was.
    public struct Fault: Hashable, Sendable {
        /// The name in the layer, as bytes; nil for the layer as a whole.
        public let path: [UInt8]?
        /// What is wrong, in a few words.
        public let reason: String

        init(_ path: [UInt8]?, _ reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// The layer's identity.
    public let diffID: DiffID
    /// How many bytes were read for it: of its tar in a store, of its blob in a file.
    public let byteCount: Int64
    /// What is wrong, in the order of the names; 1,000 at most.
    public let faults: [Fault]
    /// Whether the bytes are not in the file, so that nothing can be said.
    public let isAbsent: Bool

    init(_ diffID: DiffID, byteCount: Int64, faults: [Fault] = [], isAbsent: Bool = false) {
        self.diffID = diffID
        self.byteCount = byteCount
        self.faults = faults
        self.isAbsent = isAbsent
    }
}

/// What a verification says of images and layers.
public struct VerifyReport: Sendable {
    /// An image whose documents were verified.
    public struct Image: Sendable {
        /// The image's identity.
        public let id: ImageID
        /// Its names, in familiar form.
        public let names: [String]
        /// Its layers, the lowest first.
        public let layers: [DiffID]
    }

    /// The images.
    public internal(set) var images: [Image] = []
    /// The layers, each once.
    public internal(set) var layers: [VerifiedLayer] = []
    /// Records of the store that cannot be read, a line each.
    public internal(set) var problems: [String] = []

    /// Whether all is as it was.
    public var isIntact: Bool { problems.isEmpty && layers.allSatisfy(\.faults.isEmpty) }
}
