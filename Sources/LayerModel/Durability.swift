/// What a change of a store has behind it before it is called done.
public enum Durability: String, CaseIterable, Hashable, Sendable {
    /// It survives a power cut: everything is on the disk, and what names it as well.
    case full
    /// Nothing is waited for: a crash of the machine may lose the change. A layer is checked before it is used after one.
    case none
}
