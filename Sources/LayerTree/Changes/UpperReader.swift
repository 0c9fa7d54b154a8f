import LayerModel
import LayerSystem
import Synchronization

/// Reads the directories of a read-write layer: while one is compared with the layers below, a second thread reads others that lie in it.
struct UpperReader {
    /// How many directories are kept open at once, to open those in them by one name: what lies in others is reached by its path.
    private static let openLimit = 24
    /// How many names may be read and not compared yet: what bounds the memory.
    private static let itemLimit = 16_384

    /// The reading of a directory.
    typealias Job = SharedJob<Result<UpperListing, SystemError>>

    private let scan: Scan
    private let work = SharedWork<Result<UpperListing, SystemError>>(weightLimit: Self.itemLimit)

    /// Prepares to read; the second thread starts with the first directory that has others in it.
    ///
    /// - Parameters:
    ///   - upper: The root of the read-write layer.
    ///   - form: How it says what it changes.
    ///   - checkout: For a checkout, what was made when.
    init(_ upper: Directory, _ form: UpperForm, _ checkout: CheckoutRecord?) {
        scan = Scan(upper: upper, form: form, checkout: checkout)
    }

    /// The reading of the root.
    ///
    /// - Parameter overlay: What its attributes say.
    /// - Returns: What is to be done.
    func root(_ overlay: OverlayAttribute) -> Job {
        let isMarked = overlay.holdsMarkedWhiteouts
        return Job { [scan] in scan.read(.root, [], in: nil, isMarked) }
    }

    /// What is in a directory.
    ///
    /// - Parameter reading: What the directory's item has; each is asked for once.
    /// - Returns: Its names and what is known of each.
    /// - Throws: `SystemError`.
    func listing(_ reading: Job) throws(SystemError) -> UpperListing { try work.value(of: reading).get() }

    private struct Scan: Sendable {
        let upper: Directory
        let form: UpperForm
        let checkout: CheckoutRecord?
        let places = OpenPlaces(limit: UpperReader.openLimit)

        /// Reads a directory, by its name in one that is open or by its path.
        func read(
            _ path: LayerPath,
            _ name: [UInt8],
            in parent: OpenPlaces.Kept?,
            _ holdsMarkedWhiteouts: Bool
        ) -> Job.Outcome {
            do throws(SystemError) {
                let directory =
                    if let parent { try parent.directory.open(name) } else { try upper.openInRoot(path.bytes) }
                var listing = try UpperListing(
                    directory.listOnce(),
                    of: directory,
                    form,
                    checkout,
                    holdsMarkedWhiteouts: holdsMarkedWhiteouts
                )
                let kept = listing.hasDirectories ? places.keep(directory) : nil
                let offers = listing.prepareReading { item in
                    let (inner, isMarked) = (path.appending(item.name), item.overlay.holdsMarkedWhiteouts)
                    return Job { [name = item.name] in read(inner, name, in: kept, isMarked) }
                }
                return Job.Outcome(.success(listing), weight: listing.items.count, offers: offers)
            } catch {
                return Job.Outcome(.failure(error), weight: 0, offers: [])
            }
        }
    }

    /// Counts the directories that are kept open.
    private final class OpenPlaces: Sendable {
        /// A directory that is open as long as something in it waits to be read.
        final class Kept: Sendable {
            let directory: Directory
            private let places: OpenPlaces

            fileprivate init(_ directory: Directory, _ places: OpenPlaces) {
                self.directory = directory
                self.places = places
            }

            deinit { places.free.add(1, ordering: .relaxed) }
        }

        private let free: Atomic<Int>

        init(limit: Int) { free = Atomic(limit) }

        /// Keeps a directory open if there is a place for it.
        func keep(_ directory: Directory) -> Kept? {
            if free.subtract(1, ordering: .relaxed).newValue >= 0 { return Kept(directory, self) }
            free.add(1, ordering: .relaxed)
            return nil
        }
    }
}
