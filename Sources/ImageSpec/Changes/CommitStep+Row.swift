import LayerModel

extension CommitStep {
    /// What the history of a config says of the step.
    ///
    /// - Parameters:
    ///   - author: Who made it, where the step does not say it.
    ///   - isEmpty: Whether it makes no layer.
    /// - Returns: A member of `history`.
    func object(author: String? = nil, isEmpty: Bool) -> JSONObject {
        var row: JSONObject = ["created": .string(created.rfc3339())]
        for (key, text) in [("created_by", createdBy), ("author", self.author ?? author), ("comment", comment)] {
            if let text { row[key] = .string(text) }
        }
        if isEmpty { row["empty_layer"] = true }
        return row
    }
}
