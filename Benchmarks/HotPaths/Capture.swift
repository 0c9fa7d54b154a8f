import Benchmark
import LayerArchive
import LayerSystem
import LayerTree

/// What a commit does, but for the thread that reads ahead: the read-write layer is walked, and the tar of what it changes is made, hashed
/// and unpacked in one pass.
func registerCapture() {
    registerOnDisk(
        "capture",
        counting: [.readSyscalls, .writeSyscalls],
        setup: { try Capture(in: $0) },
        closure: { benchmark, capture in
            let (directory, name) = try capture.scratch.makeDirectory()
            try benchmark.measure { try capture.run(into: directory) }
            try capture.scratch.directory.removeTree(name)
        }
    )
}

private struct Capture {
    let scratch: Scratch
    private let upper: Directory
    private let lowers: LowerStack

    init(in scratch: Scratch) throws {
        self.scratch = scratch
        lowers = LowerStack([try unpack(.base, in: scratch).stacked()])
        upper = try unpack(.changes, in: scratch).tree()
    }

    func run(into directory: Directory) throws -> Int {
        let isRoot = Host.effectiveUserID == 0
        let form = UpperForm(
            namespaces: isRoot ? .trusted : .user,
            ownUserID: Host.effectiveUserID,
            ownGroupID: Host.effectiveGroupID,
            hasExactOwners: isRoot
        )
        let set = ChangeWalk.changes(in: upper, over: lowers, form: form)
        guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
        let files = ChangedFiles(upper: upper, lowers: lowers)
        let tap = DigestTap(try ChangeTar(set.changes, files, latestTime: nil))
        let unpacker = try LayerUnpacker(into: directory, settings: UnpackedLayer.settings)
        try unpacker.read(tap)
        try unpacker.finish()
        return Int(try tap.finish().byteCount)
    }
}
