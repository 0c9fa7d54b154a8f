import ImageSpec
import ImageTransport
import LayerTestKit
import Testing

/// Archives that are made to do harm, as far as documents and blobs are concerned.
///
/// What tars of layers hold is for who unpacks them: here it is read and verified only.
@Suite struct HostileArchiveTests {
    @Test(
        "A hostile archive is refused with an error, or harmless",
        Need.shared("hostile/index.json"),
        .timeLimit(.minutes(3)),
        arguments: try HostileCase.all()
    )
    func cases(hostile: HostileCase) throws {
        let path = try #require(Need.sharedPath("hostile/\(hostile.file)"))
        let outcome = ArchiveOutcome(path)
        if let failure = outcome.failure {
            let isAllowed = hostile.isRefused || hostile.alternatives.contains("reject")
            #expect(isAllowed, "\(hostile.id): \(failure)")
            // `history` checks the rows and is above this module.
            let error = try #require(failure as? TransportError)
            #expect(error.subject.file == path)
            #expect(!error.reason.isEmpty)
            #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
            // The generator's bait: a file of the host with this content.
            #expect(!error.description.contains("SECRET-CANARY-VALUE"))
        } else if hostile.isMetadata {
            #expect(!hostile.isRefused || hostile.alternatives.contains("safe"), "\(hostile.id) was accepted")
        }
    }

    @Test("Asking for a platform or a place of a hostile archive is answered too", Need.shared("hostile/index.json"))
    func otherRequests() throws {
        let requests = [
            PlatformRequest.explicit(Platform(os: "linux", architecture: "riscv64")),
            .host(Platform(os: "linux", architecture: "arm64")),
        ]
        for hostile in try HostileCase.all() where hostile.isMetadata {
            let path = try #require(Need.sharedPath("hostile/\(hostile.file)"))
            for request in requests {
                do {
                    let source = try ImageSource.open(.path(path), selector: .position(0), platform: request)
                    _ = try source.onlyImage()
                } catch {
                    #expect(error is TransportError, "\(hostile.id): \(error)")
                }
            }
        }
    }
}
