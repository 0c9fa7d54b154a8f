import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Gives what the process of a container has written, but for what went to a terminal.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - options: Which lines.
    ///   - body: Gets each line.
    /// - Throws: `LayerError` of code `notFound`; what the body throws.
    public func logs(
        of name: String,
        _ options: LogOptions = LogOptions(),
        _ body: (LogLine) throws -> Void
    ) throws(LayerError) {
        try LayerError.catching {
            let id = try store.containerID(name)
            guard let place = try RunDirectory(openingOf: id, in: store),
                let file = try place.directory.openFileIfPresent(ContainerLog.name)
            else { return }
            var reader = LogReader(file, options)
            if let count = options.lineCount {
                for line in try reader.last(count) { try body(line) }
            }
            while true {
                // The look comes first: what was written before an end is read after it.
                let isRunning = try options.follows && place.isRunning()
                while let line = try reader.next() { try body(line) }
                guard isRunning else { return }
                Host.pause(milliseconds: 100)
            }
        }
    }
}
