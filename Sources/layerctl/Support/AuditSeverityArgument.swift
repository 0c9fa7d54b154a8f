public import ArgumentParser
public import LayerAudit

extension AuditSeverity: ExpressibleByArgument {}
