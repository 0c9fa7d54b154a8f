public import ArgumentParser
public import ImageSpec
import LayerKit

/// Platforms as an argument: one, or several with commas between them.
struct PlatformList {
    let platforms: [Platform]

    init(_ text: String) throws {
        platforms = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            guard let platform = Platform(argument: String(word)) else {
                throw ValidationError("no such platform: \(word)")
            }
            return platform
        }
    }
}

/// A platform as an argument: `os[/arch[/variant]]`.
extension Platform: ExpressibleByArgument {
    /// Reads the argument.
    public init?(argument: String) {
        do throws(PlatformError) {
            try self.init(parsing: argument, host: ImageStore.hostPlatform)
        } catch {
            return nil
        }
    }
}
