import ImageSpec
import TextOutput

/// The page that `report` writes: one file, its data in it, nothing fetched.
///
/// The data is JSON in an element of its own, in which no `<` stands; the script puts names into the page as text only, so that no name can
/// become markup. No template library: those to be had bring Foundation, see the page 0003 under Decisions.
enum ReportPage {
    /// Puts a page together.
    ///
    /// - Parameter document: What is to be shown.
    /// - Returns: The page.
    static func html(_ document: JSONObject) -> [UInt8] {
        var content = Array(body.utf8)
        content += Array(#"<script type="application/json" id="data">"#.utf8)
        content += JSONValue.object(document).encoded(escapesHTML: true)
        content += Array("</script>\n<script>\(ReportScript.javaScript)</script>\n".utf8)
        return PageFrame.html(title: "Image report", css: ReportStyle.css, isScripted: true, content: content)
    }

    private static let body = """
        <header>
        <h1 id="title"></h1>
        <p id="subtitle"></p>
        <dl id="facts"></dl>
        </header>
        <main>
        <section aria-labelledby="layers-title">
        <h2 id="layers-title">Layers</h2>
        <div id="bar" role="img"></div>
        <table id="layers"><thead><tr><th></th><th>Layer</th><th class="number">Size</th><th class="number">Files</th>\
        <th>Created by</th></tr></thead><tbody></tbody></table>
        </section>
        <section aria-labelledby="map-title">
        <h2 id="map-title">Where the bytes are</h2>
        <nav id="crumbs" aria-label="Directory"></nav>
        <div id="map"></div>
        <p class="note">The area is what files hold, in all layers, hidden files too; the colour is that of the layer that has most of it. \
        Choose a directory to look into it.</p>
        </section>
        <section aria-labelledby="waste-title">
        <h2 id="waste-title">Wasted</h2>
        <p id="waste-summary"></p>
        <table id="waste"><thead><tr><th>Why</th><th class="number">Bytes</th><th class="number">Files</th><th>Path</th></tr></thead>\
        <tbody></tbody></table>
        </section>
        <section aria-labelledby="history-title">
        <h2 id="history-title">History</h2>
        <table id="history"><thead><tr><th>Created</th><th class="number">Size</th><th>Created by</th><th>Comment</th></tr></thead>\
        <tbody></tbody></table>
        </section>
        <section aria-labelledby="config-title">
        <h2 id="config-title">Config</h2>
        <table id="config"><tbody></tbody></table>
        </section>
        </main>
        <noscript>This page draws itself with a script that is part of it.</noscript>

        """
}
