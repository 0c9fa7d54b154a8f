import LayerTestKit
import Testing

@Suite("Files of images are listed, read, found and summed up without loading or mounting") struct FileQuestionTests {
    private static let base = [
        "etc/", "etc/passwd=root", "etc/.hidden=12", "etc/deep/", "etc/deep/f=1234567", "link->etc/passwd", "abs->/etc",
        "out->../../../etc", "same=>etc/deep/f", "pipe|",
    ]
    private static let edits = ["etc/", "etc/passwd=user!", "new/", "new/f=x 600"]

    private let store: CommandStore
    private let file: String

    init() throws {
        store = try CommandStore()
        file = try store.archive(MadeImage([Self.base, Self.edits], tags: ["app:1"]))
    }

    /// The same of a file, of an image in the store, and of a container.
    private func all(_ body: (_ name: String) throws -> Void) throws {
        try body(file)
        #expect(try store.run("load", "-q", "-i", file).status == 0)
        try body("app:1")
        #expect(try store.run("create", "--name", "box", "app:1").status == 0)
        try body("box")
    }

    @Test("ls lists the root without a path, one directory, or all below it")
    func list() throws {
        try all { (name) throws in
            let root = ["abs", "etc", "link", "new", "out", "pipe", "same"]
            #expect(try store.run("ls", name).lines == root, "\(name)")
            #expect(try store.run("ls", name + ":/").lines == root, "\(name)")
            #expect(try store.run("ls", name + ":/etc").lines == ["deep", "passwd"])
            #expect(try store.run("ls", "-a", name + ":/abs/").lines == [".hidden", "deep", "passwd"])
            let below = try store.run("ls", "-R", name + ":/etc").output
            #expect(below == "/etc:\ndeep\npasswd\n\n/etc/deep:\nf\n")
            let long = try store.run("ls", "-l", name + ":/new").output
            #expect(long == "-rw-------   0         0         1         1970-01-01T00:00:00Z   f\n")
            let json = try store.run("ls", "-R", "--format", "json", name + ":/new").output
            #expect(json.hasPrefix(#"[{"path":"/new","files":[{"name":"f","type":"file","mode":"0600""#))
            #expect(try store.run("ls", name + ":/nothing").status == 3)
        }
    }

    @Test("cat prints one file; links are followed and lead nowhere but into the image")
    func print() throws {
        try all { (name) throws in
            #expect(try store.run("cat", name + ":/etc/passwd", name + ":/link").output == "user!user!")
            #expect(try store.run("cat", name + ":/out/passwd").output == "user!")
            #expect(try store.run("cat", name + ":/same").output == "1234567")
            #expect(try store.run("cat", name + ":/etc").status == 1)
            #expect(try store.run("cat", name + ":/etc/shadow").status == 3)
        }
    }

    @Test("du sums up lengths, names of one file once")
    func usage() throws {
        try all { (name) throws in
            let lines = ["7\t/etc/deep", "14\t/etc", "1\t/new"]
            #expect(try store.run("du", name).lines == lines + ["\(14 + 1 + 10 + 4 + 12)\t/"], "\(name)")
            #expect(try store.run("du", "-s", name + ":/etc").lines == ["14\t/etc"])
            #expect(try store.run("du", "-d", "0", "-h", name + ":/etc").lines == ["14B\t/etc"])
            #expect(
                try store.run("du", "-a", "--format", "json", name + ":/new").output
                    == #"[{"path":"/new/f","size":1},{"path":"/new","size":1}]"# + "\n"
            )
        }
        #expect(try store.run("du", "-s", "-a", file).status == 2)
    }

    @Test("find names what fits all that is asked for")
    func find() throws {
        try all { (name) throws in
            #expect(try store.run("find", name, "-name", "f").lines == ["/etc/deep/f", "/new/f"], "\(name)")
            #expect(try store.run("find", name, "-type", "d").lines == ["/", "/etc", "/etc/deep", "/new"])
            #expect(try store.run("find", name + ":/etc", "--type", "f", "--size", "+5").lines == ["/etc/deep/f"])
            #expect(try store.run("find", name, "-size", "-2").lines == ["/new/f"])
            #expect(
                try store.run("find", name, "-type", "l,p", "-maxdepth", "1", "-name", "[lp]*").lines == [
                    "/link", "/pipe",
                ]
            )
        }
        #expect(try store.run("find", file, "-type", "x").status == 2)
    }

    @Test("A single layer shows what it brings, and so what a file was before a later layer changed it")
    func layers() throws {
        #expect(try store.run("load", "-q", "-i", file).status == 0)
        for name in [file, "app:1"] {
            #expect(try store.run("ls", name + "@2").lines == ["etc", "new"])
            #expect(try store.run("ls", name + "@2:/etc").lines == ["passwd"])
            #expect(try store.run("cat", name + "@1:/etc/passwd", name + "@2:/etc/passwd").output == "rootuser!")
            #expect(try store.run("ls", name + "@3").status == 3)
        }
        let diffID = try store.run("inspect", "--format", "{{index .RootFS.Layers 1}}", "app:1").lines[0]
        #expect(try store.run("find", diffID, "-type", "f").lines == ["/etc/passwd", "/new/f"])
        #expect(try store.run("find", diffID + ":/new", "-type", "f").lines == ["/new/f"])
        #expect(try store.run("ls", "nobody@2").status == 3)
        // An @ in a path is no layer.
        #expect(try store.run("create", "--name", "box", "app:1").status == 0)
        #expect(try store.run("put", "-", "box:/etc/f@2", input: [120]).status == 0)
        #expect(try store.run("cat", "box:/etc/f@2", "box:etc/f@2").output == "xx")
    }

    @Test("A name of a file that holds control bytes reaches no terminal")
    func escapes() throws {
        let image = try MadeImage([["a\u{1B}[31m=1"]], tags: ["odd:1"])
        let odd = try store.archive(image, name: "odd.tar")
        for verb in ["ls", "find", "du"] {
            let arguments = verb == "du" ? [verb, "-a", odd] : [verb, odd]
            let run = try LayerctlRun(arguments, environment: ["LAYERCTL_ROOT": store.root])
            #expect(run.status == 0 && !run.outputBytes.contains(0x1B) && run.output.contains("[31m"))
        }
    }
}
