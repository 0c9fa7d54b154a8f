import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// What is mounted in a new container.
///
/// Source: docker/cli `cli/command/container/opts.go`.
struct MountRequestOptions: ParsableArguments {
    @Option(
        name: [.customShort("v", allowingJoined: true), .customLong("volume")],
        help: ArgumentHelp(
            "Mount a volume, or a path of the host, which is made where it is missing: [SRC:]DST[:MODE].",
            valueName: "volume"
        )
    )
    var volumes: [String] = []
    @Option(
        name: .customLong("mount"),
        help: ArgumentHelp("Mount a volume, bind, tmpfs or image: type=…,source=…,target=…[,…].", valueName: "mount")
    )
    var mounts: [String] = []
    @Option(help: ArgumentHelp("Mount an empty directory in memory: DST[:OPTIONS].", valueName: "tmpfs"))
    var tmpfs: [String] = []
    @Option(help: ArgumentHelp("Mount what another container has mounted: CONTAINER[:ro].", valueName: "container"))
    var volumesFrom: [String] = []
    @Option(help: ArgumentHelp("The driver of volumes for which none is named.", valueName: "driver"))
    var volumeDriver: String?

    /// Reads the arguments.
    ///
    /// - Returns: What is asked for.
    /// - Throws: `LayerError` of code `usage`, in Docker's words.
    func requests() throws -> MountRequests {
        let directory = try Host.currentDirectory()
        var requests = MountRequests()
        requests.volumesFrom = volumesFrom
        requests.volumeDriver = volumeDriver ?? ""
        for text in tmpfs { requests.addTmpfs(text) }
        do throws(MountError) {
            for text in volumes { try requests.addVolume(text, in: directory) }
        } catch {
            throw LayerError(.usage, error.description, cause: error)
        }
        for text in mounts {
            do throws(MountError) {
                try requests.addMount(text, in: directory, parseSize: HumanSize.parse)
            } catch {
                let reason = "invalid argument \(GoQuote.quoted(text)) for \"--mount\" flag: \(error)"
                throw LayerError(.usage, reason, cause: error)
            }
        }
        return requests
    }
}
