// As docker 20.10 writes it: `docker commit --change` with these texts, on containers of images with these configs.
extension ChangeCase {
    /// ENV, with its quotes and its variables.
    static let variables: [ChangeCase] = [
        ChangeCase(.plain, ["ENV A=1"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=1"]}"#),
        ChangeCase(.plain, ["ENV A 1 2  3 "], #"{"Env":["PATH=/bin","GREETING=hello, world","A=1 2  3"]}"#),
        ChangeCase(
            .plain,
            [#"ENV A= B="x y" C='$PATH' D=a\ b E="\$PATH" F=$PATH:/x"#],
            #"{"Env":["PATH=/bin","GREETING=hello, world","A=","B=x y","C=$PATH","D=a b","E=$PATH","F=/bin:/x"]}"#
        ),
        ChangeCase(.plain, ["ENV GREETING=bye"], #"{"Env":["PATH=/bin","GREETING=bye"]}"#),
        ChangeCase(.plain, ["ENV A=$GREETING"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=hello, world"]}"#),
        ChangeCase(.plain, [#"ENV A="$GREETING""#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=hello, world"]}"#),
        ChangeCase(.plain, ["ENV A=1 B=$A"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=1","B="]}"#),
        ChangeCase(.plain, ["ENV A=1", "ENV B=$A"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=1","B=1"]}"#),
        ChangeCase(
            .plain,
            ["ENV A=${NO:-dflt} B=${PATH:+set} C=${NO:+set} D=${PATH:-d} E=${NO} F=$NO"],
            #"{"Env":["PATH=/bin","GREETING=hello, world","A=dflt","B=set","C=","D=/bin","E=","F="]}"#
        ),
        ChangeCase(.plain, ["ENV A=${PATH:?err}"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=/bin"]}"#),
        ChangeCase(.plain, ["ENV A=$"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=$"]}"#),
        ChangeCase(
            .plain,
            ["ENV A=$1 B=$12x C=$? D=$$"],
            #"{"Env":["PATH=/bin","GREETING=hello, world","A=","B=x","C=","D="]}"#
        ),
        ChangeCase(.plain, [#"ENV A=b\"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=b"]}"#),
        ChangeCase(.plain, [#"ENV "A B"=c"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A B=c"]}"#),
        ChangeCase(.plain, ["ENV 'A'=c"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=c"]}"#),
        ChangeCase(.plain, [#"ENV A=a\"b"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=a\"b"]}"#),
        ChangeCase(.plain, [#"ENV A="a\b\"c\\d""#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=a\\b\"c\\d"]}"#),
        ChangeCase(.plain, [#"ENV A='a\b'"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=a\\b"]}"#),
        ChangeCase(
            .plain,
            [#"ENV A  $PATH "q" \"x\""#],
            #"{"Env":["PATH=/bin","GREETING=hello, world","A=/bin q \"x\""]}"#
        ),
        ChangeCase(.plain, ["ENV A=${NO:-${PATH}}"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=/bin"]}"#),
        ChangeCase(.plain, [#"ENV A=${NO:-"x y"}"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=x y"]}"#),
        ChangeCase(.plain, ["ENV A=é$PATHé"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=é"]}"#),
        ChangeCase(.plain, ["ENV $GREETING=x"], #"{"Env":["PATH=/bin","GREETING=hello, world","hello, world=x"]}"#),
        ChangeCase(.plain, ["ENV A=x=y"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=x=y"]}"#),
        ChangeCase(.plain, ["ENV A=\"tab\there\""], #"{"Env":["PATH=/bin","GREETING=hello, world","A=tab\there"]}"#),
        ChangeCase(.plain, ["ENV abc=def abc=$abc"], #"{"Env":["PATH=/bin","GREETING=hello, world","abc="]}"#),
        ChangeCase(.plain, ["ENV A\t=x"], #"{"Env":["PATH=/bin","GREETING=hello, world","A==x"]}"#),
        ChangeCase(.plain, ["ENV A =x"], #"{"Env":["PATH=/bin","GREETING=hello, world","A==x"]}"#),
        ChangeCase(.plain, ["env a=b"], #"{"Env":["PATH=/bin","GREETING=hello, world","a=b"]}"#),
        ChangeCase(.plain, ["Env a b"], #"{"Env":["PATH=/bin","GREETING=hello, world","a=b"]}"#),
        ChangeCase(.plain, [#"ENV A="""#], #"{"Env":["PATH=/bin","GREETING=hello, world","A="]}"#),
        ChangeCase(.plain, ["ENV A=''"], #"{"Env":["PATH=/bin","GREETING=hello, world","A="]}"#),
        ChangeCase(.plain, [#"ENV A=\$PATH"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=$PATH"]}"#),
        ChangeCase(.plain, ["ENV A=`x`"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=`x`"]}"#),
        ChangeCase(.plain, [#"ENV A=a"b c"d'e f'g"#], #"{"Env":["PATH=/bin","GREETING=hello, world","A=ab cde fg"]}"#),
        ChangeCase(.plain, ["ENV A=1 A=2"], #"{"Env":["PATH=/bin","GREETING=hello, world","A=2"]}"#),
        ChangeCase(.plain, ["ENV A=$é"], #"{"Env":["PATH=/bin","GREETING=hello, world","A="]}"#),
        ChangeCase(
            .plain,
            [#"ENV P="80 81""#, "EXPOSE $P"],
            #"{"Env":["PATH=/bin","GREETING=hello, world","P=80 81"],"ExposedPorts":{"80/tcp":{},"81/tcp":{}}}"#
        ),
        ChangeCase(
            .plain,
            ["ENV W=/w", "WORKDIR $W", "ENV D=${W:-no}"],
            #"{"Env":["PATH=/bin","GREETING=hello, world","W=/w","D=/w"],"WorkingDir":"/w"}"#
        ),
    ]
}
