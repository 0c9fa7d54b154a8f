import ImageSpec
import LayerModel
import LayerTestKit
import Testing

@testable import LayerStorage

/// What a user writes finds the image that Docker would find.
@Suite struct ResolutionTests {
    private let sample: SampleStore
    private let one: MadeImage
    private let two: MadeImage

    init() throws {
        sample = try SampleStore()
        one = try MadeImage.single("1", tags: ["busybox:latest", "example.test/app:1.0"])
        two = try MadeImage.single("2", tags: ["busybox:old"])
        try sample.add(one, manifest: "{}")
        try sample.add(two)
    }

    private func found(_ text: String) throws -> ImageID { try sample.store.resolve(text).record.id }

    private func failure(_ text: String) -> StorageError? {
        #expect(throws: StorageError.self, "\(text)") { try sample.store.resolve(text) }
    }

    /// Two images whose IDs begin with the same digits, and those digits.
    private func twins() throws -> (first: MadeImage, second: MadeImage, digits: String) {
        var seen: [String: MadeImage] = [:]
        for number in 0..<2000 {
            let image = try MadeImage.single("twin-\(number)")
            let digits = String(image.id.digest.hex.prefix(4))
            if let other = seen[digits] { return (other, image, digits) }
            seen[digits] = image
        }
        throw StorageError(.notFound, "", "no two IDs with four digits alike")
    }

    @Test func `An ID is found whole, with and without its algorithm, and by its beginning`() throws {
        let hex = one.id.digest.hex
        #expect(try found(hex) == one.id)
        #expect(try found("sha256:" + hex) == one.id)
        for count in [8, 12, 63] {
            #expect(try found(String(hex.prefix(count))) == one.id)
            #expect(try found("sha256:" + hex.prefix(count)) == one.id)
        }
        #expect(
            try sample.store.resolve(hex).names.map(\.reference.familiar) == ["busybox:latest", "example.test/app:1.0"]
        )
    }

    @Test func `A name is found in every spelling of it`() throws {
        for name in [
            "busybox", "busybox:latest", "library/busybox", "docker.io/busybox", "docker.io/library/busybox:latest",
        ] {
            #expect(try found(name) == one.id)
        }
        #expect(try found("busybox:old") == two.id)
        #expect(try found("example.test/app:1.0") == one.id)
    }

    @Test func `A name with a digest is found by the digest of the manifest`() throws {
        let digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        #expect(try found("busybox@" + digest) == one.id)
        #expect(try found("example.test/app@" + digest) == one.id)
        #expect(failure("other@" + digest)?.kind == .notFound)
        #expect(failure("busybox@sha256:" + one.id.digest.hex)?.kind == .notFound)
    }

    @Test(
        "What is not there is said as Docker says it",
        arguments: [
            ("busybox:none", "No such image: busybox:none"), ("absent", "No such image: absent:latest"),
            ("example.test/app", "No such image: example.test/app:latest"), ("UPPER", "No such image: UPPER"),
            ("", "No such image: "), ("../..", "No such image: ../.."),
            ("0123456789", "No such image: 0123456789:latest"),
        ]
    )
    func absent(text: String, message: String) {
        let error = failure(text)
        #expect(error?.kind == .notFound)
        #expect(error?.description == message)
    }

    @Test func `A beginning that two IDs have is a conflict, one digit more is not`() throws {
        let (first, second, digits) = try twins()
        try sample.add(first)
        try sample.add(second)
        let error = failure(digits)
        #expect(error?.kind == .conflict)
        #expect(error?.reason.contains("is the beginning of the IDs of 2 images") == true)
        let difference = zip(first.id.digest.hex, second.id.digest.hex).prefix { $0 == $1 }.count
        #expect(try found(String(first.id.digest.hex.prefix(difference + 1))) == first.id)
        #expect(try found(String(second.id.digest.hex.prefix(difference + 1))) == second.id)
    }

    @Test func `A name that looks like the beginning of an ID is a name first`() throws {
        let digits = String(two.id.digest.hex.prefix(6))
        #expect(try found(digits) == two.id)
        _ = try sample.store.setName(SampleStore.reference(digits), to: one.id)
        #expect(try found(digits) == one.id)
        #expect(try found(String(two.id.digest.hex.prefix(7))) == two.id)
    }

    @Test func `Capitals are no digits of an ID`() throws {
        let upper = one.id.digest.hex.uppercased()
        #expect(failure(upper)?.kind == .notFound)
        #expect(failure(String(upper.prefix(12)))?.kind == .notFound)
    }
}
