/// A page in one file, which fetches nothing.
enum PageFrame {
    /// Puts a page together.
    ///
    /// - Parameters:
    ///   - title: What the browser calls it; without markup.
    ///   - css: How it looks, beside what all pages have in common.
    ///   - isScripted: Whether a script that is part of it may run.
    ///   - content: What stands in its body.
    /// - Returns: The page.
    static func html(title: String, css: String, isScripted: Bool, content: [UInt8]) -> [UInt8] {
        let policy =
            "default-src 'none'; style-src 'unsafe-inline'" + (isScripted ? "; script-src 'unsafe-inline'" : "")
        let head = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <title>\(title)</title>
            <style>\(PageStyle.css)
            \(css)</style>
            </head>
            <body>

            """
        return Array(head.utf8) + content + Array("</body>\n</html>\n".utf8)
    }
}
