public import ImageSpec
import LayerModel

/// The form in which reports are kept.
///
/// Names and meanings stay; a change that a reader would stumble over gets another `schema`, members may be added. All times are seconds as
/// decimal numbers, exact to the nanosecond; summaries follow from the samples and are there for other programs.
extension BenchmarkReport {
    /// What the member `schema` says.
    public static let schema = "layerctl-bench/1"

    /// The report as JSON.
    public var json: JSONObject {
        [
            "schema": .string(Self.schema),
            "version": .string(version),
            "created": .string(created.rfc3339()),
            "machine": [
                "kernel": .string(machine.kernel), "architecture": .string(machine.architecture),
                "processor": .string(machine.processor), "processors": JSONValue(machine.processorCount),
                "memoryBytes": JSONValue(machine.memoryByteCount),
            ],
            "place": .string(place),
            "fileSystem": .string(fileSystem),
            "durability": .string(durability.rawValue),
            "image": [
                "name": .string(image.name), "layers": JSONValue(image.layerCount),
                "files": JSONValue(image.fileCount), "bytes": JSONValue(image.byteCount),
            ],
            "runs": JSONValue(runCount),
            "coldness": coldness.map { .string($0.rawValue) } ?? .null,
            "drivers": .array(drivers.map { .string($0) }),
            "figures": .array(figures.map { .object($0.json) }),
            "leftOut": .array(omissions.map { .object($0.json) }),
        ]
    }
}

extension BenchmarkReport.Omission {
    fileprivate var json: JSONObject {
        [
            "work": work.map { .string($0) } ?? .null, "driver": driver.map { .string($0) } ?? .null,
            "reason": .string(reason),
        ]
    }
}

extension BenchmarkFigure {
    fileprivate var json: JSONObject {
        [
            "work": .string(subject.work.rawValue),
            "driver": subject.driver.map { .string($0) } ?? .null,
            "cache": .string(subject.cache.rawValue),
            "layers": subject.layerCount.map { JSONValue($0) } ?? .null,
            "unit": .string(subject.work.unit.rawValue),
            "amount": JSONValue(amount),
            "perSecond": JSONValue(Int64(rate.rounded())),
            "seconds": .object(wall.json),
            "userSeconds": .object(user.json),
            "systemSeconds": .object(system.json),
            "samples": [
                "seconds": .array(samples.map { .seconds($0.wallNanoseconds) }),
                "userSeconds": .array(samples.map { .seconds($0.userNanoseconds) }),
                "systemSeconds": .array(samples.map { .seconds($0.systemNanoseconds) }),
            ],
        ]
    }
}

extension BenchmarkStatistics {
    fileprivate var json: JSONObject {
        [
            "median": .seconds(median), "min": .seconds(minimum), "max": .seconds(maximum),
            "q1": .seconds(firstQuartile), "q3": .seconds(thirdQuartile),
        ]
    }
}

extension JSONValue {
    /// Nanoseconds as a decimal number of seconds, without zeros at its end.
    static func seconds(_ nanoseconds: Int64) -> JSONValue {
        let (whole, rest) = abs(nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
        var text = String(whole)
        if rest > 0 {
            var digits = String(1_000_000_000 + rest).dropFirst()
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return .number(nanoseconds < 0 ? "-" + text : text)
    }

    /// A number of seconds as nanoseconds; nil for what is none, or more than a century.
    var nanosecondsValue: Int64? {
        guard let seconds = numberText.flatMap(Double.init), abs(seconds) < 4e9 else { return nil }
        return Int64((seconds * 1e9).rounded())
    }
}
