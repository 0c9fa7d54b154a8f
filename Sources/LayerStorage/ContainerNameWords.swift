/// The words that names are made of when nobody gives one: plain ones, easy to say and to type.
enum ContainerNameWords {
    static let qualities = [
        "amber", "ample", "brave", "brisk", "calm", "clear", "cool", "crisp", "deft", "eager", "early", "even", "fair",
        "fleet", "fond", "fresh", "glad", "grand", "green", "handy", "hardy", "keen", "kind", "light", "lively",
        "lucid",
        "mellow", "merry", "mild", "neat", "nimble", "plain", "proud", "quick", "quiet", "rapid", "ready", "sharp",
        "silver", "snug", "solid", "steady", "sunny", "swift", "tidy", "vivid", "warm", "wise",
    ]
    static let things = [
        "acorn", "alder", "anchor", "aspen", "badger", "basil", "beacon", "birch", "bridge", "brook", "cedar", "cliff",
        "clover", "comet", "coral", "crane", "delta", "dune", "ember", "falcon", "fern", "fjord", "forest", "garnet",
        "glade", "harbor", "heron", "island", "ivy", "juniper", "lagoon", "lark", "linden", "maple", "meadow", "otter",
        "pebble", "pine", "plover", "quartz", "raven", "reef", "ridge", "river", "rowan", "sparrow", "spruce", "summit",
        "thistle", "valley", "willow", "wren",
    ]
}
