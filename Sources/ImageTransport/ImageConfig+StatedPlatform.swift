import ImageSpec

extension ImageConfig {
    /// What the image runs on; nil when operating system or architecture is left out or, as some builders do, left blank.
    var statedPlatform: Platform? {
        guard let platform, !platform.os.isEmpty, !platform.architecture.isEmpty else { return nil }
        return platform
    }
}
