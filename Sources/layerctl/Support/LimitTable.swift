import ImageSpec
import LayerModel
import TextOutput

/// The limits on what is read from outside, as `info` shows them.
enum LimitTable {
    private static let units: [(byteCount: Int64, name: String)] = [
        (1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"),
    ]

    /// The limits by their names.
    static func object(_ limits: InputLimits) -> JSONObject {
        var object = JSONObject()
        for limit in InputLimit.allCases { object[limit.rawValue] = JSONValue(limits[limit]) }
        return object
    }

    /// The table for people.
    static func lines(_ limits: InputLimits) -> [UInt8] {
        let rows = InputLimit.allCases.map { limit in
            let values = [limits[limit], limit.standard, limit.greatest].map { text($0, of: limit) }
            return "\(limit.rawValue)\t\(values.joined(separator: "\t"))\t\(limit.summary)\n"
        }
        return TablePrinter().format(Array(("NAME\tLIMIT\tSTANDARD\tAT MOST\tOF\n" + rows.joined()).utf8))
    }

    /// The names with what is usual, a line each: for the help.
    static var standards: String {
        // Every start of a verb that stands behind `load` comes by here, and joining costs it more than all these texts.
        InputLimit.allCases.reduce(into: "") { text, limit in
            if !text.isEmpty { text += ", " }
            text += "\(limit.rawValue)=\(Self.text(limit.standard, of: limit))"
        }
    }

    /// Those that are not as usual, as they are given.
    static func changes(_ limits: InputLimits) -> String {
        InputLimit.allCases.filter { limits[$0] != $0.standard }.map { "\($0.rawValue)=\(text(limits[$0], of: $0))" }
            .joined(separator: ", ")
    }

    /// A value as it can be given: whole binary units where it is some.
    static func text(_ value: Int64, of limit: InputLimit) -> String {
        guard limit.isByteCount, value > 0, let unit = units.first(where: { value % $0.byteCount == 0 }) else {
            return "\(value)"
        }
        return "\(value / unit.byteCount)\(unit.name)"
    }
}
