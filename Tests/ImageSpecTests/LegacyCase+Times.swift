extension LegacyCase {
    // Image ID sha256:39db6575b2e031f808cd111edf0d8443b16c846789dbd41a884b79e2e12f98e2
    static let times = LegacyCase(
        testDescription: "odd spellings of times, one layer on another",
        layers: [
            #"""
            {"id":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","created":"2013-06-13T4:03:\#
            50,5Z"}
            """#,
            #"""
            {"id":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","parent":"ca978112ca1bbdcaf\#
            ac231b39a23dc4da786eff8147c4e72b9807785afee48bb","created":"2013-06-13T14:03:50.1234567899-07:00","d\#
            ocker_version":"1.8.3"}
            """#,
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac",
            "sha256:a683f37fc70b59a3a73d3a0315a60c8e157e2d12238d675711efeaebe558a346",
        ],
        config:
            #"""
            {"created":"2013-06-13T14:03:50.1234567899-07:00","docker_version":"1.8.3","history":[{"created":"20\#
            13-06-13T04:03:50.5Z"},{"created":"2013-06-13T14:03:50.123456789-07:00"}],"rootfs":{"type":"layers",\#
            "diff_ids":["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac","sha256:a683f3\#
            7fc70b59a3a73d3a0315a60c8e157e2d12238d675711efeaebe558a346"]}}
            """#
    )

    // Image ID sha256:7403950fab18c35a321ba3699873bffa7469eb2ac9a8e95474c087cc148835f4
    static let zeroOffset = LegacyCase(
        testDescription: "an offset of zero",
        layers: [
            #"""
            {"created":"2013-06-13T14:03:50+00:00"}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"container_config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":fals\#
            e,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image"\#
            :"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"2013-0\#
            6-13T14:03:50Z","history":[{"created":"2013-06-13T14:03:50Z"}],"rootfs":{"type":"layers","diff_ids":\#
            ["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )

    // Image ID sha256:92a44114f3a636ff5911017e664095ad7054db5d69896166bba395f16514253f
    static let smallOffset = LegacyCase(
        testDescription: "an offset below one hour",
        layers: [
            #"""
            {"created":"2013-06-13T14:03:50.100-00:30"}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"container_config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":fals\#
            e,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image"\#
            :"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"2013-0\#
            6-13T14:03:50.1-00:30","history":[{"created":"2013-06-13T14:03:50.1-00:30"}],"rootfs":{"type":"layer\#
            s","diff_ids":["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )

    // Image ID sha256:8be0d9760f5a33fe44d6715e0aa6537510442bf391cdc32eaab585d838b53c9a
    static let bigOffset = LegacyCase(
        testDescription: "the greatest offset",
        layers: [
            #"""
            {"created":"2013-06-13T14:03:50+23:59"}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"container_config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":fals\#
            e,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image"\#
            :"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"2013-0\#
            6-13T14:03:50+23:59","history":[{"created":"2013-06-13T14:03:50+23:59"}],"rootfs":{"type":"layers","\#
            diff_ids":["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )
}
