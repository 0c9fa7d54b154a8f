package import LayerModel
import LayerSystem

extension LayerStore {
    /// Where an image is mounted when no other place is asked for.
    package func imageMountPath(_ id: ImageID) -> String {
        "\(path)/\(StoreLayout.mounts)/\(id.digest.algorithm.rawValue)-\(id.digest.hex)"
    }

    /// Makes the directory that an image is mounted at.
    ///
    /// The caller holds `lockForUse()` until the image is mounted there.
    ///
    /// - Parameter id: The image.
    /// - Returns: The directory's path.
    /// - Throws: `SystemError`.
    package func makeImageMountPoint(_ id: ImageID) throws -> String {
        let all = try existingRoot().openOrMakeDirectory(StoreLayout.mounts)
        _ = try all.openOrMakeDirectory("\(id.digest.algorithm.rawValue)-\(id.digest.hex)")
        return imageMountPath(id)
    }

    /// Removes the directory that an image was mounted at; another directory stays.
    ///
    /// - Parameter place: Where something was mounted.
    /// - Throws: `SystemError`.
    package func removeImageMountPoint(_ place: [UInt8]) throws {
        for id in try mountedImageIDs() {
            let name = "\(id.digest.algorithm.rawValue)-\(id.digest.hex)"
            guard place.reversed().starts(with: name.utf8.reversed()) else { continue }
            do throws(SystemError) {
                try root?.openIfPresent([StoreLayout.mounts])?.removeDirectory(name)
            } catch {
                // A collection takes mount points away as well.
                guard error.isNotFound else { throw error }
            }
        }
    }

    /// The images that have a mount point of their own: they are, or were, mounted there.
    package func mountedImageIDs() throws -> [ImageID] {
        let names = try root?.openIfPresent([StoreLayout.mounts])?.list() ?? []
        return names.compactMap { name in
            let text = String(decoding: name, as: UTF8.self).replacing("-", with: ":", maxReplacements: 1)
            do throws(DigestError) {
                return ImageID(try Digest(parsing: text))
            } catch {
                return nil
            }
        }
    }
}
