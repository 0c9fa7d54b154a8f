public import ArgumentParser
public import ImageSpec
import LayerKit

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
