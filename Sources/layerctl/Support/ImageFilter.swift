import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// Which images `images` lists.
///
/// Source: docker/cli `docs/reference/commandline/image_ls.md`, "Filtering".
struct ImageFilter {
    private var isDangling: Bool?
    private var labels: [LabelMatch] = []
    private var patterns: [String] = []
    private var before: Timestamp?
    private var since: Timestamp?
    private var repository: ImageReference?
    private var repositoryHasTag = false

    /// Reads the filters.
    init(_ filters: [String], repository: String?, in images: [ImageDetails], now: Timestamp) throws {
        for filter in filters {
            guard let equals = filter.firstIndex(of: "=") else {
                throw LayerError(.usage, "invalid filter \"\(filter)\": expected name=value")
            }
            try add(String(filter[..<equals]), String(filter[equals...].dropFirst()), images)
        }
        guard let repository else { return }
        let reference = try ImageName.reference(repository)
        self.repository = reference.withDefaultTag
        repositoryHasTag = reference.tag != nil
    }

    private mutating func add(_ name: String, _ value: String, _ images: [ImageDetails]) throws {
        switch name {
        case "dangling":
            guard ["true", "1", "false", "0"].contains(value) else {
                throw LayerError(.usage, "invalid filter \"dangling=\(value)\"")
            }
            isDangling = value == "true" || value == "1"
        case "label": labels.append(LabelMatch(value))
        case "reference": patterns.append(value)
        case "before": before = try created(value, images)
        case "since": since = try created(value, images)
        case "until":
            guard let time = Timestamp(rfc3339: value) else {
                throw LayerError(.usage, "invalid filter \"until=\(value)\": expected a time as 2024-01-02T03:04:05Z")
            }
            before = time
        default: throw LayerError(.usage, "invalid filter \"\(name)\"")
        }
    }

    private func created(_ name: String, _ images: [ImageDetails]) throws -> Timestamp {
        let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
        let isID = ImageReference.isPossibleIDPrefix(name)
        // A whole ID cannot be a name; what is shorter is a name first, as everywhere.
        let reference = isID && digits.utf8.count == 64 ? nil : try ImageName.reference(name).withDefaultTag
        var found = images.first { image in reference.map { image.references.contains($0) } ?? false }
        if found == nil, isID { found = images.first { $0.id.digest.hex.hasPrefix(digits) } }
        guard let found else { throw LayerError(.notFound, "No such image: \(name)") }
        return found.config.created ?? Timestamp(seconds: 0)
    }

    /// The rows to list: each image under each of its names, the newest image first.
    func select(_ images: [ImageDetails]) -> [ImageTable.Row] {
        let sorted = images.sorted { left, right in
            let times = (left.config.created, right.config.created)
            return times.0 == times.1
                ? left.id.digest.hex < right.id.digest.hex
                : (times.0 ?? Timestamp(seconds: 0)) > (times.1 ?? Timestamp(seconds: 0))
        }
        return sorted.filter(accepts).flatMap { image in
            if image.references.isEmpty {
                return accepts(nil) ? [ImageTable.Row(image: image, reference: nil)] : []
            }
            return image.references.sorted().filter(accepts).map { ImageTable.Row(image: image, reference: $0) }
        }
    }

    private func accepts(_ image: ImageDetails) -> Bool {
        let created = image.config.created ?? Timestamp(seconds: 0)
        if let isDangling, image.references.isEmpty != isDangling { return false }
        if let before, created >= before { return false }
        if let since, created <= since { return false }
        let found = image.config.config["Labels"]?.objectValue
        return labels.allSatisfy { label in label.accepts { found?[$0]?.stringValue } }
    }

    private func accepts(_ reference: ImageReference?) -> Bool {
        guard let reference else { return repository == nil && patterns.isEmpty }
        if let repository {
            guard repository.name == reference.name else { return false }
            if repositoryHasTag, repository.tag != reference.tag { return false }
        }
        return patterns.isEmpty
            || patterns.contains { pattern in
                GlobPattern(pattern).matches(reference.familiar) || GlobPattern(pattern).matches(reference.familiarName)
            }
    }
}
