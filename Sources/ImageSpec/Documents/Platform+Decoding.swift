extension Platform {
    /// Source: OCI image-spec `image-index.md`, "platform".
    init(_ node: SpecNode) throws(SpecError) {
        self.init(
            os: try node.required("os").string(),
            architecture: try node.required("architecture").string(),
            variant: try node.text("variant"),
            osVersion: try node.text("os.version")
        )
    }
}
