/// Pieces of pictures as text.
enum SVGText {
    /// Text in which nothing is markup, in HTML as well as in SVG; what no document may hold is left out.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default:
                // Source: XML 1.0, 2.2 Characters.
                let isControl = scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value)
                if !isControl, ![0xFFFE, 0xFFFF].contains(scalar.value) { escaped.unicodeScalars.append(scalar) }
            }
        }
        return escaped
    }

    /// A length with one place behind the point, and none where it is 0.
    static func number(_ value: Double) -> String {
        let tenths = Int64((min(abs(value), 1e9) * 10).rounded())
        let sign = value < 0 && tenths > 0 ? "-" : ""
        return sign + "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
    }

    /// Parts that are moved down.
    static func group(y: Double, _ content: String) -> String {
        "<g transform=\"translate(0 \(number(y)))\">\n\(content)\n</g>"
    }

    /// A text.
    static func text(_ text: String, x: Double, y: Double, _ kind: String) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" class=\"\(kind)\">\(escape(text))</text>"
    }

    /// A rectangle.
    static func box(x: Double, y: Double, width: Double, height: Double, _ kind: String, title: String = "") -> String {
        let size = "width=\"\(number(width))\" height=\"\(number(height))\""
        let told = title.isEmpty ? "/>" : "><title>\(escape(title))</title></rect>"
        return "<rect x=\"\(number(x))\" y=\"\(number(y))\" \(size) class=\"\(kind)\"\(told)"
    }

    /// A line.
    static func line(x1: Double, y1: Double, x2: Double, y2: Double, _ kind: String) -> String {
        let ends = "x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\""
        return "<line \(ends) class=\"\(kind)\"/>"
    }
}
