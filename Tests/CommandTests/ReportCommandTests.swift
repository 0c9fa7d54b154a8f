import Foundation
import LayerTestKit
import Testing

/// `report`: the figures are the image's, and the page shows them in a browser, whatever names are in it.
@Suite struct ReportCommandTests {
    private static let hostile = "<svg><b>name"
    private let commands: CommandStore
    private let path: String

    init() throws {
        commands = try CommandStore()
        let name = Self.hostile
        var image = try MadeImage(
            [
                ["d/", "d/large=" + String(repeating: "x", count: 5000), "e=1"], ["d/", "d/large=short", "\(name)=22"],
                [".wh.e"],
            ],
            tags: ["example.test/app:1"]
        )
        image.history = #"[{"created_by":"first"},{"created_by":"</script><b>second</b>"},{"created_by":"third"}]"#
        image.runConfig = #"{"Cmd":["sh"],"Env":["A=<b>"]}"#
        path = try commands.file("app.tar", MadeImage.archive([image]))
    }

    private func page() throws -> String {
        let page = commands.folder + "/report.html"
        let run = try commands.run("report", path, "-o", page)
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
        return page
    }

    @Test func `The JSON has the image's figures`() throws {
        let run = try commands.run("report", "--format", "json", path)
        #expect(run.status == 0)
        let report = try #require(JSONSerialization.jsonObject(with: Data(run.outputBytes)) as? [String: Any])
        #expect(report["bytes"] as? Int == 5001 + 7)
        let layers = try #require(report["layers"] as? [[String: Any]])
        #expect(layers.map { $0["bytes"] as? Int } == [5001, 7, 0])
        #expect(layers.map { $0["createdBy"] as? String } == ["first", "</script><b>second</b>", "third"])
        let root = try #require(report["root"] as? [String: Any])
        #expect(root["bytes"] as? [String: Int] == ["0": 5001, "1": 7])
        let children = try #require(root["children"] as? [[String: Any]])
        #expect(children.map { $0["name"] as? String } == ["d", Self.hostile, "e"])
        #expect(children[0]["bytes"] as? [String: Int] == ["0": 5000, "1": 5])
        let waste = try #require(report["waste"] as? [String: Any])
        #expect(waste["bytes"] as? Int == 5001)
        let items = try #require(waste["items"] as? [[String: Any]])
        #expect(items.map { $0["path"] as? String } == ["/d/large", "/e"])
        #expect(items.map { $0["kind"] as? String } == ["overwritten", "deleted"])
    }

    @Test func `The page is one file whose data holds no markup`() throws {
        let text = String(decoding: try TestFile.read(page()), as: UTF8.self)
        let data = try #require(text.firstRange(of: #"<script type="application/json" id="data">"#))
        let rest = text[data.upperBound...]
        let end = try #require(rest.firstRange(of: "</script>"))
        #expect(!rest[..<end.lowerBound].contains("<"))
        #expect(rest[end.lowerBound...].components(separatedBy: "</script>").count == 3)
        for fetched in ["http:", "https:", "url(", "import(", "fetch("] {
            #expect(!text.contains(fetched), "\(fetched)")
        }
        #expect(try commands.run("report", "absent").status == 3)
        #expect(try commands.run("report", "--format", "pdf", path).status == 2)
    }

    @Test("A browser draws the page, with the figures and the names as text", Need.tool("chromium"))
    func drawn() throws {
        let page = try page()
        let browser = Browser(in: commands.folder)
        let dom = try browser.document(page)
        #expect(dom.contains("<title>example.test/app:1</title>"))
        #expect(dom.contains("<dt>Size</dt><dd>5.01 kB</dd>"))
        #expect(dom.contains("<dt>Wasted</dt><dd>5 kB</dd>"))
        #expect(dom.contains("&lt;/script&gt;&lt;b&gt;second&lt;/b&gt;"))
        #expect(!dom.contains("<svg"))
        let drawn = try #require(dom.firstMatch(of: /data-drawn="([0-9]+)"/))
        #expect(Int(drawn.1) ?? 0 >= 2)
        try browser.expectPicture(of: page)
    }
}
