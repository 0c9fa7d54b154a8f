import Foundation
import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Host")
struct HostTests {
    @Test(
        "machines are called as images call them",
        arguments: [
            ("x86_64", "amd64"), ("aarch64", "arm64"), ("armv7l", "arm"), ("i686", "386"), ("ppc64le", "ppc64le"),
            ("riscv64", "riscv64"), ("s390x", "s390x"), ("loongarch64", "loong64"), ("sparc64", "sparc64"),
        ]
    )
    func architectures(_ machine: String, _ name: String) {
        #expect(HostNames(machine: machine, release: "").architecture == name)
    }

    @Test(
        "a kernel's release is read as two numbers",
        arguments: [
            ("6.1.0-18-amd64", KernelVersion(6, 1)), ("5.11", KernelVersion(5, 11)), ("6", KernelVersion(6, 0)),
            ("6.18-rc1", KernelVersion(6, 18)), ("", KernelVersion(0, 0)), ("x.y", KernelVersion(0, 0)),
        ]
    )
    func kernelReleases(_ release: String, _ version: KernelVersion) {
        #expect(KernelVersion(release: release) == version)
    }

    @Test("versions are ordered by number, not by text")
    func versionOrder() {
        #expect(KernelVersion(5, 9) < KernelVersion(5, 11))
        #expect(KernelVersion(5, 11) < KernelVersion(6, 0))
    }

    @Test("the host is known")
    func facts() throws {
        #expect(!Host.architecture.isEmpty)
        #expect(Host.kernelVersion > KernelVersion(3, 0))
        #expect(Host.pageByteCount >= 4096)
        #expect(Host.peakResidentByteCount > 1 << 20)
        #expect(Host.environment("LAYERCTL_NO_SUCH_VARIABLE") == nil)
        #expect(Host.environment("PATH")?.isEmpty == false)
        #expect(Host.now().seconds > 1_600_000_000)
        #expect(Host.fileModeMask() <= 0o777)
        #expect(HostFile.findProgram("sh")?.hasSuffix("/sh") == true)
        #expect(HostFile.findProgram("no-such-program") == nil)
    }

    @Test("random bytes differ", arguments: [0, 1, 16, 1000])
    func randomBytes(_ count: Int) throws {
        #expect(try Host.randomBytes(count).count == count)
        if count >= 16 { #expect(try Host.randomBytes(count) != Host.randomBytes(count)) }
    }

    @Test("the local offset is that of the C library")
    func localOffset() {
        for seconds in [0, 1_000_000_000, 1_700_000_000, -1_000_000_000] {
            var moment = time_t(seconds)
            var local = tm()
            localtime_r(&moment, &local)
            #expect(LocalTime.offset(atSeconds: Int64(seconds)) == local.tm_gmtoff)
        }
        #expect(LocalTime.offset(atSeconds: .max) == 0)
    }

    @Test("the right to mount is what the kernel's status file says")
    func rightToMount() throws {
        let field = try #require(ProcessStatus.current()?.field("CapEff"))
        let capabilities = try #require(UInt64(field, radix: 16))
        #expect(Host.mayMount == (capabilities >> 21 & 1 == 1))
    }

    @Test("a status file gives fields")
    func processStatus() {
        let status = ProcessStatus(Array("Name:\tx y\nUmask:\t0027\nCapEff:\t0000000000200001\n".utf8))
        #expect(status.field("Umask") == "0027")
        #expect(status.field("Name") == "x y")
        #expect(status.field("CapBnd") == nil)
    }

    @Test("a variable is set for this process and its children")
    func settingVariables() throws {
        for value in ["a=b c", ""] {
            try Host.setEnvironment("LAYERCTL_TEST_VARIABLE", value)
            #expect(Host.environment("LAYERCTL_TEST_VARIABLE") == value)
        }
        let words = ["-c", "echo ${LAYERCTL_TEST_VARIABLE-unset}."].map { Array($0.utf8) }
        #expect(try ChildProcess.run("/bin/sh", words).text == ".")
        #expect(throws: SystemError.self) { try Host.setEnvironment("a=b", "") }
    }

    @Test("a program that is not there, or is none, does not replace this one")
    func execution() {
        #expect(Host.execute("no-such-program", []).isNotFound)
        #expect(Host.execute("/no/such/program", []).isNotFound)
        #expect(Host.execute("/etc/passwd", ["x"]).isNotPermitted)
        #expect(Host.execute("/bin/sh", ["a\0b"]).code == EINVAL)
    }

    @Test("names are UTF-8 once that is asked for")
    func locale() {
        #expect(LayerSystem.Locale.useUTF8Bytes())
    }
}
