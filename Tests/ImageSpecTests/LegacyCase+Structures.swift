extension LegacyCase {
    // Image ID sha256:1a48871848df9c4c3284e0ed283cef14d515f36c2cbe76404d5443ac99609e76
    static let full = LegacyCase(
        testDescription: "every member that Docker knows, through its structures",
        layers: [
            #"""
            {\#n "id":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","comment":"c <&> \u2028\#
             \b\f\t\u0001\u007f \#u{E9} \ud83d\ude00","created":"2014-10-01T20:46:13.510900410+02:00",\#n "conta\#
            iner":"fed9","container_config":{"Cmd":"one text","Hostname":"h","Env":["A=1",null,"B=<2>"],"Unknown\#
            ":1},\#n "docker_version":"1.7.0","author":"a & b","variant":"v7","architecture":"arm","os":"linux",\#
            "Size":17,"unknown":{"x":1},\#n "config":{"Hostname":"x","Domainname":"d","User":"u","AttachStdin":t\#
            rue,"AttachStdout":true,"AttachStderr":true,\#n  "ExposedPorts":{"80/tcp":{},"53/udp":null,"443/tcp"\#
            :{"a":1}},"Tty":true,"OpenStdin":true,"StdinOnce":true,\#n  "Env":[],"Cmd":["/bin/sh","-c","echo \u0\#
            03cx\u003e"],\#n  "Healthcheck":{"Test":["CMD","x"],"Interval":30,"Timeout":0,"StartPeriod":-1,"Retr\#
            ies":3,"StartInterval":5},\#n  "ArgsEscaped":true,"Image":"img","Volumes":{"/z":{},"/a":{}},"Working\#
            Dir":"/w","Entrypoint":[],\#n  "NetworkDisabled":true,"MacAddress":"00:11","OnBuild":["RUN x"],"Labe\#
            ls":{"z":"1","a":"<2>","n":null},\#n  "StopSignal":"SIGTERM","StopTimeout":0,"Shell":["/bin/sh"]}}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"architecture":"arm","author":"a \u0026 b","comment":"c \u003c\u0026\u003e \u2028 \u0008\u000c\t\u0\#
            001\#u{7F} \#u{E9} \#u{1F600}","config":{"Hostname":"x","Domainname":"d","User":"u","AttachStdin":tr\#
            ue,"AttachStdout":true,"AttachStderr":true,"ExposedPorts":{"443/tcp":{},"53/udp":{},"80/tcp":{}},"Tt\#
            y":true,"OpenStdin":true,"StdinOnce":true,"Env":[],"Cmd":["/bin/sh","-c","echo \u003cx\u003e"],"Heal\#
            thcheck":{"Test":["CMD","x"],"Interval":30,"StartPeriod":-1,"Retries":3},"ArgsEscaped":true,"Image":\#
            "img","Volumes":{"/a":{},"/z":{}},"WorkingDir":"/w","Entrypoint":[],"NetworkDisabled":true,"MacAddre\#
            ss":"00:11","OnBuild":["RUN x"],"Labels":{"a":"\u003c2\u003e","n":"","z":"1"},"StopSignal":"SIGTERM"\#
            ,"StopTimeout":0,"Shell":["/bin/sh"]},"container":"fed9","container_config":{"Hostname":"h","Domainn\#
            ame":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"Tty":false,"OpenStd\#
            in":false,"StdinOnce":false,"Env":["A=1","","B=\u003c2\u003e"],"Cmd":["one text"],"Image":"","Volume\#
            s":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"2014-10-01T20:46:\#
            13.51090041+02:00","docker_version":"1.7.0","history":[{"created":"2014-10-01T20:46:13.51090041+02:0\#
            0","author":"a \u0026 b","created_by":"one text","comment":"c \u003c\u0026\u003e \u2028 \u0008\u000c\#
            \t\u0001\#u{7F} \#u{E9} \#u{1F600}"}],"os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:bc3\#
            91fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]},"variant":"v7"}
            """#
    )

    // Image ID sha256:570707b644896b73711f3a284da3569e50336fcb541319cebbd2668649bfb5dc
    static let nulls = LegacyCase(
        testDescription: "null for everything",
        layers: [
            #"""
            {"id":null,"comment":null,"created":null,"container_config":null,"docker_version":null,"author":null\#
            ,"config":null,"architecture":null,"os":null}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"container_config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":fals\#
            e,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image"\#
            :"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"0001-0\#
            1-01T00:00:00Z","history":[{"created":"0001-01-01T00:00:00Z"}],"rootfs":{"type":"layers","diff_ids":\#
            ["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )

    // Image ID sha256:570707b644896b73711f3a284da3569e50336fcb541319cebbd2668649bfb5dc
    static let minimal = LegacyCase(
        testDescription: "an ID alone",
        layers: [
            #"""
            {"id":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"container_config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":fals\#
            e,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image"\#
            :"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"0001-0\#
            1-01T00:00:00Z","history":[{"created":"0001-01-01T00:00:00Z"}],"rootfs":{"type":"layers","diff_ids":\#
            ["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )

    // Image ID sha256:08d18c346d69f7979a6772879c8df641f72a59b0391e3177f6a523a6be9ba0bd
    static let rc = LegacyCase(
        testDescription: "a release candidate counts as the version .0",
        layers: [
            #"""
            {"docker_version":"1.8.3-rc1","config":{"Cmd":null},"x":1}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachS\#
            tderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volum\#
            es":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"container_config":{"Hostna\#
            me":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"Tty"\#
            :false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volumes":null,"WorkingD\#
            ir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"0001-01-01T00:00:00Z","docker_vers\#
            ion":"1.8.3-rc1","history":[{"created":"0001-01-01T00:00:00Z"}],"rootfs":{"type":"layers","diff_ids"\#
            :["sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )

    // Image ID sha256:50f6b80c9be102ab366875994feca8ae8bb4463a7531901128a61043f5317af4
    static let dev = LegacyCase(
        testDescription: "a version that is no number",
        layers: [
            #"""
            {"docker_version":"dev","config":{},"x":1}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachS\#
            tderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volum\#
            es":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"container_config":{"Hostna\#
            me":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"Tty"\#
            :false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volumes":null,"WorkingD\#
            ir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"0001-01-01T00:00:00Z","docker_vers\#
            ion":"dev","history":[{"created":"0001-01-01T00:00:00Z"}],"rootfs":{"type":"layers","diff_ids":["sha\#
            256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )

    // Image ID sha256:754c68fc3df7564ce26fa4f99f736a5dffcbc634fae1b10b3657da294fecd7fb
    static let healthcheckEmpty = LegacyCase(
        testDescription: "empty members",
        layers: [
            #"""
            {"config":{"Healthcheck":{},"ExposedPorts":{},"Volumes":{},"Labels":{},"Cmd":"","Entrypoint":null,"S\#
            hell":[]}}
            """#
        ],
        diffIDs: [
            "sha256:bc391fe0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"
        ],
        config:
            #"""
            {"config":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachS\#
            tderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":[""],"Healthcheck":{},\#
            "Image":"","Volumes":{},"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{}},"container_con\#
            fig":{"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr\#
            ":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volumes":n\#
            ull,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":null},"created":"0001-01-01T00:00:00Z"\#
            ,"history":[{"created":"0001-01-01T00:00:00Z"}],"rootfs":{"type":"layers","diff_ids":["sha256:bc391f\#
            e0f91faf4c7f5dde1b4dc0ac6fc1365008aed3d1b0fb7c1e2016ab6fac"]}}
            """#
    )
}
