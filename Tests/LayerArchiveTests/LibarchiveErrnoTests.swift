import Foundation
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// libarchive ends the process when a name cannot be converted for the locale while errno happens to say ENOMEM.
@Suite("The state that libarchive finds") struct LibarchiveErrnoTests {
    @Test("A name that ends within a character is read although a call before ran out of memory")
    func incompleteCharacter() async {
        await #expect(processExitsWith: .success) {
            setlocale(LC_CTYPE, "C.UTF-8")
            var tar = RawTar()
            tar.add(RawTar.Header(name: [UInt8(ascii: "f"), 0xc3]))
            tar.addZeroBlocks()
            let reader = TarReader(BytesSource(tar.bytes, chunkByteCount: 1 << 16))
            errno = ENOMEM
            let isEntry = try reader.next()
            #expect(isEntry)
            #expect(Array(reader.name) == [UInt8(ascii: "f"), 0xc3])
        }
    }
}
