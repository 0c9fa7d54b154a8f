import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// What `inspect` says of an image.
///
/// Source: moby `api/types/image/image_inspect.go` (contract 3.11).
enum InspectDocument {
    /// The document, its members in Docker's order.
    static func object(_ image: ImageDetails) -> JSONObject {
        var members: [(String, JSONValue)] = [
            ("Id", .string(image.id.description)),
            ("RepoTags", .array(image.references.sorted().map { .string($0.familiar) })),
            ("RepoDigests", .array(repositoryDigests(image))),
        ]
        if let comment = image.config.history.last?.comment { members.append(("Comment", .string(comment))) }
        if let created = image.config.created { members.append(("Created", .string(created.rfc3339()))) }
        if let author = image.config.author { members.append(("Author", .string(author))) }
        members.append(("Config", .object(image.config.config)))
        members.append(("Architecture", .string(image.config.architecture ?? "")))
        if let variant = image.config.variant { members.append(("Variant", .string(variant))) }
        members.append(("Os", .string(image.config.os ?? "")))
        if let version = image.config.osVersion { members.append(("OsVersion", .string(version))) }
        members.append(("Size", image.treeByteCount.map { JSONValue($0) } ?? .null))
        if let location = image.location { members.append(("GraphDriver", graphDriver(location))) }
        members.append(("RootFS", rootFS(image)))
        members.append(("Metadata", metadata(image)))
        if let digest = image.manifestDigest { members.append(("ManifestDigest", .string(digest.description))) }
        members.append(("SourceFormat", .string(image.sourceFormat)))
        members.append(("Layers", .array(image.layers.map(layer))))
        return JSONObject(members)
    }

    private static func repositoryDigests(_ image: ImageDetails) -> [JSONValue] {
        guard let digest = image.manifestDigest else { return [] }
        let repositories = Set(image.references.map(\.familiarName)).sorted()
        return repositories.map { .string("\($0)@\(digest)") }
    }

    private static func graphDriver(_ location: StoreLocation) -> JSONValue {
        let lower = location.lowerPaths.joined(separator: ":")
        return ["Data": ["LowerDir": .string(lower)], "Name": "overlay"]
    }

    private static func rootFS(_ image: ImageDetails) -> JSONValue {
        ["Type": "layers", "Layers": .array(image.layers.map { .string($0.diffID.description) })]
    }

    private static func metadata(_ image: ImageDetails) -> JSONValue {
        let tagged = image.location?.tagged.map { JSONValue.string($0.rfc3339()) }
        return ["LastTagTime": tagged ?? .string("0001-01-01T00:00:00Z")]
    }

    private static func layer(_ layer: LayerDetails) -> JSONValue {
        [
            "DiffID": .string(layer.diffID.description),
            "Blob": layer.blobDigest.map { .string($0.description) } ?? .null,
            "CompressedSize": layer.blobByteCount.map { JSONValue($0) } ?? .null,
            "Size": layer.size.map { JSONValue($0.treeByteCount) } ?? .null,
            "Files": layer.size.map { JSONValue($0.fileCount) } ?? .null,
        ]
    }

    /// The document as a template sees it: a Go struct, so that an unknown field is an error.
    static let shape = TemplateShape.record([
        "Id": .text, "RepoTags": .list(.text), "RepoDigests": .list(.text), "Parent": .text, "Comment": .text,
        "Created": .text, "Author": .text, "Config": .record(configFields), "Architecture": .text, "Variant": .text,
        "Os": .text, "OsVersion": .text, "Size": .integer,
        "GraphDriver": .record(["Data": .map(.text), "Name": .text]),
        "RootFS": .record(["Type": .text, "Layers": .list(.text)]),
        "Metadata": .record(["LastTagTime": .text]), "ManifestDigest": .text, "SourceFormat": .text,
        "Layers": .list(.any),
    ])

    /// Source: moby docker-image-spec `specs-go/v1/image.go`.
    private static let configFields: KeyValuePairs<String, TemplateShape> = [
        "User": .text, "ExposedPorts": .map(.any), "Env": .list(.text), "Entrypoint": .list(.text), "Cmd": .list(.text),
        "Volumes": .map(.any), "WorkingDir": .text, "Labels": .map(.text), "StopSignal": .text, "ArgsEscaped": .bool,
        "Healthcheck": .any, "OnBuild": .list(.text), "Shell": .list(.text),
    ]
}
