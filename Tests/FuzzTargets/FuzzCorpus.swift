import Foundation

/// The inputs that are committed for each target: beginnings for a fuzzer, and all that one ever found.
public enum FuzzCorpus {
    /// Reads the inputs of a target, in the order of their names.
    ///
    /// - Parameter target: The target.
    /// - Returns: The inputs with their names.
    /// - Throws: What reading met.
    public static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        try target.folders.flatMap { folder in
            let directory = Bundle.module.bundlePath + "/Corpus/" + folder
            return try FileManager.default.contentsOfDirectory(atPath: directory).sorted().map { name in
                (name, Array(try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))))
            }
        }
    }
}
