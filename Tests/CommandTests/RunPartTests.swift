import LayerTestKit
import Testing

/// Parts of volumes and images in a container: a runtime gets what was found, not a path to look for again.
@Suite(.serialized, Need.root, BusyboxImage.need, Need.tool("bash"), Need.tool("runc")) struct RunPartTests {
    private let store: CommandStore

    init() throws {
        store = try CommandStore()
        try store.load(BusyboxImage.make(["etc/passwd=app:x:1000:1000::/:/bin/sh"], config: #"{"Env":["PATH=/bin"]}"#))
    }

    private func script(_ lines: String) throws -> LayerctlRun {
        let file = try store.file("script", Array(("L() { \"$layerctl\" \"$@\"; }\n" + lines).utf8))
        return try LayerctlRun(
            shell: "exec bash '\(file)'",
            environment: ["LAYERCTL_ROOT": store.root, "LAYERCTL_RUNTIME": "runc"]
        )
    }

    @Test func `A part is shown while the process runs, and nothing is left of it`() throws {
        let run = try script(
            """
            L volume create data > /dev/null
            L run --rm -v data:/v box:1 sh -c 'mkdir -p /v/a/below && echo part > /v/a/below/file'
            L run --rm --mount type=volume,src=data,dst=/m,volume-subpath=a/below box:1 cat /m/file
            L run --rm --mount type=image,src=box:1,dst=/m,image-subpath=etc box:1 cat /m/passwd; echo
            id=$(L run -d --mount type=volume,src=data,dst=/m,volume-subpath=a/below box:1 sleep 100)
            grep -c "$id/run/parts/0" /proc/self/mountinfo
            L rm -f "$id" > /dev/null
            L run --rm --mount type=volume,src=data,dst=/m,volume-subpath=a/none box:1 true 2> /dev/null || echo $?
            grep -c "$LAYERCTL_ROOT" /proc/self/mountinfo
            L ps -aq
            """
        )
        #expect(run.lines == ["part", "app:x:1000:1000::/:/bin/sh", "1", "125", "0"], "\(run.errors)")
    }

    @Test func `A link in a volume does not lead out of it`() throws {
        let run = try script(
            """
            mkdir '\(store.folder)/secret'
            echo host > '\(store.folder)/secret/file'
            L volume create data > /dev/null
            L run --rm -v data:/v box:1 sh -c 'echo inside > /v/file; echo x > /v/a'
            ln -s '\(store.folder)/secret' "$LAYERCTL_ROOT/volumes/data/_data/out"
            ln -s / "$LAYERCTL_ROOT/volumes/data/_data/top"
            L run --rm --mount type=volume,src=data,dst=/m,volume-subpath=out box:1 cat /m/file || echo $?
            L run --rm --mount type=volume,src=data,dst=/m,volume-subpath=top box:1 cat /m/file
            """
        )
        #expect(run.lines == ["125", "inside"], "\(run.errors)")
    }
}
