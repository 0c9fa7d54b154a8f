import LayerModel
package import LayerSystem

/// Finds out what a read-write layer changes: its directories are read, the layers below are asked through their indexes.
///
/// Where directories were renamed (`redirect`), what lies below them is compared from two places of the lower tree at once: what
/// stood at the path before, and what lies below the directory now. Everywhere else the two are one, and only names of the
/// read-write layer are looked at.
package struct ChangeWalk {
    let upper: Directory
    let lowers: LowerStack
    let form: UpperForm
    let checkout: CheckoutRecord?
    /// Whether all that a checkout has is listed, and not what it has changed.
    private var listsCheckout = false
    let reader: StateReader
    private let directories: UpperReader
    var set = ChangeSet()

    /// Reads a whole read-write layer.
    ///
    /// - Parameters:
    ///   - upper: Its root.
    ///   - lowers: The layers below it.
    ///   - form: How it says what it changes.
    ///   - checkout: For a checkout, what was made when.
    /// - Returns: The changes; names that could not be read are listed in it.
    package static func changes(
        in upper: Directory,
        over lowers: LowerStack,
        form: UpperForm,
        checkout: CheckoutRecord? = nil
    ) -> ChangeSet {
        var walk = ChangeWalk(upper, lowers, form, checkout)
        let root = lowers.root
        let attributes = walk.attributes(ofRoot: upper)
        let after = form.isWholeTree || attributes.isOpaque ? nil : root
        walk.compare(.root, walk.directories.root(attributes), before: root, after: after, depth: 1)
        walk.set.prune()
        if let checkout, !walk.isOlder(upper, checkout) { walk.set.isUntouched = false }
        return walk.set
    }

    /// Reads the whole tree that a read-write layer and the layers below it make, as if nothing were below it.
    ///
    /// - Parameters:
    ///   - upper: The root of the read-write layer.
    ///   - lowers: The layers below it.
    ///   - form: How it says what it changes.
    ///   - checkout: For a checkout, what was made when: what the disk could not hold is in the tree all the same.
    /// - Returns: All names but the root as additions.
    package static func wholeTree(
        _ upper: Directory,
        over lowers: LowerStack,
        form: UpperForm,
        checkout: CheckoutRecord? = nil
    ) -> ChangeSet {
        var walk = ChangeWalk(upper, lowers, form, checkout)
        walk.listsCheckout = checkout != nil
        let attributes = walk.attributes(ofRoot: upper)
        let before = walk.listsCheckout ? lowers.root : nil
        let after = form.isWholeTree || attributes.isOpaque ? nil : lowers.root
        walk.compare(.root, walk.directories.root(attributes), before: before, after: after, depth: 1)
        return walk.set
    }

    /// Reads the whole tree that layers make.
    ///
    /// - Parameter lowers: The layers.
    /// - Returns: All names but the root as additions.
    package static func wholeTree(of lowers: LowerStack) -> ChangeSet {
        // Any directory will do where nothing is read from it.
        guard let nowhere = lowers.layers.first?.tree else { return ChangeSet() }
        let form = UpperForm(namespaces: [], ownUserID: 0, ownGroupID: 0, hasExactOwners: true)
        var walk = ChangeWalk(nowhere, lowers, form, nil)
        walk.compare(.root, nil, before: nil, after: lowers.root, depth: 1)
        return walk.set
    }

    private init(_ upper: Directory, _ lowers: LowerStack, _ form: UpperForm, _ checkout: CheckoutRecord?) {
        self.upper = upper
        self.lowers = lowers
        self.form = form
        self.checkout = checkout
        reader = StateReader(lowers: lowers, form: form, checkout: checkout)
        directories = UpperReader(upper, form, checkout)
    }

    private mutating func attributes(ofRoot root: Directory) -> OverlayAttribute {
        do throws(SystemError) {
            return OverlayAttribute(try root.extendedAttributes(), form.namespaces)
        } catch {
            set.problems.append(ChangeSet.Problem(path: .root, reason: error.reason))
            return .none
        }
    }

    /// Compares a directory.
    ///
    /// - Parameters:
    ///   - path: The directory.
    ///   - reading: Reads it; nil where the read-write layer does not have it: a renamed directory may have others in it that only
    ///     lower layers have.
    ///   - before: What stood there before; nil for nothing.
    ///   - after: What of the lower layers lies in it now.
    ///   - depth: The depth of what lies in it.
    private mutating func compare(
        _ path: LayerPath,
        _ reading: UpperReader.Job?,
        before: LowerStack.MergedDirectory?,
        after: LowerStack.MergedDirectory?,
        depth: Int
    ) {
        guard let listing = reading.map({ read(path, $0) }) ?? .some(nil) else { return }
        let after = listing?.isOpaqueByMarker == true ? nil : after
        guard before != after else {
            guard let before else { return compareNew(path, listing, depth: depth) }
            var cursor = LowerCursor(lowers, in: before)
            for item in listing?.items ?? [] {
                let entry = item.name.withUnsafeBufferPointer { cursor.seek($0) }
                compare(item, at: path.appending(item.name), before: entry, after: entry, depth: depth)
            }
            return
        }
        var names = MergedNames(listing?.items ?? [], before, after, lowers)
        while let name = names.next() {
            compare(name.item, at: path.appending(name.bytes), before: name.before, after: name.after, depth: depth)
        }
    }

    private mutating func compareNew(_ path: LayerPath, _ listing: UpperListing?, depth: Int) {
        for item in listing?.items ?? [] {
            compare(item, at: path.appending(item.name), before: nil, after: nil, depth: depth)
        }
    }

    /// Reads a directory; nil when that fails, which is noted.
    private mutating func read(_ path: LayerPath, _ reading: UpperReader.Job) -> UpperListing?? {
        do throws(SystemError) {
            let listing = try directories.listing(reading)
            if listing.hasNewer { set.isUntouched = false }
            return listing
        } catch {
            set.problems.append(ChangeSet.Problem(path: path, reason: error.reason))
            return nil
        }
    }

    private mutating func compare(
        _ item: UpperItem?,
        at path: LayerPath,
        before: LowerStack.Entry?,
        after: LowerStack.Entry?,
        depth: Int
    ) {
        guard item != nil || before != after else { return }
        if listsCheckout { return list(item, at: path, before, depth: depth) }
        if let item, let before, isUntouched(item, before) { return }
        let isThere = item.map { !$0.isWhiteout } ?? (after != nil)
        guard isThere else {
            if let before, !isNotMade(before) { delete(path, before, depth: depth) }
            return
        }
        guard let now = state(item, at: path, after: after, before: before) else { return }
        guard let before else {
            append(now, .added, path, nil, depth: depth)
            descend(now, path, item, before: nil, after: after, depth: depth)
            return
        }
        if now.kind == .directory, before.directory != nil {
            let place = set.changes.count
            append(now, .changed, path, before, depth: depth)
            set.changes[place].isOnlyParent = now.hasAttributes(of: before, in: lowers)
            descend(now, path, item, before: before.directory, after: after, depth: depth)
            return
        }
        if isChanged(now, item, at: path, before) {
            append(now, .changed, path, before, depth: depth)
        } else if now.link != nil {
            append(now, .changed, path, before, depth: depth)
            set.changes[set.changes.count - 1].isOnlyLink = true
        }
        if now.kind == .directory { descend(now, path, item, before: nil, after: after, depth: depth) }
    }

    mutating func descend(
        _ now: ChangedState,
        _ path: LayerPath,
        _ item: UpperItem?,
        before: LowerStack.MergedDirectory?,
        after: LowerStack.Entry?,
        depth: Int
    ) {
        guard now.kind == .directory else { return }
        var below = after?.directory
        if let item {
            if item.overlay.isOpaque || form.isWholeTree { below = nil }
            if let redirect = item.overlay.redirect { below = reader.target(of: redirect, at: path)?.directory }
        }
        compare(path, item?.reading, before: before, after: below, depth: depth + 1)
    }

    private mutating func delete(_ path: LayerPath, _ before: LowerStack.Entry, depth: Int) {
        let node = lowers.node(before.node)
        var change = TreeChange(.deleted, path, node.kind ?? .regular, depth: depth)
        change.former = TreeChange.Former(kind: node.kind ?? .regular, byteCount: node.byteCount)
        set.changes.append(change)
    }

    mutating func append(
        _ now: ChangedState,
        _ kind: TreeChange.Kind,
        _ path: LayerPath,
        _ before: LowerStack.Entry?,
        depth: Int
    ) {
        var change = TreeChange(kind, path, now.kind, depth: depth)
        change.attributes = now.attributes
        change.byteCount = now.byteCount
        change.target = now.target
        change.device = now.device
        change.link = now.link
        change.content = now.content
        if let before {
            let node = lowers.node(before.node)
            change.former = TreeChange.Former(kind: node.kind ?? .regular, byteCount: node.byteCount)
        }
        set.changes.append(change)
    }
}
