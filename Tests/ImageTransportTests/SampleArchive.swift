import LayerArchive
import LayerModel
import LayerTestKit

/// The members of an archive that a test makes, to be changed before they are written.
struct SampleArchive {
    /// One member.
    struct Member {
        var name: String
        var typeFlag: Character = "0"
        var content: [UInt8] = []
        var link = ""
    }

    var members: [Member] = []

    /// Adds a file.
    mutating func add(_ name: String, _ content: [UInt8]) {
        members.append(Member(name: name, content: content))
    }

    /// Adds a file of text.
    mutating func add(_ name: String, _ text: String) {
        add(name, Array(text.utf8))
    }

    /// Adds a file once.
    mutating func addOnce(_ name: String, _ content: [UInt8]) {
        if !members.contains(where: { $0.name == name }) { add(name, content) }
    }

    /// Adds a symbolic link.
    mutating func addLink(_ name: String, to target: String) {
        members.append(Member(name: name, typeFlag: "2", link: target))
    }

    /// Removes a member.
    mutating func remove(_ name: String) {
        members.removeAll { $0.name == name }
    }

    /// Puts another content in the place of a member's.
    mutating func replace(_ name: String, _ content: [UInt8]) {
        for place in members.indices where members[place].name == name { members[place].content = content }
    }

    /// Adds a blob under its digest.
    ///
    /// - Returns: A descriptor of it in JSON, without the closing brace.
    @discardableResult
    mutating func addBlob(_ content: [UInt8], type: String, algorithm: Digest.Algorithm = .sha256) -> String {
        let digest = Digest.of(content, algorithm)
        addOnce("blobs/\(digest.algorithm.rawValue)/\(digest.hex)", content)
        return #"{"mediaType":"\#(type)","digest":"\#(digest)","size":\#(content.count)"#
    }

    /// The archive's bytes.
    var bytes: [UInt8] {
        var builder = TarBuilder()
        for member in members {
            builder.add(
                name: Array(member.name.utf8),
                typeFlag: member.typeFlag.asciiValue ?? 0,
                content: member.content,
                link: Array(member.link.utf8)
            )
        }
        builder.end()
        return builder.bytes
    }
}

extension SampleArchive {
    /// The orders and spellings in which writers put the same members.
    enum Arrangement: String, CaseIterable {
        case asMade
        case dotSlash
        case reversed
        case shuffled
        case withDirectories
    }

    /// The same archive in another order or spelling.
    func arranged(_ arrangement: Arrangement) -> SampleArchive {
        var other = self
        switch arrangement {
        case .asMade: break
        case .dotSlash:
            other.members = [Member(name: "./", typeFlag: "5")] + members
            for place in other.members.indices.dropFirst() {
                other.members[place].name = "./" + other.members[place].name
            }
        case .reversed: other.members.reverse()
        case .shuffled:
            var generator = SeededGenerator(seed: 25)
            other.members.shuffle(using: &generator)
        case .withDirectories:
            let folders = Set(members.compactMap { $0.name.split(separator: "/").dropLast().first.map(String.init) })
            other.members = folders.sorted().map { Member(name: $0 + "/", typeFlag: "5") } + members
        }
        return other
    }
}
