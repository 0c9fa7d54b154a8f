import ImageSpec
import LayerModel
import LayerStorage

/// The last run of a container, as its record keeps it.
struct RunRecord {
    /// The status of a process whose end nobody saw.
    static let unknownStatus: Int32 = 255

    var started: Timestamp
    var finished: Timestamp?
    var status: Int32?
    var failure = ""
}

extension ContainerRecord {
    private static let runKey = "run"

    /// The last run; nil when there was none.
    var run: RunRecord? {
        get {
            guard let json = self[member: Self.runKey]?.objectValue,
                let started = json["started"]?.stringValue.flatMap({ Timestamp(rfc3339: $0) })
            else { return nil }
            return RunRecord(
                started: started,
                finished: json["finished"]?.stringValue.flatMap { Timestamp(rfc3339: $0) },
                status: json["status"]?.int64Value.flatMap { Int32(exactly: $0) },
                failure: json["failure"]?.stringValue ?? ""
            )
        }
        set {
            guard let run = newValue else {
                self[member: Self.runKey] = nil
                return
            }
            var json: JSONObject = ["started": .string(run.started.rfc3339())]
            json["finished"] = run.finished.map { .string($0.rfc3339()) }
            json["status"] = run.status.map { JSONValue($0) }
            json["failure"] = run.failure.isEmpty ? nil : .string(run.failure)
            self[member: Self.runKey] = .object(json)
        }
    }
}
