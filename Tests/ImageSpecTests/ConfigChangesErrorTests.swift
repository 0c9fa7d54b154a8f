import ImageSpec
import Testing

@Suite("Changes to a config that make no sense")
struct ConfigChangesErrorTests {
    /// In the words of Docker, but for its capitals and `time:` and `strconv:`.
    static let messages: [(text: String, message: String)] = [
        ("", "file with no instructions"), ("# comment\n\n", "file with no instructions"),
        ("RUN x", "run is not a valid change command"), ("FROM x", "from is not a valid change command"),
        ("ARG a", "arg is not a valid change command"), (#"SHELL ["a"]"#, "shell is not a valid change command"),
        ("Maintainer x", "maintainer is not a valid change command"), ("FOO", "foo is not a valid change command"),
        ("F\u{1B}[1mO", #"f\x1b[1mo is not a valid change command"#),
        (#"CMD ["a",1]"#, "when using JSON array syntax, arrays must be comprised of strings only"),
        (#"ENTRYPOINT [["a"]]"#, "when using JSON array syntax, arrays must be comprised of strings only"),
        (#"VOLUME [{"a":1,"a":2}]"#, "when using JSON array syntax, arrays must be comprised of strings only"),
        ("HEALTHCHECK CMD [null]", "when using JSON array syntax, arrays must be comprised of strings only"),
        (#"CMD ["\ud800"]"#, "half of a surrogate pair in a JSON string"),
        (#"CMD ["\u0000"]"#, "NUL character in a text"), ("ENV A=\0", "NUL character in a text"),
        ("CMD --x=y a", "unknown flag: x"), ("ENV --a=b A=1", "unknown flag: a"),
        ("ENV", "ENV requires at least one argument"), ("ENV A", "ENV must have two arguments"),
        ("LABEL", "LABEL requires at least one argument"), ("LABEL a", "LABEL must have two arguments"),
        ("ENV A=1 B", #"Syntax error - can't find = in "B". Must be of the form: name=value"#),
        ("ENV =x", "ENV names can not be blank"), (#"LABEL ="x""#, "LABEL names can not be blank"),
        ("ENV A=${", #"failed to process "${": syntax error: missing '}'"#),
        ("ENV A=${PATH", #"failed to process "${PATH": syntax error: missing '}'"#),
        ("ENV A=${PATH:-x", #"failed to process "${PATH:-x": syntax error: missing '}'"#),
        ("ENV A=${PATH/x}", #"failed to process "${PATH/x}": syntax error: missing '/' in ${}"#),
        ("ENV A=${PATH/x/y", #"failed to process "${PATH/x/y": syntax error: missing '}'"#),
        ("ENV A=${}", #"failed to process "${}": syntax error: bad substitution"#),
        ("ENV A=${:x}", #"failed to process "${:x}": syntax error: bad substitution"#),
        ("ENV A=${PATH!x}", #"failed to process "${PATH!x}": unsupported modifier (!) in substitution"#),
        ("ENV A=${PATH:x}", #"failed to process "${PATH:x}": unsupported modifier (:x) in substitution"#),
        ("ENV A=${NO?err}", #"failed to process "${NO?err}": NO: err"#),
        ("ENV A=${NO?}", #"failed to process "${NO?}": NO: is not allowed to be unset"#),
        ("ENV E=\nUSER ${E:?}", #"failed to process "${E:?}": E: is not allowed to be empty"#),
        (#"ENV A=${PATH#\x}"#, #"failed to process "${PATH#\\x}": invalid escape '\x' in a pattern"#),
        (
            #"ENV A="x"#,
            #"failed to process "\"x": unexpected end of statement while looking for matching double-quote"#
        ),
        ("ENV A='x", #"failed to process "'x": unexpected end of statement while looking for matching single-quote"#),
        ("EXPOSE", "EXPOSE requires at least one argument"), ("EXPOSE 65536", "invalid containerPort: 65536"),
        ("EXPOSE -1", "invalid containerPort: -1"), ("EXPOSE +80", "invalid containerPort: +80"),
        ("EXPOSE 5-3", "invalid containerPort: 5-3"), ("EXPOSE 80-", "invalid containerPort: 80-"),
        ("EXPOSE 1-2-3", "invalid containerPort: 1-2-3"), ("EXPOSE 80,81", "invalid containerPort: 80,81"),
        ("ENV P=\"80 81\"\nEXPOSE \"$P\"", "invalid containerPort: 80 81"), ("EXPOSE 80/foo", "invalid proto: foo"),
        ("EXPOSE 80/tcp/udp", "invalid proto: tcp/udp"), ("EXPOSE /tcp", "no port specified: /tcp<empty>"),
        ("EXPOSE a:80", "invalid hostPort: a"), ("EXPOSE 70000:80", "invalid hostPort: 70000"),
        (
            "EXPOSE 80-82:90-91",
            "invalid ranges specified for container and host Ports: 90-91 and 80-82"
        ),
        ("EXPOSE 1:2:3:4", "invalid IP address: 1:2"), ("EXPOSE h:1:2", "invalid IP address: h"),
        ("EXPOSE 01.2.3.4:1:2", "invalid IP address: 01.2.3.4"), ("EXPOSE [:]:1:2", "invalid IP address: :"),
        ("EXPOSE [1::2::3]:1:2", "invalid IP address: 1::2::3"),
        ("EXPOSE [12345::]:1:2", "invalid IP address: 12345::"),
        ("EXPOSE [1:2:3:4:5:6:7:8::]:1:2", "invalid IP address: 1:2:3:4:5:6:7:8::"),
        ("VOLUME", "VOLUME requires at least one argument"), ("VOLUME []", "VOLUME requires at least one argument"),
        (#"VOLUME [" "]"#, "VOLUME specified can not be an empty string"),
        ("VOLUME ${NO}", "VOLUME specified can not be an empty string"),
        ("USER", "USER requires exactly one argument"), ("WORKDIR", "WORKDIR requires exactly one argument"),
        ("WORKDIR ${NO}", "WORKDIR specified can not be an empty string"),
        ("STOPSIGNAL", "STOPSIGNAL requires exactly one argument"), ("STOPSIGNAL 0", "invalid signal: 0"),
        ("STOPSIGNAL 65", "invalid signal: 65"), ("STOPSIGNAL SIGFOO", "invalid signal: SIGFOO"),
        ("STOPSIGNAL RTMIN+16", "invalid signal: RTMIN+16"), ("STOPSIGNAL RTMAX-15", "invalid signal: RTMAX-15"),
        ("STOPSIGNAL -9", "invalid signal: -9"), ("STOPSIGNAL \"\"", "invalid signal: "),
        ("ONBUILD", "ONBUILD requires at least one argument"),
        ("ONBUILD onbuild RUN x", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"),
        ("ONBUILD FROM x", "FROM isn't allowed as an ONBUILD trigger"),
        ("ONBUILD maintainer x", "MAINTAINER isn't allowed as an ONBUILD trigger"),
        ("ONBUILD ENV a", "ENV must have two arguments"), ("ONBUILD --x=y RUN z", "unknown flag: x"),
        ("ONBUILD RUN <<EOF\nx", #"unterminated heredoc "EOF""#),
        ("ONBUILD RUN <<E'O'F\nEOF", #"heredoc with a name partly in quotes: "<<E'O'F""#),
        ("HEALTHCHECK", "HEALTHCHECK requires at least one argument"),
        ("HEALTHCHECK NONE x", "HEALTHCHECK NONE takes no arguments"),
        ("HEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD"),
        ("HEALTHCHECK CMD []", "Missing command after HEALTHCHECK CMD"),
        ("HEALTHCHECK foo x", #"Unknown type "FOO" in HEALTHCHECK (try CMD)"#),
        ("HEALTHCHECK --interval=999us CMD x", #"Interval "interval" cannot be less than 1ms"#),
        ("HEALTHCHECK --start-period=-1s CMD x", #"Interval "start-period" cannot be less than 1ms"#),
        ("HEALTHCHECK --interval=5 CMD x", #"missing unit in duration "5""#),
        ("HEALTHCHECK --interval=x CMD x", #"invalid duration "x""#),
        ("HEALTHCHECK --interval=. CMD x", #"invalid duration ".""#),
        ("HEALTHCHECK --interval=- CMD x", #"invalid duration "-""#),
        ("HEALTHCHECK --interval=9999999h CMD x", #"invalid duration "9999999h""#),
        ("HEALTHCHECK --interval=99999999999999999999s CMD x", #"invalid duration "99999999999999999999s""#),
        ("HEALTHCHECK --interval=1d CMD x", #"unknown unit "d" in duration "1d""#),
        ("HEALTHCHECK --interval 5s CMD x", "missing a value on flag: interval"),
        ("HEALTHCHECK --interval=1s --interval=2s CMD x", "duplicate flag specified: interval"),
        ("HEALTHCHECK --foo=1 CMD x", "unknown flag: foo"),
        ("HEALTHCHECK --retries=-1 CMD x", "--retries cannot be negative (-1)"),
        ("HEALTHCHECK --retries=x CMD x", #"--retries has to be a number, not "x""#),
        ("HEALTHCHECK --retries=99999999999 CMD x", #"--retries has to be a number, not "99999999999""#),
        ("# escape=x\nCMD a", "invalid escape token 'x' does not match ` or \\"),
        ("# escape=`\n#Escape = `\nCMD a", "only one escape parser directive can be used"),
    ]

    @Test("say why", arguments: messages)
    func message(text: String, message: String) {
        let error = #expect(throws: ChangeError.self) {
            try ConfigChanges(parsing: [text]).applied(to: ChangeCase.Base.plain.config)
        }
        #expect(error?.description == message)
    }

    @Test(
        "name the line on which the instruction begins",
        arguments: [
            (["CMD a", "EXPOSE a", "FOO"], 3), (["CMD a \\\n b", "# c\nEXPOSE a"], 4), (["\n\nENV"], 3),
            (["ONBUILD RUN <<E\nx\nE", "USER"], 4), (["CMD a", "USER \0"], 2), ([""], nil),
        ] as [([String], Int?)]
    )
    func lines(texts: [String], line: Int?) {
        let error = #expect(throws: ChangeError.self) {
            try ConfigChanges(parsing: texts).applied(to: JSONObject())
        }
        #expect(error?.line == line)
    }

    @Test(
        "refuse a config whose members are of another type",
        arguments: [
            ("ENV A=1", ["Env": "x"], "config.Env"), ("ENV A=1", ["Env": [1]], "config.Env[0]"),
            ("USER u", ["Env": [:]], "config.Env"), ("EXPOSE 80", ["ExposedPorts": []], "config.ExposedPorts"),
            ("VOLUME /a", ["Volumes": "x"], "config.Volumes"), ("LABEL a=b", ["Labels": []], "config.Labels"),
            ("CMD a", ["Shell": [1]], "config.Shell[0]"), ("WORKDIR a", ["WorkingDir": 1], "config.WorkingDir"),
            ("ONBUILD RUN x", ["OnBuild": true], "config.OnBuild"),
            ("HEALTHCHECK CMD x", ["Healthcheck": []], "config.Healthcheck"), ("CMD a", ["User": 1], "config.User"),
            ("CMD a", ["Entrypoint": 1], "config.Entrypoint"),
        ] as [(String, JSONObject, String)]
    )
    func types(text: String, config: JSONObject, path: String) throws {
        let changes = try ConfigChanges(parsing: [text])
        let error = #expect(throws: ChangeError.self) { try changes.applied(to: config) }
        guard case .config(let inner) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(inner.path == path)
        #expect(error?.description.hasPrefix("invalid config: \(path): expected ") == true)
    }
}
