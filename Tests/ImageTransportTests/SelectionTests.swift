import ImageSpec
import ImageTransport
import Testing

/// Several images in one file: `FILE:REF`, `FILE:@N`, and what is said when neither chooses one.
@Suite struct SelectionTests {
    enum Form: CaseIterable {
        case docker
        case oci
        case hybrid
        case hybridWithoutSecond

        func make(_ images: [SampleImage]) throws -> SampleArchive {
            switch self {
            case .docker: .docker(images)
            case .oci: try .layout(images)
            case .hybrid: try .hybrid(images)
            case .hybridWithoutSecond: try .hybrid(images, indexed: [images[0]])
            }
        }
    }

    static let first = SampleImage(["one"], tags: ["example.test/one:1.0"])
    static let second = SampleImage(["one", "two"], tags: ["busybox:latest"])

    @Test("Without a selector all images are there, in the order of the file", arguments: Form.allCases)
    func all(form: Form) throws {
        let source = try PlacedFile(form.make([Self.first, Self.second])).open()
        #expect(source.images.map(\.imageID) == [Self.first.id, Self.second.id])
        #expect(source.choices == ["@0 example.test/one:1.0", "@1 busybox:latest"])
    }

    @Test("Where one image is wanted and several are there, the choices are listed", arguments: Form.allCases)
    func ambiguity(form: Form) throws {
        let file = try PlacedFile(form.make([Self.first, Self.second]))
        let error = #expect(throws: TransportError.self) { try file.open().onlyImage() }
        #expect(error?.kind == .ambiguous)
        #expect(
            error?.description == "\(file.path): choose one of 2 images with FILE:REF or FILE:@N: "
                + "@0 example.test/one:1.0, @1 busybox:latest"
        )
    }

    @Test(
        "A place or any way to write the name chooses the image",
        arguments: Form.allCases,
        [
            ("@0", 0), ("example.test/one:1.0", 0), ("@1", 1), ("busybox", 1), ("busybox:latest", 1),
            ("docker.io/library/busybox", 1), ("docker.io/library/busybox:latest", 1), ("library/busybox", 1),
        ]
    )
    func chosen(form: Form, choice: (selector: String, position: Int)) throws {
        let image = try PlacedFile(form.make([Self.first, Self.second])).open(choice.selector).onlyImage()
        #expect(image.imageID == [Self.first, Self.second][choice.position].id)
        #expect(image.position == choice.position)
    }

    @Test(
        "What chooses nothing is answered with the choices",
        arguments: Form.allCases,
        [
            "@2", "@999999999", "@-1", "@", "@x", "one", "example.test/one", "example.test/one:2.0", "Busybox",
            "\u{1B}[2J",
        ]
    )
    func notFound(form: Form, selector: String) throws {
        let file = try PlacedFile(form.make([Self.first, Self.second]))
        let error = #expect(throws: TransportError.self) { try file.open(selector) }
        #expect(error?.kind == .notFound)
        #expect(error?.reason.hasSuffix(": @0 example.test/one:1.0, @1 busybox:latest") == true)
        #expect(error?.description.contains("\u{1B}") == false)
    }

    @Test("An image with several names is one image", arguments: Form.allCases)
    func severalNames(form: Form) throws {
        var image = Self.first
        image.tags = ["example.test/one:1.0", "example.test/one:1", "other.test/one:latest"]
        let expected = form == .oci ? Array(image.tags.prefix(1)) : image.tags
        let source = try PlacedFile(form.make([image])).open()
        #expect(try source.onlyImage().references.map(\.familiar) == expected)
    }

    @Test("Two entries of one name and platform must be told apart by place")
    func ambiguousName() throws {
        var other = Self.second
        other.tags = Self.first.tags
        let file = try PlacedFile(SampleArchive.layout([Self.first, other]))
        let error = #expect(throws: TransportError.self) { try file.open("example.test/one:1.0") }
        #expect(error?.kind == .ambiguous)
        #expect(error?.reason.contains("names 2 images, choose one with FILE:@N: @0") == true)
        #expect(try file.open("@1").onlyImage().imageID == other.id)
    }

    @Test(
        "A name that is no reference chooses an image and names none (contract L-114)",
        arguments: ["latest", "v1", "a b"]
    )
    func freeName(name: String) throws {
        var image = Self.first
        image.tags = [name]
        let file = try PlacedFile(SampleArchive.layout([image]))
        #expect(try file.open().onlyImage().references.isEmpty)
        #expect(try file.open().onlyImage().rawNames == [name])
        #expect(try file.open(name).onlyImage().imageID == image.id)
    }

    @Test("An untagged image that Docker left out of index.json is counted on behind (@N)")
    func leftOut() throws {
        var untagged = Self.second
        untagged.tags = []
        let file = try PlacedFile(SampleArchive.hybrid([Self.first, untagged], indexed: [Self.first]))
        let source = try file.open()
        #expect(source.images.map(\.imageID) == [Self.first.id, untagged.id])
        #expect(source.choices == ["@0 example.test/one:1.0", "@1"])
        #expect(try file.open("@1").onlyImage().imageID == untagged.id)
    }

    @Test("A file that lists no images says so", arguments: ["[]"])
    func none(manifest: String) throws {
        var archive = SampleArchive()
        archive.add("manifest.json", manifest)
        let file = try PlacedFile(archive)
        let error = #expect(throws: TransportError.self) { try file.open() }
        #expect(error?.kind == .notFound)
        #expect(error?.description == "\(file.path): there is no image in it")
    }
}
