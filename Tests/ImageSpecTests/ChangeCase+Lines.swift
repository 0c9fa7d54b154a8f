// As docker 20.10 writes it: `docker commit --change` with these texts, on containers of images with these configs.
extension ChangeCase {
    /// Directives, comments, continued lines and blanks.
    static let lines: [ChangeCase] = [
        ChangeCase(
            .plain,
            ["LABEL a=\"x\\\ny\""],
            #"{"Labels":{"a":"xy","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(.plain, ["ONBUILD RUN a \\\n  b"], #"{"OnBuild":["RUN a   b"]}"#),
        ChangeCase(.plain, ["# comment", "CMD a"], #"{"Cmd":["/bin/sh","-c","a"]}"#),
        ChangeCase(.plain, ["CMD a \\\n# comment\n  b"], #"{"Cmd":["/bin/sh","-c","a   b"]}"#),
        ChangeCase(.plain, ["CMD a \\\n\n  b"], #"{"Cmd":["/bin/sh","-c","a   b"]}"#),
        ChangeCase(
            .plain,
            ["# escape=`\nENV A=a` b C=`$PATH"],
            #"{"Env":["PATH=/bin","GREETING=hello, world","A=a b","C=$PATH"]}"#
        ),
        ChangeCase(.plain, ["# escape=`\nCMD a `\n b \\"], #"{"Cmd":["/bin/sh","-c","a  b \\"]}"#),
        ChangeCase(
            .plain,
            ["# syntax=foo\n# escape=`\nENV A=\"`\"x\""],
            #"{"Env":["PATH=/bin","GREETING=hello, world","A=\"x"]}"#
        ),
        ChangeCase(.plain, ["\n# escape=`\nENV A=a\\ b"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=a b"]}"#),
        ChangeCase(.plain, ["#escape = ` \nENV A=a` b"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=a b"]}"#),
        ChangeCase(
            .plain,
            ["CMD a\r\nENV A=b\r"],
            #"{"Cmd":["/bin/sh","-c","a"],"Env":["PATH=/bin","GREETING=hello, world","A=b"]}"#
        ),
        ChangeCase(.plain, ["\u{FEFF}CMD a"], #"{"Cmd":["/bin/sh","-c","a"]}"#),
        ChangeCase(.plain, ["   CMD   a   "], #"{"Cmd":["/bin/sh","-c","a"]}"#),
        ChangeCase(.plain, ["ENV A=1\n\n# c\nENV B=2"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=1","B=2"]}"#),
        ChangeCase(.plain, ["  # c\n CMD a"], #"{"Cmd":["/bin/sh","-c","a"]}"#),
        ChangeCase(.plain, ["ENV A=x \\\n  B=y"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=x","B=y"]}"#),
        ChangeCase(.plain, ["ENV A=x\\\ny"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=xy"]}"#),
        ChangeCase(.plain, ["CMD a \\ \t\n b"], #"{"Cmd":["/bin/sh","-c","a  b"]}"#),
        ChangeCase(.plain, ["CMD [\"a\",\\\n\"b\"]"], #"{"Cmd":["a","b"]}"#),
    ]
}
