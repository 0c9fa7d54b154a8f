internal import LayerModel
package import LayerSystem

/// Finds out what decides on a driver.
package enum DriverProbe {
    /// What the name of the directory begins with in which things are tried.
    package static let trialPrefix = ".probe-"

    /// Chooses a driver for a store.
    ///
    /// - Parameters:
    ///   - request: What the user asks for.
    ///   - storeRoot: The store's root; things are tried in a directory there, which is removed again.
    /// - Returns: The driver, and why it is this one.
    /// - Throws: `DriverError` when the driver that was asked for does not work here; `SystemError` when the trial directory cannot be
    ///   removed.
    package static func choose(requested request: DriverRequest, storeRoot: Directory) throws -> DriverChoice {
        try DriverChoice(request, try facts(storeRoot: storeRoot))
    }

    /// Finds out all facts.
    ///
    /// - Parameter storeRoot: The store's root; things are tried in a directory there, which is removed again.
    /// - Returns: The facts; on a store that cannot be written, nothing that needs writing works.
    /// - Throws: `SystemError` when the trial directory cannot be removed.
    package static func facts(storeRoot: Directory) throws(SystemError) -> DriverFacts {
        var facts = hostFacts(fileSystemTypeName: try storeRoot.fileSystemFacts().typeName)
        let name = try TemporaryName.make(prefix: trialPrefix)
        facts.trial = outcome { () throws(SystemError) in try storeRoot.makeDirectory(name) }
        guard facts.trial == .works else { return facts }
        do {
            try tryOut(storeRoot.open(name), &facts)
        } catch {
            facts.trial = .fails(error.description)
        }
        try storeRoot.removeTree(name)
        return facts
    }

    /// What is known without a look at the store.
    private static func hostFacts(fileSystemTypeName: String) -> DriverFacts {
        DriverFacts(
            kernelVersion: Host.kernelVersion,
            mayMount: Host.mayMount,
            isInitialNamespace: UserNamespace.isInitial,
            overlayMount: .fails("not tried"),
            userNamespace: outcome { () throws(SystemError) in try UserNamespace.probe() },
            mapping: UserNamespace.entered?.description ?? NamespaceMapping.available().description,
            fileSystemTypeName: fileSystemTypeName,
            trial: .works,
            tellsKinds: false,
            userAttribute: .fails("not tried"),
            whiteout: .fails("not tried"),
            fuseProgram: HostFile.findProgram("fuse-overlayfs"),
            fuseDeviceOpens: HostFile.isOpenable("/dev/fuse"),
            hasFuseMounter: HostFile.findProgram(FuseMounter.userProgram) != nil
        )
    }

    /// Tries out what the file system can do, in an empty directory.
    private static func tryOut(_ directory: Directory, _ facts: inout DriverFacts) throws(SystemError) {
        try directory.makeDirectory("kinds")
        let reader = try directory.reader()
        facts.tellsKinds = try reader.next() && reader.kind == .directory
        let attribute = ExtendedAttribute(name: Array("user.layerctl.probe".utf8), value: [1])
        facts.userAttribute = outcome { () throws(SystemError) in
            try directory.setExtendedAttribute(attribute, of: "kinds")
        }
        facts.whiteout = outcome { () throws(SystemError) in try directory.makeWhiteout("whiteout") }
        guard facts.mayMount else { return }
        try directory.makeDirectory("overlay")
        let trial = try directory.open("overlay")
        let isUser = !facts.isInitialNamespace
        facts.overlayMount = outcome { () throws(SystemError) in
            try OverlayTrial.run(in: trial, usesUserAttributes: isUser)
        }
    }

    private static func outcome(_ body: () throws(SystemError) -> Void) -> DriverFacts.Outcome {
        do {
            try body()
            return .works
        } catch {
            return .fails(error.subject.isEmpty ? "\(error.call): \(error.reason)" : error.description)
        }
    }
}
