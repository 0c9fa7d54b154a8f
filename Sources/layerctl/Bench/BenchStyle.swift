import LayerKit

/// How a picture of figures looks, light and dark.
enum BenchStyle {
    /// The class of what belongs to a driver, or to the store alone.
    static func kind(_ subject: BenchmarkSubject) -> String {
        let driver =
            subject.driver.map { ["overlay", "userns", "fuse", "copy"].contains($0) ? $0 : "other" } ?? "alone"
        return driver + (subject.cache == .cold ? " cold" : "")
    }

    /// The colours that a page has already.
    static let colours = """
        :root { --card: #ffffff; --ink: #1c2230; --soft: #5c6577; --line: #e3e6ee; background: var(--card); }
        @media (prefers-color-scheme: dark) {
        :root { --card: #1a1f29; --ink: #e8ebf2; --soft: #97a1b5; --line: #2b3240; } }

        """

    /// What is drawn.
    static let chart = """
        .chart text { font: 12px system-ui, sans-serif; fill: var(--ink); }
        .chart .name { text-anchor: end; font-weight: 600; }
        .chart .soft { fill: var(--soft); }
        .chart .end { text-anchor: end; fill: var(--soft); }
        .chart .middle { text-anchor: middle; fill: var(--soft); }
        .chart .heading { font-size: 13px; font-weight: 600; }
        .chart .grid { stroke: var(--line); }
        .chart .whisker { stroke: var(--ink); stroke-width: 1; }
        .chart .half { fill: var(--ink); opacity: .35; }
        .chart .overlay { fill: #4a8fd4; stroke: none; } .chart .userns { fill: #9a74dc; stroke: none; }
        .chart .fuse { fill: #dd8a3c; stroke: none; } .chart .copy { fill: #43a877; stroke: none; }
        .chart .alone, .chart .other { fill: #8590a3; stroke: none; }
        .chart .cold { opacity: .6; }
        .chart polyline { fill: none !important; stroke-width: 2; }
        .chart polyline.overlay { stroke: #4a8fd4; } .chart polyline.userns { stroke: #9a74dc; }
        .chart polyline.fuse { stroke: #dd8a3c; } .chart polyline.copy { stroke: #43a877; }
        .chart polyline.other { stroke: #8590a3; } .chart polyline.cold { stroke-dasharray: 5 4; }

        """

    /// The same in a page.
    static var css: String { chart + ".chart { width: 100%; height: auto; display: block; }\n" }
}
