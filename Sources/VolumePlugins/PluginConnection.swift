internal import CCurl
internal import ImageSpec
internal import LayerSystem

/// One plugin's socket, and how it is asked: HTTP with JSON in both directions.
///
/// Each call is a connection of its own. Nothing leads elsewhere: no redirection is followed and no proxy of the environment is used.
///
/// Source: Docker's page "Docker Plugin API", "API design"; moby `pkg/plugins/client.go`.
struct PluginConnection: Sendable {
    private static let mediaType = "application/vnd.docker.plugins.v1.2+json"
    /// The first pause before a socket is tried again that nobody listens at; each one is twice as long, up to the longest.
    private static let pauseMilliseconds = (first: 50, longest: 1000)

    let plugin: String
    let socketPath: String
    let limits: PluginLimits

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - call: What the protocol calls it (`VolumeDriver.Get`).
    ///   - body: The request; nil for none.
    ///   - isLong: Whether the plugin may have work to do.
    /// - Returns: The answer, in which the plugin does not say that it failed.
    /// - Throws: `PluginError`.
    func call(_ call: String, _ body: JSONObject?, isLong: Bool = false) throws(PluginError) -> JSONObject {
        let bytes = body.map { JSONValue.object($0).encoded() } ?? []
        let answer = try patientlyPost(call, bytes, isLong ? limits.longMilliseconds : limits.shortMilliseconds)
        guard answer.status == 200 else {
            // Most plugins say in the same form why; the others in plain words.
            let json = try? document(answer.bytes)  // reason: plain words are an answer too
            let said = json?["Err"]?.stringValue ?? String(decoding: answer.bytes.prefix(4096), as: UTF8.self)
            let words = said.split(whereSeparator: \.isNewline).joined(separator: "; ")
            throw failure(.refused, call, words.isEmpty ? "HTTP status \(answer.status)" : words)
        }
        let json: JSONValue
        do throws(JSONError) {
            json = try document(answer.bytes)
        } catch {
            throw failure(.failed, call, "the answer: \(error)")
        }
        guard let object = json.objectValue else { throw failure(.failed, call, "the answer is no JSON object") }
        if let reason = object["Err"]?.stringValue, !reason.isEmpty { throw failure(.refused, call, reason) }
        return object
    }

    /// An error of a call to this plugin.
    func failure(_ kind: PluginError.Kind, _ call: String, _ reason: String) -> PluginError {
        PluginError(kind, plugin, call: call, reason)
    }

    private func document(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try JSONValue(
            parsing: bytes,
            limits: JSONLimits(byteCount: limits.answerByteCount, depth: limits.answerDepth)
        )
    }

    /// Sends a request, and again as long as nobody listens and patience lasts.
    private func patientlyPost(
        _ call: String,
        _ body: [UInt8],
        _ milliseconds: Int
    ) throws(PluginError) -> (status: Int, bytes: [UInt8]) {
        var waited = 0
        var pause = Self.pauseMilliseconds.first
        while true {
            if let answer = try post(call, body, milliseconds, isLastTry: waited >= limits.connectMilliseconds) {
                return answer
            }
            Host.pause(milliseconds: pause)
            waited += pause
            pause = min(2 * pause, Self.pauseMilliseconds.longest)
        }
    }

    /// Sends a request once.
    ///
    /// - Returns: The answer; nil when nobody listens and this is not the last try.
    private func post(
        _ call: String,
        _ body: [UInt8],
        _ milliseconds: Int,
        isLastTry: Bool
    ) throws(PluginError) -> (status: Int, bytes: [UInt8])? {
        let buffer = AnswerBuffer(byteLimit: limits.answerByteCount)
        let outcome = send(call, body, milliseconds, to: buffer)
        switch outcome.code {
        case ccurl_ok: return (outcome.status, buffer.bytes)
        case ccurl_cannot_connect where !isLastTry: return nil
        case ccurl_sink_refused where buffer.isFull:
            throw failure(.failed, call, "the answer is longer than \(limits.answerByteCount) bytes")
        case ccurl_timed_out:
            throw failure(.failed, call, "no answer within \(Double(milliseconds) / 1000) seconds")
        case ccurl_cannot_connect:
            throw failure(.failed, call, "nobody listens at \(socketPath): \(outcome.message)")
        default: throw failure(.failed, call, outcome.message)
        }
    }

    private func send(
        _ call: String,
        _ body: [UInt8],
        _ milliseconds: Int,
        to buffer: AnswerBuffer
    ) -> (code: CInt, status: Int, message: String) {
        var status = 0
        // libcurl's reason; a NUL ends it.
        var message = [CChar](repeating: 0, count: Int(CCURL_MESSAGE_BYTE_COUNT))
        let sink: ccurl_sink = { context, bytes, count in
            guard let context = unsafe context else { return 0 }
            // The buffer is held by the caller of ccurl_post.
            let buffer = unsafe Unmanaged<AnswerBuffer>.fromOpaque(context).takeUnretainedValue()
            return unsafe buffer.take(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        let code = unsafe socketPath.withCString { socket in
            unsafe "http://localhost/\(call)".withCString { url in
                unsafe Self.mediaType.withCString { type in
                    unsafe body.withUnsafeBytes { body in
                        // An empty body is a pointer all the same: without one libcurl would read the standard input.
                        var request = unsafe ccurl_request(
                            socket_path: socket,
                            url: url,
                            media_type: type,
                            body: body.baseAddress ?? UnsafeRawPointer(url),
                            body_byte_count: body.count,
                            connect_milliseconds: milliseconds,
                            milliseconds: milliseconds
                        )
                        return unsafe ccurl_post(
                            &request,
                            sink,
                            Unmanaged.passUnretained(buffer).toOpaque(),
                            &status,
                            &message
                        )
                    }
                }
            }
        }
        let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        withExtendedLifetime(buffer) {}
        return (code, status, String(decoding: text, as: UTF8.self))
    }
}
