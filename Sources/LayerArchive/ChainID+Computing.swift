package import LayerModel

extension ChainID {
    /// Computes the identity of each stack that begins with the lowest layer: of the first layer, the first two, and so on.
    ///
    /// Source: OCI image-spec `config.md`, section "Layer ChainID" (contracts L-92, L-140).
    ///
    /// - Parameter diffIDs: The layers, the lowest first.
    /// - Returns: As many ChainIDs as there are layers; the last is that of the whole stack.
    package static func of(_ diffIDs: [DiffID]) -> [ChainID] {
        var chain: [ChainID] = []
        chain.reserveCapacity(diffIDs.count)
        for diffID in diffIDs {
            if let below = chain.last {
                chain.append(ChainID(.sha256(of: "\(below) \(diffID)".utf8)))
            } else {
                chain.append(ChainID(diffID.digest))
            }
        }
        return chain
    }
}
