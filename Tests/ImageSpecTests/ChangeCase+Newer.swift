// What Docker 20.10 refuses or reads in another way, as its successors have it.
extension ChangeCase {
    /// STOPSIGNAL, more of HEALTHCHECK, more ways to write a variable, heredocs.
    static let newer: [ChangeCase] = [
        ChangeCase(.plain, ["STOPSIGNAL SIGTERM"], #"{"StopSignal":"SIGTERM"}"#),
        ChangeCase(.plain, ["STOPSIGNAL usr1"], #"{"StopSignal":"usr1"}"#),
        ChangeCase(.plain, ["STOPSIGNAL 9"], #"{"StopSignal":"9"}"#),
        ChangeCase(.plain, ["STOPSIGNAL SIGRTMIN+3"], #"{"StopSignal":"SIGRTMIN+3"}"#),
        ChangeCase(.plain, ["STOPSIGNAL RTMAX-14"], #"{"StopSignal":"RTMAX-14"}"#),
        ChangeCase(.plain, ["STOPSIGNAL ${S:-INT}"], #"{"StopSignal":"INT"}"#),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --start-interval=1s CMD x"],
            #"{"Healthcheck":{"StartInterval":1000000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .rich,
            ["HEALTHCHECK --interval=0 --timeout=0s --retries=0 CMD x"],
            #"{"Healthcheck":{"Interval":5000000000,"Retries":4,"Test":["CMD-SHELL","x"],"Timeout":3000000000}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=2000\u{B5}s --timeout=2000\u{3BC}s CMD x"],
            #"{"Healthcheck":{"Interval":2000000,"Test":["CMD-SHELL","x"],"Timeout":2000000}}"#
        ),
        ChangeCase(.plain, [#"CMD [ "a" ] x"#], #"{"Cmd":["/bin/sh","-c","[ \"a\" ] x"]}"#),
        ChangeCase(.plain, ["ONBUILD RUN <<EOF\nCMD x\nEOF"], #"{"OnBuild":["RUN <<EOF\nCMD x\nEOF"]}"#),
        ChangeCase(
            .plain,
            ["ONBUILD COPY <<-A 3<<'B' /x/\n\ta\n\tA\n b\\\n#c\nB\nUSER u"],
            #"{"OnBuild":["COPY <<-A 3<<'B' /x/\n\ta\nA\n b\\\n#c\nB"],"User":"u"}"#
        ),
        ChangeCase(.plain, ["ONBUILD RUN x <<< y", "USER u"], #"{"OnBuild":["RUN x <<< y"],"User":"u"}"#),
        ChangeCase(.plain, ["ONBUILD RUN $((1 << 2))", "USER u"], #"{"OnBuild":["RUN $((1 << 2))"],"User":"u"}"#),
        variable("${EMPTY-d}", ""), variable("${NO-d}", "d"), variable("${EMPTY+s}", "s"), variable("${NO+s}", ""),
        variable("${D?no}", "/base/dir"), variable("${EMPTY?no}", ""), variable("${NO:-$D}", "/base/dir"),
        variable("${D#/}", "base/dir"), variable("${D#*/}", "base/dir"), variable("${D##*/}", "dir"),
        variable("${D%/*}", "/base"), variable("${D%%/*}", ""), variable("${D%?}", "/base/di"),
        variable("${D#x}", "/base/dir"), variable("${D#?????}", "/dir"), variable("${D#*}", "/base/dir"),
        variable("${D##*}", ""), variable("${D%}", "/base/dir"), variable("${NO#x}", ""),
        variable(#"${D//\//:}"#, ":base:dir"), variable("${D/b*e/x}", "/x/dir"), variable("${D//[/x}", "/base/dir"),
        variable("${D//?/x}", "xxxxxxxxx"), variable("${D/*/x}", "x"), variable("${D//*/x}", "x"),
        variable(#"${D/\*/x}"#, "/base/dir"), variable("${D/d/}", "/base/ir"), variable("${D/r/$PATH}", "/base/di/bin"),
    ]

    private static func variable(_ text: String, _ value: String) -> ChangeCase {
        let environment = #"["PATH=/bin","GREETING=hello, world","EMPTY=","D=/base/dir","A=\#(value)"]"#
        return ChangeCase(.rich, ["ENV A=\(text)"], #"{"Env":\#(environment)}"#)
    }
}
