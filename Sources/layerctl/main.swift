import ArgumentParser
import LayerKit
import LayerSystem

// Synchronous on purpose: an async main costs a millisecond and starts threads, after which no user namespace can be entered.
StandardStream.prepare()
_ = Locale.useUTF8Bytes()
Memory.returnLargeBlocks()
Host.exit(Invocation(arguments: Array(CommandLine.arguments.dropFirst())).run().rawValue)
