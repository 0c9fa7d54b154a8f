import ImageSpec
import LayerModel
import LayerSystem

extension BenchmarkReport {
    /// The longest report that is read: 100,000 measurements are 5 MB.
    private static let byteLimit = 64 << 20

    /// Reads a report that was saved.
    ///
    /// - Parameter path: The file.
    /// - Throws: `LayerError`: `notFound`, or `corrupt` for what is no report, or one of a later form.
    public init(readingFrom path: String) throws(LayerError) {
        self = try LayerError.catching {
            let bytes = try File.openForReading(path: path).readAll(byteLimit: Self.byteLimit)
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONValue(parsing: bytes, limits: JSONLimits(byteCount: Self.byteLimit))
            } catch {
                throw LayerError(.corrupt, "\(EscapedText.name(path.utf8)): \(error)", cause: error)
            }
            do throws(Fault) {
                return try BenchmarkReport(value)
            } catch {
                throw LayerError(.corrupt, "\(EscapedText.name(path.utf8)): \(error.reason)")
            }
        }
    }

    /// Why a document is no report.
    struct Fault: Error, Hashable {
        let reason: String
    }

    /// Takes a report out of its JSON.
    init(_ value: JSONValue) throws(Fault) {
        guard value["schema"]?.stringValue == Self.schema else {
            throw Fault(reason: "no report of bench in the form \(Self.schema)")
        }
        self.init()
        version = value["version"]?.stringValue ?? ""
        created = value["created"]?.stringValue.flatMap { Timestamp(rfc3339: $0) } ?? created
        machine.kernel = value["machine"]?["kernel"]?.stringValue ?? ""
        machine.architecture = value["machine"]?["architecture"]?.stringValue ?? ""
        machine.processor = value["machine"]?["processor"]?.stringValue ?? ""
        machine.processorCount = value["machine"]?["processors"]?.intValue ?? 0
        machine.memoryByteCount = value["machine"]?["memoryBytes"]?.int64Value ?? 0
        place = value["place"]?.stringValue ?? ""
        fileSystem = value["fileSystem"]?.stringValue ?? ""
        durability = value["durability"]?.stringValue.flatMap(Durability.init(rawValue:)) ?? .full
        image.name = value["image"]?["name"]?.stringValue ?? ""
        image.layerCount = value["image"]?["layers"]?.intValue ?? 0
        image.fileCount = value["image"]?["files"]?.int64Value ?? 0
        image.byteCount = value["image"]?["bytes"]?.int64Value ?? 0
        runCount = value["runs"]?.intValue ?? 0
        coldness = value["coldness"]?.stringValue.flatMap(Coldness.init(rawValue:))
        drivers = (value["drivers"]?.arrayValue ?? []).compactMap(\.stringValue)
        omissions = (value["leftOut"]?.arrayValue ?? []).map { omission in
            Omission(
                work: omission["work"]?.stringValue,
                driver: omission["driver"]?.stringValue,
                reason: omission["reason"]?.stringValue ?? ""
            )
        }
        for (place, figure) in (value["figures"]?.arrayValue ?? []).enumerated() {
            // A later version may measure what this one does not know.
            guard let name = figure["work"]?.stringValue, let work = BenchmarkWork(rawValue: name) else { continue }
            guard let figure = BenchmarkFigure(work, figure) else {
                throw Fault(reason: "figure \(place + 1) (\(work.rawValue)) is not whole")
            }
            figures.append(figure)
        }
    }
}

extension BenchmarkFigure {
    /// Takes a figure out of its JSON; nil for one that is not whole.
    fileprivate init?(_ work: BenchmarkWork, _ value: JSONValue) {
        guard let cache = value["cache"]?.stringValue.flatMap(BenchmarkCache.init(rawValue:)),
            let amount = value["amount"]?.int64Value, amount >= 0,
            let walls = Self.times(value["samples"]?["seconds"]),
            let users = Self.times(value["samples"]?["userSeconds"]), users.count == walls.count,
            let systems = Self.times(value["samples"]?["systemSeconds"]), systems.count == walls.count
        else { return nil }
        let samples = walls.indices.map { place in
            BenchmarkSample(
                wallNanoseconds: walls[place],
                userNanoseconds: users[place],
                systemNanoseconds: systems[place]
            )
        }
        let subject = BenchmarkSubject(
            work,
            driver: value["driver"]?.stringValue,
            cache: cache,
            layerCount: value["layers"]?.intValue
        )
        self.init(subject, amount: amount, samples)
    }

    private static func times(_ value: JSONValue?) -> [Int64]? {
        guard let elements = value?.arrayValue else { return nil }
        let times = elements.compactMap(\.nanosecondsValue)
        return times.count == elements.count ? times : nil
    }
}

extension JSONValue {
    fileprivate var intValue: Int? { int64Value.flatMap { Int(exactly: $0) } }
}
