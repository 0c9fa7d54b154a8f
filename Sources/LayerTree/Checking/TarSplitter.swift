import LayerArchive
import LayerModel
import LayerSystem

/// Takes out of a layer's tar what certain files of the layer hold: the index knows where in the tar they stand.
///
/// Nothing that was written is to be trusted before all of the tar is verified.
package struct TarSplitter {
    private let files: [TarScript.Holder: File]
    private var script: TarScript
    /// How many raw bytes come next, and of the file behind them: which, where in it, how many.
    private var rawRest: Int64 = 0
    private var piece: TarScript.Piece?
    private var taken: Int64 = 0

    /// Prepares to read.
    ///
    /// - Parameters:
    ///   - index: The layer's index.
    ///   - files: The empty files to write.
    /// - Throws: `TreeError.damagedIndex`.
    init(_ index: LayerIndex, _ files: [TarScript.Holder: File]) throws {
        self.files = files
        script = try index.script()
        try advance()
    }

    /// Takes the next bytes of the tar.
    ///
    /// - Parameter bytes: The bytes.
    /// - Throws: `SystemError` of writing, `TreeError.damagedIndex`.
    package mutating func take(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            if rawRest > 0 {
                let count = Int(min(rawRest, Int64(rest.count)))
                rawRest -= Int64(count)
                rest = rest.dropFirst(count)
                continue
            }
            // What comes behind the end is another tar's: its digest will tell.
            guard let piece, let holder = piece.holder else { return }
            let count = Int(min(piece.byteCount - taken, Int64(rest.count)))
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
            try files[holder]?.write(part, at: piece.fileOffset + taken)
            taken += Int64(count)
            rest = rest.dropFirst(count)
            if taken == piece.byteCount { try advance() }
        }
    }

    private mutating func advance() throws {
        repeat {
            let next = try script.next()
            piece = next
            rawRest += next.rawByteCount
            taken = 0
        } while piece?.byteCount == 0 && piece?.holder != nil
    }
}
