import ImageSpec
import Testing

@Suite("Mounts put together")
struct MountMergingTests {
    @Test("of each place the strongest request counts, what lies less deep comes first")
    func precedence() throws {
        var requests = try MountGrammarTests.requests(
            volumes: ["/a", "named:/b", "/a/x/y"],
            mounts: ["type=tmpfs,dst=/c"]
        )
        requests.volumesFrom = ["other:ro"]
        let donor = try #require(try requests.donors().first)
        var inherited: [ContainerMount] = []
        for place in ["/a", "/b", "/d", "/e"] {
            var mount = ContainerMount(.volume, at: place)
            mount.name = "theirs"
            inherited.append(mount)
        }
        inherited[3].tmpfsOptions = ""
        let merged = try requests.merged(
            imageVolumes: ["/a", "/b/", "/d", "f", "/a/x/y"],
            inherited: [(donor, inherited)]
        )
        let shown = merged.map { "\($0.mount.destination) \($0.mount.name ?? $0.mount.kind.rawValue)" }
        #expect(shown == ["/a theirs", "/b named", "/c tmpfs", "/d theirs", "/f volume", "/a/x/y volume"])
        #expect(merged.map(\.mount.isReadOnly) == [true, false, false, true, false, false])
    }

    /// Two requests for one place, and Docker's error.
    static let duplicates: [(volumes: [String], mounts: [String], tmpfs: [String], place: String)] = [
        (["a:/x", "b:/x/"], [], [], "/x"), (["a:/x"], ["type=tmpfs,dst=/x"], [], "/x"),
        ([], ["dst=/x", "dst=/x/."], [], "/x/."), (["a:/x"], [], ["/x"], "/x"), ([], ["dst=/x"], ["/x"], "/x"),
    ]

    @Test("two explicit mounts at one place exclude each other", arguments: duplicates)
    func duplicate(_ test: (volumes: [String], mounts: [String], tmpfs: [String], place: String)) throws {
        var requests = try MountGrammarTests.requests(volumes: test.volumes, mounts: test.mounts)
        for text in test.tmpfs { requests.addTmpfs(text) }
        let error = #expect(throws: MountError.self) { try requests.merged(imageVolumes: [], inherited: []) }
        #expect(error?.description == "Duplicate mount point: \(test.place)")
        #expect(error?.isConflict == true)
    }

    static let donors: [(text: String, message: String)] = [
        ("", "volumes-from specification cannot be an empty string"), ("c:x", "invalid mode: x"),
        ("c:nocopy", "invalid mode: nocopy"), ("c:ro,rshared", "invalid mode: ro,rshared"),
        ("c:ro,rw", "invalid mode: ro,rw"),
    ]

    @Test("bad forms of --volumes-from are refused in Docker's words", arguments: donors)
    func refusesDonor(_ test: (text: String, message: String)) {
        var requests = MountRequests()
        requests.volumesFrom = [test.text]
        let error = #expect(throws: MountError.self) { try requests.donors() }
        #expect(error?.description == test.message)
    }

    @Test("requests are shown in the form of Docker's API")
    func json() throws {
        var requests = try MountGrammarTests.requests(
            volumes: ["/anonymous", "v:/b:ro"],
            mounts: ["dst=/t,volume-label=a=1,volume-label=b,volume-opt=o=p,volume-driver=d,volume-nocopy"]
        )
        requests.addTmpfs("/m:size=1k")
        let mount =
            #"{"Type":"volume","Target":"/t","VolumeOptions":{"NoCopy":true,"Labels":{"a":"1","b":""},"#
            + #""DriverConfig":{"Name":"d","Options":{"o":"p"}}}}"#
        #expect(
            MountGrammarTests.text(requests.json)
                == #"{"Binds":["v:/b:ro"],"Mounts":[\#(mount)],"Tmpfs":{"/m":"size=1k"},"Volumes":{"/anonymous":{}}}"#
        )
    }
}
