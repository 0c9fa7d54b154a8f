import LayerStorage
import LayerSystem

extension ImageStore {
    /// Looks whether all of the store is as it was written: every record, document, index and name in every tree; with its data, every byte.
    ///
    /// Nothing is changed, and nobody is kept waiting but who deletes images. What users write, the own layers of containers and the
    /// files of volumes, has nothing that it could be held against.
    ///
    /// - Parameter options: What is asked for.
    /// - Returns: What is wrong; what is damaged is no error. A store that does not exist has no faults.
    /// - Throws: `LayerError` when the store itself cannot be read.
    public func check(_ options: CheckOptions = CheckOptions()) throws(LayerError) -> CheckReport {
        try LayerError.catching {
            guard store.root != nil else { return CheckReport() }
            let (lock, isAlone) = try store.lockForLooking()
            defer { withExtendedLifetime(lock) {} }
            return try StoreCheck(store: store, options: options).run(isAlone: isAlone).report
        }
    }

    /// Puts right what a check finds, and checks again.
    ///
    /// What is in a layer's index needs no more: names, kinds, modes, owners, times, attributes. What files hold comes from blobs that are
    /// kept or from archives, whose tar is verified to its end before anything of the layer is changed; only damaged files are
    /// written, in staging, and renamed over their names: who reads or mounts the layer is not disturbed. A layer without a whole index is
    /// unpacked anew, unless it is mounted. Images come back from archives that have them. Records of containers and volumes stay as they are.
    ///
    /// - Parameters:
    ///   - options: What is asked for: without data, files of the right length are taken for whole.
    ///   - archives: Files with images, in any form that `load` reads.
    /// - Returns: What was put right, and what is still wrong.
    /// - Throws: `LayerError` for a file that cannot be read, or when the store cannot be written.
    public func repair(
        _ options: CheckOptions = CheckOptions(),
        from archives: [ImageArgument] = []
    ) throws(LayerError) -> CheckReport {
        try LayerError.catching {
            let transaction = try store.begin()
            defer { withExtendedLifetime(transaction) {} }
            let check = StoreCheck(store: store, options: options)
            let found = try check.run(isAlone: false, faultLimit: .max)
            guard !found.report.isIntact else { return found.report }
            let sources = try RepairSources(
                archives,
                store,
                spoolDirectory: transaction.staging,
                limits: limits
            )
            var repair = StoreRepair(store, transaction, sources, workerCount: options.workerCount)
            try repair.run(found)
            var report = try check.run(isAlone: false).report
            report.repairs = repair.repairs
            // What the first look could not see was not put right, whatever the second one says.
            report.problems = found.inspection.unreadable + repair.problems
            return report
        }
    }
}
