import ImageSpec
import Testing

@Suite("The grammar of mounts")
struct MountGrammarTests {
    /// In the words of Docker's command line.
    static let refusedMounts: [(text: String, message: String)] = [
        ("", "value is empty"), ("  ", "value is empty"), ("type=tmpfs", "target is required"),
        ("type=bind,source=/s", "target is required"),
        ("type=volume,target=/t,bogus=x", "unknown option 'bogus' in 'bogus=x'"),
        ("target=/t,bind-bogus=x", "unknown option 'bind-bogus' in 'bind-bogus=x'"),
        ("target=/t,volume-bogus=x", "unknown option 'volume-bogus' in 'volume-bogus=x'"),
        ("target=/t,bogus", "invalid field 'bogus' must be a key=value pair"),
        ("target=/t,source", "invalid field 'source' must be a key=value pair"),
        ("type=volume, src=/s,target=/t", "invalid option ' src' in ' src=/s': option should not have whitespace"),
        ("src =/s,target=/t", "invalid option 'src ' in 'src =/s': option should not have whitespace"),
        ("target=/t,src=", "invalid value for 'src': value is empty"),
        ("target=/t,src= /s", "invalid value for 'src' in 'src= /s': value should not have whitespace"),
        ("target=/t,readonly=", "invalid value for 'readonly': value is empty"),
        (
            "target=/t,ro=no",
            #"invalid value for 'ro': invalid boolean value ("no"): "#
                + #"must be one of "true", "1", "false", or "0" (default "true")"#
        ),
        ("type=tmpfs,target=/t,tmpfs-size=x", "invalid value for tmpfs-size: x"),
        ("type=tmpfs,target=/t,tmpfs-mode=9", "invalid value for tmpfs-mode: 9"),
        ("type=tmpfs,target=/t,tmpfs-mode=-7", "invalid value for tmpfs-mode: -7"),
        ("target=/t,bind-propagation=rprivate", "cannot mix 'bind-*' options with mount type 'volume'"),
        ("type=bind,target=/t,source=/s,volume-nocopy", "cannot mix 'volume-*' options with mount type 'bind'"),
        ("type=bind,target=/t,source=/s,image-subpath=a", "cannot mix 'image-*' options with mount type 'bind'"),
        ("target=/t,tmpfs-size=1m", "cannot mix 'tmpfs-*' options with mount type 'volume'"),
        (
            "type=bind,src=/s,dst=/t,bind-nonrecursive",
            "bind-nonrecursive is deprecated, use bind-recursive=disabled instead"
        ),
        (
            "type=bind,src=/s,dst=/t,bind-recursive=x",
            #"invalid value for bind-recursive: x (must be "enabled", "disabled", "writable", or "readonly")"#
        ),
        (
            "type=bind,src=/s,dst=/t,bind-recursive=writable",
            "option 'bind-recursive=writable' requires 'readonly' to be specified in conjunction"
        ),
        (
            "type=bind,src=/s,dst=/t,bind-recursive=readonly,readonly",
            "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction"
        ),
        (#"type=bind,src=a"b"#, #"parse error on line 1, column 16: bare " in non-quoted field"#),
        (#""abc"d"#, #"parse error on line 1, column 5: extraneous or missing " in quoted-field"#),
        (#""abc"#, #"parse error on line 1, column 5: extraneous or missing " in quoted-field"#),
    ]

    @Test("what Docker's command line refuses is refused in its words", arguments: refusedMounts)
    func refusesMount(_ test: (text: String, message: String)) {
        var requests = MountRequests()
        let error = #expect(throws: MountError.self) {
            try requests.addMount(test.text, in: "/work", parseSize: { $0 == "1m" ? 1 << 20 : nil })
        }
        #expect(error?.description == test.message)
    }

    /// In the words of Docker's daemon.
    static let impossibleMounts: [(text: String, message: String)] = [
        ("target=/", #"for type "volume": invalid specification: destination can't be '/'"#),
        ("target=/a/..", #"for type "volume": invalid specification: destination can't be '/'"#),
        ("target=t", #"for type "volume": invalid mount path: 't' mount path must be absolute"#),
        ("type=bind,target=/t", #"for type "bind": field Source must not be empty"#),
        ("type=bind,src=s,target=/t", #"for type "bind": invalid mount path: 's' mount path must be absolute"#),
        ("type=bind,src=/s,dst=/t,bind-propagation=x", #"for type "bind": invalid propagation mode: x"#),
        ("type=tmpfs,src=s,target=/t", #"for type "tmpfs": field Source must not be specified"#),
        ("type=image,target=/t", #"for type "image": field Source must not be empty"#),
        (
            "type=image,src=i,target=/t,image-subpath=../a",
            #"for type "image": subpath must be a relative path within the volume"#
        ),
        (
            "type=volume,src=v,target=/t,volume-subpath=/a",
            #"for type "volume": subpath must be a relative path within the volume"#
        ),
        (
            "type=volume,src=v,target=/t,volume-subpath=a/../..",
            #"for type "volume": subpath must be a relative path within the volume"#
        ),
        ("target=/t,volume-subpath=a", #"for type "volume": must not set Subpath when using anonymous volumes"#),
        ("type=foo,target=/t", #"for type "foo": mount type unknown"#),
    ]

    @Test("what Docker's daemon refuses is refused in its words", arguments: impossibleMounts)
    func refusesImpossible(_ test: (text: String, message: String)) throws {
        let requests = try Self.requests(mounts: [test.text])
        let error = #expect(throws: MountError.self) { try requests.merged(imageVolumes: [], inherited: []) }
        #expect(error?.description == "invalid mount config " + test.message)
    }

    static let refusedVolumes: [(text: String, message: String)] = [
        ("", "invalid empty volume spec"), ("/a::ro", "invalid spec: /a::ro: empty section between colons"),
        (":/a", "invalid spec: :/a: empty section between colons"),
        ("/a:/b:ro:x", "invalid spec: /a:/b:ro:x: too many colons"),
        ("/foo:rw", "invalid volume specification: '/foo:rw'"), ("/foo:z", "invalid volume specification: '/foo:z'"),
        ("/foo:nocopy", "invalid volume specification: '/foo:nocopy'"),
        ("/a:/b:x", "invalid mode: x"), ("/a:/b:ro,rw", "invalid mode: ro,rw"), ("/a:/b:z,Z", "invalid mode: z,Z"),
        ("/a:/b:shared,slave", "invalid mode: shared,slave"), ("/a:/b:ro,", "invalid mode: ro,"),
        (
            "/a:/b:nocopy",
            #"invalid volume specification: '/a:/b:nocopy': "#
                + #"invalid mount config for type "bind": field VolumeOptions must not be specified"#
        ),
        (
            "vol:/b:rshared",
            #"invalid volume specification: 'vol:/b:rshared': "#
                + #"invalid mount config for type "volume": field BindOptions must not be specified"#
        ),
        (
            "/a:b",
            #"invalid volume specification: '/a:b': "#
                + #"invalid mount config for type "bind": invalid mount path: 'b' mount path must be absolute"#
        ),
        (
            "/a:/",
            #"invalid volume specification: '/a:/': "#
                + #"invalid mount config for type "bind": invalid specification: destination can't be '/'"#
        ),
        ("rel", "invalid mount path: 'rel' mount path must be absolute"),
    ]

    @Test("bad forms of -v are refused in Docker's words", arguments: refusedVolumes)
    func refusesVolume(_ test: (text: String, message: String)) {
        let error = #expect(throws: MountError.self) {
            try Self.requests(volumes: [test.text]).merged(imageVolumes: [], inherited: [])
        }
        #expect(error?.description == test.message)
    }

    /// What one argument asks for, as a record of it has it.
    static let accepted: [(option: String, text: String, json: String)] = [
        ("-v", "/x", #"{"type":"volume","destination":"/x","rw":true,"anonymous":true}"#),
        (
            "-v", "vol:/a/../b/",
            #"{"type":"volume","name":"vol","destination":"/b","rw":true}"#
        ),
        (
            "-v", "vol:/b:ro,nocopy",
            #"{"type":"volume","name":"vol","destination":"/b","mode":"ro,nocopy","rw":false,"nocopy":true}"#
        ),
        ("-v", "/s/:/b", #"{"type":"bind","source":"/s","destination":"/b","rw":true,"propagation":"rprivate"}"#),
        ("-v", "./s:/b", #"{"type":"bind","source":"/work/s","destination":"/b","rw":true,"propagation":"rprivate"}"#),
        ("-v", "..:/b", #"{"type":"bind","source":"/","destination":"/b","rw":true,"propagation":"rprivate"}"#),
        (
            "-v", "/s:/b:ro,rshared,Z,cached",
            #"{"type":"bind","source":"/s","destination":"/b","mode":"ro,rshared,Z,cached","rw":false,"propagation":"rshared"}"#
        ),
        (
            "--mount", "TARGET=/t",
            #"{"type":"volume","destination":"/t","rw":true,"anonymous":true}"#
        ),
        (
            "--mount", #"type=volume,"src=v,w",dst=/t,volume-driver=d,ro,volume-subpath=a/./b"#,
            #"{"type":"volume","name":"v,w","destination":"/t","driver":"d","rw":false,"subpath":"a/b"}"#
        ),
        (
            "--mount", "type=bind,src=.,dst=/t,bind-recursive=disabled,bind-propagation=slave,readonly=0",
            #"{"type":"bind","source":"/work","destination":"/t","rw":true,"propagation":"slave","recursion":"disabled"}"#
        ),
        (
            "--mount", "bind-recursive=enabled,target=/t,src=v",
            #"{"type":"volume","name":"v","destination":"/t","rw":true}"#
        ),
        (
            "--mount", "type=TMPFS,dst=/t,tmpfs-size=1m,tmpfs-mode=0700",
            #"{"type":"tmpfs","destination":"/t","rw":true,"tmpfsSize":1048576,"tmpfsMode":448}"#
        ),
        (
            "--mount", "type=image,src=debian,dst=/t,image-subpath=etc",
            #"{"type":"image","name":"debian","destination":"/t","rw":false,"propagation":"rprivate","subpath":"etc"}"#
        ),
        ("--tmpfs", "/t:rw,size=64m", #"{"type":"tmpfs","destination":"/t","rw":true,"tmpfsOptions":"rw,size=64m"}"#),
        ("--tmpfs", "/t", #"{"type":"tmpfs","destination":"/t","rw":true,"tmpfsOptions":""}"#),
    ]

    @Test("accepted forms mean what they mean to Docker", arguments: accepted)
    func accepts(_ test: (option: String, text: String, json: String)) throws {
        var requests = MountRequests()
        switch test.option {
        case "-v": try requests.addVolume(test.text, in: "/work")
        case "--tmpfs": requests.addTmpfs(test.text)
        default: requests = try Self.requests(mounts: [test.text])
        }
        let mounts = try requests.merged(imageVolumes: [], inherited: []).map(\.mount)
        #expect(mounts.map { Self.text($0.json) } == [test.json])
        var mount = try #require(mounts.first)
        if mount.isAnonymous { mount.name = "made" }
        #expect(ContainerMount(.object(mount.json)) == mount)
    }

    static func text(_ json: JSONObject) -> String { String(decoding: JSONValue.object(json).encoded(), as: UTF8.self) }

    static func requests(volumes: [String] = [], mounts: [String] = []) throws -> MountRequests {
        var requests = MountRequests()
        for text in volumes { try requests.addVolume(text, in: "/work") }
        for text in mounts {
            try requests.addMount(text, in: "/work", parseSize: { $0 == "1m" ? 1 << 20 : nil })
        }
        return requests
    }
}
