import TestImages

/// A small image and its tree: path, kind, mode, owner, how many names the inode has, what is in it.
struct SmallTree: CustomStringConvertible {
    let fixture: ImageFixture
    let lines: [String]

    var description: String { fixture.description }

    static let all: [SmallTree] = [
        SmallTree(fixture: .rootEntry, lines: ["hello file 0644 0 1 6"]),
        SmallTree(
            fixture: .absoluteNames,
            lines: ["a dir 0755 0 1 -", "a/one file 0644 0 1 4", "a/two file 0644 0 1 4"]
        ),
        SmallTree(fixture: .duplicateEntries, lines: ["a file 0600 0 1 7"]),
        SmallTree(
            fixture: .impliedParents,
            lines: [
                "opt dir 0700 7 1 -", "opt/deep dir 0755 0 1 -", "opt/deep/er dir 0755 0 1 -",
                "opt/deep/er/file file 0644 0 1 2",
            ]
        ),
        SmallTree(
            fixture: .hardLinkBelow,
            lines: [
                "a dir 0755 0 1 -", "a/one file 0644 0 2 4", "a/three file 0644 0 1 4", "a/two file 0644 0 2 4",
            ]
        ),
        SmallTree(
            fixture: .whiteoutSameLayer,
            lines: ["a dir 0755 0 1 -", "a/x file 0644 0 1 5", "d dir 0755 0 1 -", "d/y file 0644 0 1 5"]
        ),
        SmallTree(fixture: .whiteoutThenDirectory, lines: ["a dir 0755 0 1 -", "a/above file 0644 0 1 5"]),
        SmallTree(
            fixture: .opaqueLast,
            lines: ["a dir 0755 0 1 -", "a/b dir 0755 0 1 -", "a/b/above file 0644 0 1 5"]
        ),
        SmallTree(fixture: .opaqueRoot, lines: ["above file 0644 0 1 5"]),
        SmallTree(fixture: .overlayAttributes, lines: ["a dir 0755 0 1 -", "a/f file 0644 0 1 2"]),
        SmallTree(
            fixture: .throughSymlink,
            lines: [
                "alias symlink 0777 0 1 real", "out symlink 0777 0 1 ../../../../../../tmp", "real dir 0755 0 1 -",
                "real/file file 0644 0 1 2", "tmp dir 0755 0 1 -", "tmp/file file 0644 0 1 7",
            ]
        ),
        SmallTree(fixture: .zeroByteLayer, lines: ["hello file 0644 0 1 6"]),
        SmallTree(fixture: .trailingBytes, lines: ["hello file 0644 0 1 6"]),
        SmallTree(fixture: .noEndOfArchive, lines: ["hello file 0644 0 1 6"]),
        SmallTree(fixture: .noLayers, lines: []),
    ]
}
