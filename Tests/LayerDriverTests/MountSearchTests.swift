import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

@Suite("Search for mounts")
struct MountSearchTests {
    private func place(_ line: String, processID: Int32? = nil) throws -> MountedPlace? {
        let table = try MountTable(parsing: Array((line + "\n").utf8))
        return try MountedPlace(#require(table.entries.first), processID: processID, isKept: processID != nil)
    }

    @Test("overlays of the kernel and of fuse-overlayfs are known by their types")
    func types() throws {
        let kernel = try #require(
            try place("1 0 0:1 / /m ro,nodev - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w")
        )
        #expect(kernel.mountPoint == Array("/m".utf8))
        #expect(kernel.upper == Array("/u".utf8))
        #expect(kernel.isReadOnly && !kernel.isFuse)
        let fuse = try #require(try place("1 0 0:1 / /m rw - fuse.fuse-overlayfs fuse-overlayfs rw,user_id=0"))
        #expect(fuse.isFuse && !fuse.isReadOnly)
        #expect(fuse.upper == nil)
        #expect(try place("1 0 0:1 / /m rw - tmpfs overlay rw,upperdir=/u") == nil)
    }

    @Test("an upper directory that is named by a descriptor is none that others could know")
    func descriptors() throws {
        let found = try place("1 0 0:1 / /m rw - overlay overlay rw,lowerdir=/l,upperdir=/proc/self/fd/7,workdir=/w")
        #expect(found?.upper == nil)
        let named = try place(
            #"1 0 0:1 / /m rw - overlay /u,\040\134 rw,lowerdir=/l,upperdir=/proc/self/fd/7,workdir=/w"#
        )
        #expect(named?.upper == Array(#"/u, \"#.utf8))
    }

    @Test("a mount of another process is reached through it")
    func paths() throws {
        let line = "1 0 0:1 / /m\\040x rw - overlay overlay rw,lowerdir=/l"
        #expect(try place(line)?.path == Array("/m x".utf8))
        #expect(try place(line, processID: 42)?.path == Array("/proc/42/root/m x".utf8))
    }

    @Test("a container's mount is found by its place and by its upper directory, that of this namespace first")
    func finding() throws {
        let here = try #require(try place("1 0 0:1 / /m1 rw - overlay o rw,lowerdir=/l,upperdir=/u1,workdir=/w"))
        let there = try #require(
            try place("1 0 0:1 / /m2 rw - overlay o rw,lowerdir=/l,upperdir=/u1,workdir=/w", processID: 5)
        )
        let other = try #require(try place("1 0 0:1 / /m3 rw - fuse.fuse-overlayfs f rw", processID: 6))
        let search = MountSearch(places: [here, there, other])
        #expect(search.place(target: Array("/nowhere".utf8), upper: Array("/u1".utf8)) == here)
        #expect(search.place(target: Array("/m2".utf8)) == there)
        #expect(search.place(target: Array("/m3".utf8), upper: Array("/u3".utf8)) == other)
        #expect(search.place(target: Array("/m4".utf8), upper: Array("/u4".utf8)) == nil)
    }

    @Test("a place is found through links on the way to it")
    func links() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        try directory.makeDirectory("real")
        try directory.makeSymbolicLink("link", target: "real")
        let path = try directory.hostPath() + "/real".utf8
        #expect(MountSearch.canonical(Array((scratch.path + "/link").utf8)) == path)
        #expect(MountSearch.canonical(Array("/no/such/../place".utf8)) == Array("/no/such/../place".utf8))
    }

    @Test("the mounts of this host can be read")
    func current() throws {
        _ = try MountSearch().places
    }
}
