/// Variables of a process, as NAME=VALUE.
package enum EnvironmentList {
    /// Variables with others above them: those of a known name take its place, the rest come behind.
    package static func merged(_ variables: [String], with others: [String]) -> [String] {
        var variables = variables
        for variable in others {
            let name = name(of: variable)
            if let place = variables.lastIndex(where: { self.name(of: $0) == name }) {
                variables[place] = variable
            } else {
                variables.append(variable)
            }
        }
        return variables
    }

    /// The name of a variable.
    static func name(of variable: String) -> String { String(variable.prefix { $0 != "=" }) }
}
