/// A directory in which a package manager keeps what it can fetch again.
package struct PackageCache: Hashable, Sendable {
    /// What it holds.
    package let name: String
    /// The directory, without a slash at the beginning.
    package let path: [UInt8]
    private let ending: [UInt8]

    private init(_ path: some Sequence<UInt8>, _ name: String, ending: String = "") {
        self.name = name
        self.path = Array(path)
        self.ending = Array(ending.utf8)
    }

    /// The caches at fixed places.
    package static let fixed: [PackageCache] = [
        PackageCache("var/cache/apt/archives".utf8, "apt archives", ending: ".deb"),
        PackageCache("var/cache/apt".utf8, "apt cache", ending: ".bin"),
        PackageCache("var/lib/apt/lists".utf8, "apt lists"),
        PackageCache("var/cache/yum".utf8, "yum cache"),
        PackageCache("var/cache/dnf".utf8, "dnf cache"),
        PackageCache("var/cache/libdnf5".utf8, "dnf cache"),
        PackageCache("var/cache/zypp".utf8, "zypper cache"),
        PackageCache("var/cache/apk".utf8, "apk cache"),
        PackageCache("etc/apk/cache".utf8, "apk cache"),
        PackageCache("var/cache/pacman/pkg".utf8, "pacman cache"),
    ]

    /// The caches of a user.
    ///
    /// - Parameter home: The user's directory, without a slash at the beginning.
    /// - Returns: Where they would lie.
    package static func caches(ofHome home: [UInt8]) -> [PackageCache] {
        [
            (".cache/pip", "pip cache"), (".npm/_cacache", "npm cache"), (".cache/yarn", "yarn cache"),
            (".cache/go-build", "Go build cache"), (".cargo/registry/cache", "cargo cache"), (".cache/uv", "uv cache"),
            (".cache/composer", "composer cache"),
        ].map { PackageCache(home + [UInt8(ascii: "/")] + $0.0.utf8, $0.1) }
    }

    /// Whether a file below the directory is part of the cache.
    ///
    /// - Parameter name: The file's own name.
    /// - Returns: True when it can go.
    package func holds(_ name: some BidirectionalCollection<UInt8>) -> Bool {
        name.suffix(ending.count).elementsEqual(ending)
    }
}
