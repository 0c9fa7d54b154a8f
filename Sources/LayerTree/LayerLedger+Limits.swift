import LayerArchive
import LayerModel

extension LayerLedger {
    /// Holds a path that was put together against the limits.
    func check(_ path: LayerPath, for name: UnsafeBufferPointer<UInt8>) throws(TreeError) {
        let components = path.components
        guard components.count <= limits.depth else { throw tooDeep(name) }
        guard components.allSatisfy({ $0.count <= limits.componentByteCount }) else { throw tooLong(name) }
    }

    /// The error about a path of too many components.
    func tooDeep(_ name: UnsafeBufferPointer<UInt8>) -> TreeError {
        refuse(name, .depth, "path too deep (over \(limits.depth) components)")
    }

    /// The error about a component of too many bytes.
    func tooLong(_ name: UnsafeBufferPointer<UInt8>) -> TreeError {
        refuse(name, .componentBytes, "file name too long (over \(limits.componentByteCount) bytes)")
    }

    /// An error about an entry that is over a limit.
    func refuse(_ name: UnsafeBufferPointer<UInt8>, _ limit: InputLimit, _ reason: String) -> TreeError {
        refuse(name, limit.refusal(reason))
    }
}
