extension LegacyCase {
    // Image ID sha256:b1da1248756e3bb08068174164fda728f63f7368c87f05097e27b8dfe9883356
    static let modern = LegacyCase(
        testDescription: "a version that keeps members as they are written",
        layers: [
            #"""
            {\#n  "zeta" : [ 1.0e5 , -0, 1E+2 ],  "id":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785\#
            afee48bb", "parent":"", "throwaway":true, "Size": 12, "parent_id":"p", "layer_id":"l",\#n  "created"\#
            : "2016-01-02T03:04:05.000000006Z", "docker_version":"1.9.1", "text":"a\/b \u00e9 \#u{E9} <&> \#u{2028}\#
             \#u{2029} \u2028 \"q\" \\ x  y",\#n  "rootfs":{"stale":1}, "history":"stale", "Alpha":null, "\#u{E9}\#
            ":{ }, "config":{ "Cmd" : [ "/bin/sh" , "-c" ] , "X":{"b":1,"a":2} },\#n  "container_config": {"Cmd"\#
            :["/bin/sh","-c","#(nop) CMD <x>"]}, "author":"me", "comment":"hi" , "os":"linux", "a<b":"c"}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"Alpha":null,"a\u003cb":"c","author":"me","comment":"hi","config":{"Cmd":["/bin/sh","-c"],"X":{"b":\#
            1,"a":2}},"container_config":{"Cmd":["/bin/sh","-c","#(nop) CMD \u003cx\u003e"]},"created":"2016-01-\#
            02T03:04:05.000000006Z","docker_version":"1.9.1","history":[{"created":"2016-01-02T03:04:05.00000000\#
            6Z","author":"me","created_by":"/bin/sh -c #(nop) CMD \u003cx\u003e","comment":"hi"}],"os":"linux","\#
            rootfs":{"type":"layers","diff_ids":["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2\#
            016ab6fac"]},"text":"a\/b \u00e9 \#u{E9} \u003c\u0026\u003e \u2028 \u2029 \u2028 \"q\" \\ x  y","zet\#
            a":[1.0e5,-0,1E+2],"\#u{E9}":{}}
            """#
    )

    // Image ID sha256:010d84be0840867ac05764c0f491ad5056bf1b99eb3a44234e1c89ed1b4c8a8d
    static let twoParts = LegacyCase(
        testDescription: "1.10 is after 1.8.3",
        layers: [
            #"""
            {"docker_version":"1.10","config":{"Cmd":null},"x":1}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"config":{"Cmd":null},"docker_version":"1.10","history":[{"created":"0001-01-01T00:00:00Z"}],"rootf\#
            s":{"type":"layers","diff_ids":["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab\#
            6fac"]},"x":1}
            """#
    )
}
