import Testing

/// Legacy configs, and the image config that Docker 20.10.24 stored for each when it loaded an archive of them.
///
/// The image ID stands above each case: it is the SHA-256 of `config`.
struct LegacyCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let layers: [String]
    let diffIDs: [String]
    let config: String

    static let all: [LegacyCase] = [
        .full, .nulls, .minimal, .rc, .dev, .healthcheckEmpty, .modern, .twoParts, .times, .zeroOffset, .smallOffset,
        .bigOffset, .centos,
    ]
}
