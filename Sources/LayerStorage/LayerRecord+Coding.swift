import ImageSpec
import LayerArchive
import LayerModel
import LayerTree

extension LayerRecord {
    private static let namespaces = (trusted: "trusted", user: "user")

    var json: JSONObject {
        let namespace = usesUserAttributes ? Self.namespaces.user : Self.namespaces.trusted
        var json: JSONObject = [
            "diffID": .string(summary.diffID.description),
            "tarByteCount": JSONValue(summary.tarByteCount),
            "treeByteCount": JSONValue(summary.treeByteCount),
            "entryCount": JSONValue(summary.entryCount),
            "fileCount": JSONValue(summary.fileCount),
            "isSelfContained": .bool(summary.isSelfContained),
            "isRootOpaque": .bool(summary.isRootOpaque),
            "xattrNamespace": .string(namespace),
            "isPrivileged": .bool(isPrivileged),
            "indexByteCount": JSONValue(indexByteCount),
            "indexDigest": .string(indexDigest.description),
            "blobs": .array(blob.map { [.object(Self.json($0))] } ?? []),
        ]
        if let chainID { json["chainID"] = .string(chainID.description) }
        if let unsynchronizedSession { json["unsynchronizedSession"] = .string(unsynchronizedSession) }
        return json
    }

    private static func json(_ blob: LayerBlob) -> JSONObject {
        [
            "digest": .string(blob.digest.description), "byteCount": JSONValue(blob.byteCount),
            "compression": .string(blob.compression.rawValue),
        ]
    }

    init(_ json: JSONObject, subject: String) throws(StorageError) {
        let fields = RecordFields(json, subject: subject)
        var statistics = LayerStatistics()
        statistics.treeByteCount = try fields.number("treeByteCount")
        statistics.entryCount = Int(try fields.number("entryCount"))
        statistics.fileCount = Int(try fields.number("fileCount"))
        statistics.isSelfContained = try fields.flag("isSelfContained")
        statistics.isRootOpaque = try fields.flag("isRootOpaque")
        summary = LayerSummary(
            diffID: DiffID(try fields.digest("diffID")),
            tarByteCount: try fields.number("tarByteCount"),
            statistics: statistics
        )
        chainID = try fields.optionalDigest("chainID").map { ChainID($0) }
        guard statistics.isSelfContained == (chainID == nil) else { throw fields.bad("chainID") }
        switch try fields.text("xattrNamespace") {
        case Self.namespaces.user: usesUserAttributes = true
        case Self.namespaces.trusted: usesUserAttributes = false
        default: throw fields.bad("xattrNamespace")
        }
        isPrivileged = try fields.flag("isPrivileged")
        indexByteCount = try fields.number("indexByteCount")
        indexDigest = try fields.digest("indexDigest")
        unsynchronizedSession = try fields.optionalText("unsynchronizedSession")
        blob = try fields.objects("blobs").first.map { members throws(StorageError) in try Self.blob(members) }
    }

    private static func blob(_ fields: RecordFields) throws(StorageError) -> LayerBlob {
        guard let compression = Compression(rawValue: try fields.text("compression")) else {
            throw fields.bad("compression")
        }
        return LayerBlob(
            digest: BlobDigest(try fields.digest("digest")),
            byteCount: try fields.number("byteCount"),
            compression: compression
        )
    }
}
