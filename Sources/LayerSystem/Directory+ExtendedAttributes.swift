internal import CLinux
internal import Glibc
package import LayerModel

extension Directory {
    /// All extended attributes of a name that the caller may see; of a symbolic link its own.
    ///
    /// - Parameter name: One component.
    /// - Returns: The attributes in the order of their names; none where the file system has no such thing.
    /// - Throws: `SystemError` of `llistxattr` or `lgetxattr`.
    package func extendedAttributes(of name: some PathBytes) throws(SystemError) -> [ExtendedAttribute] {
        try unsafe Self.collect(
            names: { buffer throws(SystemError) in
                try unsafe call("llistxattr", name) { unsafe cl_listxattrat($0, $1, buffer.baseAddress, buffer.count) }
            },
            value: { attribute throws(SystemError) in try extendedAttribute(attribute, of: name) }
        )
    }

    /// The names of all extended attributes of a name that the caller may see; of a symbolic link its own.
    ///
    /// - Parameter name: One component.
    /// - Returns: The names in order; none where the file system has no such thing.
    /// - Throws: `SystemError` of `llistxattr`.
    package func extendedAttributeNames(of name: some PathBytes) throws(SystemError) -> [[UInt8]] {
        try unsafe Self.names { buffer throws(SystemError) in
            try unsafe call("llistxattr", name) { unsafe cl_listxattrat($0, $1, buffer.baseAddress, buffer.count) }
        }
    }

    /// One extended attribute of a name, or nil when it has none such; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - attribute: The attribute's full name.
    ///   - name: One component.
    /// - Returns: The value.
    /// - Throws: `SystemError` of `lgetxattr`.
    package func extendedAttribute(
        _ attribute: some PathBytes,
        of name: some PathBytes
    ) throws(SystemError) -> [UInt8]? {
        try unsafe Self.value { buffer throws(SystemError) in
            try unsafe call("lgetxattr", name) { parent, file in
                unsafe attribute.withCPath { unsafe cl_getxattrat(parent, file, $0, buffer.baseAddress, buffer.count) }
            }
        }
    }

    /// Sets an extended attribute of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - attribute: Name and value.
    ///   - name: One component.
    /// - Throws: `SystemError` of `lsetxattr`.
    package func setExtendedAttribute(_ attribute: ExtendedAttribute, of name: some PathBytes) throws(SystemError) {
        try unsafe call("lsetxattr", name) { parent, file in
            unsafe attribute.name.withCPath { key in
                unsafe attribute.value.withUnsafeBytes {
                    unsafe cl_setxattrat(parent, file, key, $0.baseAddress, $0.count)
                }
            }
        }
    }

    /// Removes an extended attribute of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - attribute: The attribute's full name.
    ///   - name: One component.
    /// - Throws: `SystemError` of `lremovexattr`; `isNoAttribute` when there is none such.
    package func removeExtendedAttribute(
        _ attribute: some PathBytes,
        of name: some PathBytes
    ) throws(SystemError) {
        try unsafe call("lremovexattr", name) { parent, file in
            unsafe attribute.withCPath { unsafe cl_removexattrat(parent, file, $0) }
        }
    }

    /// All of this directory's own extended attributes that the caller may see, in the order of their names.
    package func extendedAttributes() throws(SystemError) -> [ExtendedAttribute] {
        try unsafe Self.collect(
            names: { buffer throws(SystemError) in
                try SystemCall.run("flistxattr", label) {
                    unsafe cl_flistxattr(descriptor.rawValue, buffer.baseAddress, buffer.count)
                }
            },
            value: { attribute throws(SystemError) in try extendedAttribute(attribute) }
        )
    }

    /// One of this directory's own extended attributes, or nil when it has none such.
    package func extendedAttribute(_ attribute: some PathBytes) throws(SystemError) -> [UInt8]? {
        try unsafe Self.value { buffer throws(SystemError) in
            try SystemCall.run("fgetxattr", label) {
                unsafe attribute.withCPath {
                    unsafe cl_fgetxattr(descriptor.rawValue, $0, buffer.baseAddress, buffer.count)
                }
            }
        }
    }

    /// Sets one of this directory's own extended attributes.
    package func setExtendedAttribute(_ attribute: ExtendedAttribute) throws(SystemError) {
        try SystemCall.run("fsetxattr", label) {
            unsafe attribute.name.withCPath { key in
                unsafe attribute.value.withUnsafeBytes {
                    unsafe cl_fsetxattr(descriptor.rawValue, key, $0.baseAddress, $0.count)
                }
            }
        }
    }

    /// Removes one of this directory's own extended attributes.
    package func removeExtendedAttribute(_ attribute: some PathBytes) throws(SystemError) {
        try SystemCall.run("fremovexattr", label) {
            unsafe attribute.withCPath { unsafe cl_fremovexattr(descriptor.rawValue, $0) }
        }
    }

    private static func collect(
        names: (UnsafeMutableBufferPointer<CChar>) throws(SystemError) -> Int,
        value: ([UInt8]) throws(SystemError) -> [UInt8]?
    ) throws(SystemError) -> [ExtendedAttribute] {
        var attributes: [ExtendedAttribute] = []
        for name in try unsafe Self.names(names) {
            // One that went meanwhile, or that only its owner may read, is not listed.
            if let content = try value(name) { attributes.append(ExtendedAttribute(name: name, value: content)) }
        }
        return attributes
    }

    private static func names(
        _ body: (UnsafeMutableBufferPointer<CChar>) throws(SystemError) -> Int
    ) throws(SystemError) -> [[UInt8]] {
        let list: [UInt8]
        do {
            list = try unsafe SystemBuffer.fillGrowing(body)
        } catch  where error.code == EOPNOTSUPP {
            return []
        }
        if list.isEmpty { return [] }
        return list.split(separator: 0).map(Array.init).sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func value(
        _ body: (UnsafeMutableBufferPointer<CChar>) throws(SystemError) -> Int
    ) throws(SystemError) -> [UInt8]? {
        do {
            return try unsafe SystemBuffer.fillGrowing(body)
        } catch  where error.isNoAttribute || error.code == EOPNOTSUPP {
            return nil
        }
    }
}
