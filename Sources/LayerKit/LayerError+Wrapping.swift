import ImageSpec
import ImageTransport
import LayerArchive
import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import VolumePlugins

extension LayerError {
    /// Runs a body and gives every error of the parts below its code.
    static func catching<R>(_ body: () throws -> R) throws(LayerError) -> R {
        do {
            return try body()
        } catch {
            throw wrapping(error)
        }
    }

    /// The error as this library's own.
    static func wrapping(_ error: any Error, about subject: String? = nil) -> LayerError {
        let prefix = subject.map { $0 + ": " } ?? ""
        switch error {
        case let error as LayerError: return error
        case let error as TransportError: return LayerError(code(of: error.kind), error.description, cause: error)
        case let error as StorageError: return LayerError(code(of: error.kind), error.description, cause: error)
        case let error as SystemError:
            return LayerError(error.isNotFound ? .notFound : .failure, prefix + error.description, cause: error)
        case ArchiveError.unavailable(let what): return LayerError(.failure, prefix + what, cause: error)
        case let error as ArchiveError: return LayerError(.corrupt, prefix + error.description, cause: error)
        case let error as TreeError: return LayerError(.corrupt, prefix + error.description, cause: error)
        case let error as TreeAccessError:
            return LayerError(
                error.reason == .notFound ? .notFound : .failure,
                prefix + error.description,
                cause: error
            )
        case let error as CopyError: return LayerError(.failure, prefix + error.description, cause: error)
        case let error as SpecError: return LayerError(.corrupt, prefix + error.description, cause: error)
        case let error as ReferenceError: return LayerError(.usage, prefix + error.description, cause: error)
        case let error as ProcessSettingsError: return LayerError(.usage, prefix + error.description, cause: error)
        case let error as PlatformError: return LayerError(.usage, prefix + error.description, cause: error)
        case let error as MountError:
            return LayerError(error.isConflict ? .conflict : .usage, prefix + error.description, cause: error)
        case let error as PluginError:
            return LayerError(error.kind == .notFound ? .notFound : .failure, prefix + error.description, cause: error)
        case let error as DriverError: return LayerError(.failure, prefix + error.description, cause: error)
        default: return LayerError(.failure, prefix + String(describing: error), cause: error)
        }
    }

    /// The error as this library's own, with the layer that was being read; what the disk refuses says so itself.
    static func wrapping(_ error: any Error, about layer: TransportError.Subject) -> LayerError {
        switch error {
        case let error as LayerError: error
        case let error as SystemError:
            wrapping(error, about: [layer.file, layer.member].compactMap(\.self).joined(separator: ": "))
        default: wrapping(TransportError.wrapping(error, layer))
        }
    }

    private static func code(of kind: TransportError.Kind) -> Code {
        switch kind {
        case .notFound, .platform: .notFound
        case .invalid, .corrupt, .truncated: .corrupt
        case .ambiguous: .conflict
        case .unsupported, .system: .failure
        }
    }

    private static func code(of kind: StorageError.Kind) -> Code {
        switch kind {
        case .notFound: .notFound
        case .conflict: .conflict
        case .corrupt: .corrupt
        case .invalid: .usage
        default: .failure
        }
    }
}
