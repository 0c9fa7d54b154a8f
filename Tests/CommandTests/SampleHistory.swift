import LayerTestKit

extension MadeImage {
    /// An image of which everything is in tests' output: three rows, one of them empty, two layers of 5 and 1,234 bytes.
    static func sample(tags: [String] = ["example.test/app:1.0", "example.test/app:latest"]) throws -> MadeImage {
        let long = "b=" + String(repeating: "x", count: 1234)
        var image = try MadeImage([["a=12345"], ["d/", "d/" + long]], tags: tags)
        image.created = "1999-01-02T03:04:05.123456789Z"
        image.history = #"""
            [{"created":"1999-01-02T03:04:05Z","created_by":"/bin/sh -c #(nop) ADD file:0123456789abcdef in /","comment":"base"},
            {"created":"1999-01-02T03:04:06Z","created_by":"ENV\tA=b","empty_layer":true},
            {"created_by":"RUN make"}]
            """#
        image.runConfig = #"{"Cmd":["sh"],"Env":["A=b"],"Labels":{"k":"v","n":"1"}}"#
        return image
    }

    /// An image of a single layer with one file of that content.
    static func single(_ content: String, tags: [String] = []) throws -> MadeImage {
        try MadeImage([["file=\(content)"]], tags: tags)
    }
}
