import ImageTransport
import LayerArchive
import LayerModel
import LayerTree

/// A layer whose bytes are at hand, wherever they lie: in an archive, in a store, or made just now.
protocol IncomingLayer: Sendable {
    /// The layer's identity.
    var diffID: DiffID { get }
    /// The digest of the stored bytes, where it is known before they are read.
    var blobDigest: BlobDigest? { get }
    /// How many bytes are stored.
    var byteCount: Int64 { get }
    /// What errors about the layer name.
    var subject: TransportError.Subject { get }

    /// What it may hold, as its reader was told.
    var limits: InputLimits { get }

    /// Whether the bytes are there.
    var isPresent: Bool { get }
    /// Whether the bytes were left out on purpose, for who has the layer.
    var isOmitted: Bool { get }

    /// Checks what can be known without reading.
    func checkUsable() throws
    /// How the stored bytes are compressed.
    func compression() throws -> Compression
    /// Opens the bytes as they are stored; what is declared of them is verified at their end.
    func openStored() throws -> VerifiedSource
    /// Opens the tar; all that is declared of the layer is verified by its `finish()`.
    func openTar(readsAhead: Bool) throws -> any IncomingTar
    /// What can give the layer's files their content without a copy; nil for nothing.
    func donor() throws -> ContentDonor?
}

/// The tar of a layer on its way in.
protocol IncomingTar: ByteSource {
    /// How the bytes that it is made of are compressed.
    var compression: Compression { get }

    /// Reads what nobody has read yet, and answers for the whole.
    func finish() throws -> LayerBlobFacts
}

extension LayerStream: IncomingTar {}

extension ArchiveLayer: IncomingLayer {
    func openStored() throws -> VerifiedSource { try open() }

    func openTar(readsAhead: Bool) throws -> any IncomingTar { try openUncompressed(readsAhead: readsAhead) }

    func donor() throws -> ContentDonor? { nil }
}
