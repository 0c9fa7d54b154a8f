import Foundation
import LayerTestKit
import Testing

/// A browser without a window, for pages that the program writes.
struct Browser {
    private let folder: String

    /// Prepares one whose files lie in a folder.
    init(in folder: String) { self.folder = folder }

    /// The page as the browser has it when its scripts have run.
    func document(_ page: String) throws -> String {
        try run("--dump-dom", "--window-size=1200,1600", "file://\(page)")
    }

    /// Expects that the page is drawn: its picture takes so many times what an empty one does.
    func expectPicture(of page: String, times factor: Int = 5) throws {
        let (shot, blank) = (folder + "/shot.png", folder + "/blank.png")
        _ = try run("--hide-scrollbars", "--window-size=1200,1600", "--screenshot=\(shot)", "file://\(page)")
        _ = try run("--hide-scrollbars", "--window-size=1200,1600", "--screenshot=\(blank)", "about:blank")
        #expect(try TestFile.read(shot).starts(with: [0x89, 0x50, 0x4e, 0x47]))
        #expect(try TestFile.read(shot).count > factor * TestFile.read(blank).count)
    }

    private func run(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Need.find("chromium")))
        let profile = "--user-data-dir=\(folder)/profile"
        process.arguments =
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", profile] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
