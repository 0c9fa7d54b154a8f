public import ArgumentParser
public import LayerModel

extension Durability: ExpressibleByArgument {}
