import LayerAudit
import LayerModel
import LayerTree

extension TreeInquiry {
    /// Looks for what security practice would ask about an image before it is run.
    ///
    /// Every layer is read once and verified, several at a time; nothing is written.
    ///
    /// - Parameters:
    ///   - argument: An image of the store or a file with an image.
    ///   - options: The bounds.
    /// - Returns: What was found, what matters most first.
    /// - Throws: `LayerError`: `notFound`, `usage` for what is no image, `corrupt`.
    public func audit(_ argument: String, options: AuditOptions = AuditOptions()) throws(LayerError) -> AuditReport {
        try LayerError.catching {
            let inspection = LayerInspection()
            let pool = LayerPool(store, platform: platform, limits: limits, readsContent: false, inspection: inspection)
            let image = try ImageLayers(argument, pool)
            let findings =
                try ConfigAudit(image: image.image).findings()
                + LayersAudit(image, inspection, options).findings()
            return AuditReport(image: image.image, findings: findings.sorted())
        }
    }
}
