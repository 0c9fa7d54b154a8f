import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Early synchronisation") struct EarlySynchronizationTests {
    @Test("it ends with its object, at once or after some rounds, and the directory is free then")
    func ending() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        for rounds in [0, 3] {
            weak var ended: EarlySynchronization?
            do {
                let early = EarlySynchronization(directory)
                ended = early
                for number in 0..<rounds {
                    try directory.createFile("\(number)").write(Array("content".utf8))
                    try directory.synchronizeFileSystem()
                }
            }
            #expect(ended == nil)
        }
        #expect(try directory.list().count == 3)
    }
}
