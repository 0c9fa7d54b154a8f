import ImageSpec
import Testing

@Suite("Changes to a config")
struct ConfigChangesTests {
    @Test("have Docker's effect", arguments: ChangeCase.docker)
    func dockersEffect(_ expected: ChangeCase) throws {
        let before = expected.base.config
        let after = try ConfigChanges(parsing: expected.texts).applied(to: before)
        #expect(ChangeCase.difference(before, after) == expected.changed)
    }

    @Test("have the effect that Docker gives them today", arguments: ChangeCase.newer)
    func todaysEffect(_ expected: ChangeCase) throws {
        try dockersEffect(expected)
    }

    @Test("have no further effect the second time", arguments: ChangeCase.docker)
    func idempotence(_ change: ChangeCase) throws {
        let text = change.texts.joined(separator: "\n")
        // Triggers add up, paths may be relative, and variables may hold what was there before.
        let addsUp = ["onbuild", "workdir"].contains { text.lowercased().contains($0) } || text.contains("$")
        try #require(!change.texts.isEmpty)
        guard !addsUp else { return }
        let changes = try ConfigChanges(parsing: change.texts)
        let once = try changes.applied(to: change.base.config)
        let twice = try changes.applied(to: once)
        #expect(ChangeCase.difference(once, twice) == "{}")
    }

    @Test("are read from several texts as from one", arguments: ChangeCase.docker)
    func joined(_ change: ChangeCase) throws {
        let joined = change.texts.joined(separator: "\n")
        #expect(try ConfigChanges(parsing: [joined]) == ConfigChanges(parsing: change.texts))
    }

    @Test("keep what no instruction names, and its order")
    func unknownMembers() throws {
        let before: JSONObject = [
            "OnBuild": ["RUN a"], "Zeta": [1, .null], "ArgsEscaped": true, "Env": .null, "Cmd": ["c"],
            "StopTimeout": 3, "Labels": .null,
        ]
        let after = try ConfigChanges(parsing: ["USER u", "ENV A=1", "LABEL a=b", "ONBUILD RUN b"]).applied(to: before)
        #expect(after.keys == ["OnBuild", "Zeta", "ArgsEscaped", "Env", "Cmd", "StopTimeout", "Labels", "User"])
        #expect(
            ChangeCase.difference(before, after)
                == #"{"Env":["A=1"],"Labels":{"a":"b"},"OnBuild":["RUN a","RUN b"],"User":"u"}"#
        )
    }

    @Test("run commands with the image's own shell")
    func shell() throws {
        let before: JSONObject = ["Shell": ["/bin/bash", "-o", "pipefail", "-c"]]
        let after = try ConfigChanges(parsing: ["CMD a b", "ENTRYPOINT c", "HEALTHCHECK CMD d"]).applied(to: before)
        let shell = #"["/bin/bash","-o","pipefail","-c","#
        #expect(
            ChangeCase.difference(before, after)
                == #"{"Cmd":\#(shell)"a b"],"Entrypoint":\#(shell)"c"],"Healthcheck":{"Test":["CMD-SHELL","d"]}}"#
        )
    }

    @Test("tell names apart by their bytes")
    func canonicalEquivalence() throws {
        let before: JSONObject = ["Env": ["\u{E9}=1"], "Labels": ["\u{E9}": "1"]]
        let changes = try ConfigChanges(parsing: ["ENV e\u{301}=2 A=$\u{E9}", "LABEL e\u{301}=2"])
        let after = try changes.applied(to: before)
        #expect(after["Env"] == ["\u{E9}=1", "e\u{301}=2", "A=1"])
        #expect(after["Labels"]?.objectValue?.count == 2)
        let unset = try ConfigChanges(parsing: [], unsettingVariables: ["e\u{301}"], unsettingLabels: ["e\u{301}"])
        #expect(try unset.applied(to: after)["Env"] == ["\u{E9}=1", "A=1"])
        #expect(try unset.applied(to: after)["Labels"] == ["\u{E9}": "1"])
    }

    @Test("without a text are none")
    func empty() throws {
        let changes = try ConfigChanges(parsing: [])
        #expect(changes.isEmpty)
        #expect(try changes.applied(to: ["Env": "no array", "Cmd": []]) == ["Env": "no array", "Cmd": []])
        #expect(try !ConfigChanges(parsing: ["CMD"]).isEmpty)
    }

    @Test("clear each field that has a name", arguments: ConfigField.allCases)
    func clearing(_ field: ConfigField) throws {
        var before = ChangeCase.Base.rich.config
        before["OnBuild"] = ["RUN x"]
        before["StopSignal"] = "INT"
        try #require(before[field.rawValue] != nil)
        #expect(ConfigField(named: field.rawValue.uppercased()) == field)
        let changes = try ConfigChanges(parsing: [], clearing: [field])
        #expect(!changes.isEmpty)
        #expect(
            try ChangeCase.difference(before, changes.applied(to: before)) == #"{"\#(field.rawValue)":null}"#
        )
    }

    @Test("know no field of another name", arguments: ["", "Shell", "Cmd ", "env\u{301}"])
    func unknownField(_ name: String) {
        #expect(ConfigField(named: name) == nil)
    }

    @Test("clear before they change, so that nothing cleared comes back")
    func clearedFirst() throws {
        let before = ChangeCase.Base.rich.config
        let changes = try ConfigChanges(
            parsing: ["CMD []", "ENTRYPOINT []", "USER $D", "HEALTHCHECK CMD n", "WORKDIR x", "ENV D=${PATH}2"],
            clearing: [.command, .entrypoint, .user, .healthcheck, .workingDirectory],
            unsettingVariables: ["D", "PATH", "NONE", "EMPTY="],
            unsettingLabels: ["note", "none"]
        )
        #expect(
            ChangeCase.difference(before, try changes.applied(to: before))
                == #"{"Cmd":null,"Entrypoint":null,"Env":["GREETING=hello, world","EMPTY=","D=2"],"#
                + #""Healthcheck":{"Test":["CMD-SHELL","n"]},"Labels":{"org.opencontainers.image.title":"small"},"#
                + #""User":null,"WorkingDir":"/x"}"#
        )
    }

    @Test("leave out what unsetting has emptied")
    func emptied() throws {
        let changes = try ConfigChanges(parsing: [], unsettingVariables: ["A", "B"], unsettingLabels: ["l"])
        #expect(try changes.applied(to: ["Env": ["A=1", "B"], "Labels": ["l": ""], "User": "u"]) == ["User": "u"])
    }
}
