import LayerArchive
import LayerModel
import LayerSystem

/// The numbers that stand for files in a cpio, where names with one number are names of one file.
///
/// Source: Linux `Documentation/driver-api/early-userspace/buffer-format.rst`: the content stands with one of the names.
struct NumberedFiles {
    private struct File {
        var number: Int64
        var nameCount: UInt32
        var namesLeft: UInt32
    }

    private var files: [FileIdentity: File] = [:]
    private var last: Int64 = 0

    /// Counts the names of each file.
    init(_ changes: [TreeChange]) {
        for change in changes where change.kind != .deleted {
            guard let link = change.link else { continue }
            files[link, default: File(number: 0, nameCount: 0, namesLeft: 0)].nameCount += 1
            files[link]?.namesLeft += 1
        }
    }

    /// Gives an entry its number.
    ///
    /// - Returns: Whether the content is to stand with this name: with the last of a file's names.
    mutating func number(_ header: inout TarHeader, _ link: FileIdentity?) -> Bool {
        guard let link, var file = files[link], file.nameCount > 1 else {
            last += 1
            header.file = (last, 1)
            return true
        }
        if file.number == 0 {
            last += 1
            file.number = last
        }
        file.namesLeft -= 1
        files[link] = file
        header.file = (file.number, file.nameCount)
        return file.namesLeft == 0
    }
}
