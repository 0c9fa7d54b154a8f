import LayerModel
import LayerSystem

/// Reads the directories of a read-write layer: while one is compared with the layers below, a second thread reads others that lie in it.
struct UpperReader {
    /// How many directories one inside another are kept open, to open those in them by one name: deeper ones are reached by their path.
    private static let openDepth = 8
    /// How many names may be read and not compared yet: what bounds the memory.
    private static let itemLimit = 16_384

    private typealias Work = SharedWork<LayerPath, Result<UpperListing, SystemError>>

    private let scan: Scan
    private let work = Work(weightLimit: Self.itemLimit)

    /// Prepares to read; the second thread starts with the first directory that has others in it.
    ///
    /// - Parameters:
    ///   - upper: The root of the read-write layer.
    ///   - form: How it says what it changes.
    ///   - checkout: For a checkout, what was made when.
    init(_ upper: Directory, _ form: UpperForm, _ checkout: CheckoutRecord?) {
        scan = Scan(upper: upper, form: form, checkout: checkout)
    }

    /// What is in a directory.
    ///
    /// - Parameters:
    ///   - path: The directory; each is asked for once.
    ///   - holdsMarkedWhiteouts: Whether its own attributes say that files in it may be whiteouts.
    /// - Returns: Its names and what is known of each.
    /// - Throws: `SystemError`.
    func listing(of path: LayerPath, holdsMarkedWhiteouts: Bool) throws(SystemError) -> UpperListing {
        try work.value(of: path) { scan.read(path, [], in: nil, depth: 0, holdsMarkedWhiteouts) }.get()
    }

    private struct Scan: Sendable {
        let upper: Directory
        let form: UpperForm
        let checkout: CheckoutRecord?

        /// Reads a directory, by its name in one that is open or by its path.
        func read(
            _ path: LayerPath,
            _ name: [UInt8],
            in parent: Directory?,
            depth: Int,
            _ holdsMarkedWhiteouts: Bool
        ) -> Work.Outcome {
            do throws(SystemError) {
                let directory = if let parent { try parent.open(name) } else { try upper.openInRoot(path.bytes) }
                let listing = try UpperListing(
                    directory.listOnce(),
                    of: directory,
                    form,
                    checkout,
                    holdsMarkedWhiteouts: holdsMarkedWhiteouts
                )
                let opened = depth < UpperReader.openDepth ? directory : nil
                return Work.Outcome(
                    .success(listing),
                    weight: listing.items.count,
                    offers: offers(listing, path, opened, depth: depth + 1)
                )
            } catch {
                return Work.Outcome(.failure(error), weight: 0, offers: [])
            }
        }

        private func offers(
            _ listing: UpperListing,
            _ path: LayerPath,
            _ directory: Directory?,
            depth: Int
        ) -> [(key: LayerPath, job: Work.Job)] {
            var offers: [(key: LayerPath, job: Work.Job)] = []
            for item in listing.items where item.status.kind == .directory && !item.isWhiteout {
                let (inner, name, isMarked) = (path.appending(item.name), item.name, item.overlay.holdsMarkedWhiteouts)
                offers.append((inner, { read(inner, name, in: directory, depth: depth, isMarked) }))
            }
            return offers
        }
    }
}
