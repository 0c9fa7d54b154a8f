public import ArgumentParser
public import LayerKit

extension BenchmarkWork: ExpressibleByArgument {}
