import Testing

@testable import LayerAudit

@Suite("Secrets by the names of variables and files") struct NamedTests {
    @Test(
        "A variable is a secret by its name, where its value can be one",
        arguments: [
            ("DB_PASSWORD=hunter2x", true), ("api_key=k3yk3yk3y", true), ("GITHUB_TOKEN=abc", true),
            ("SECRET=topsecret", true),
            ("DB_PASSWORD=", false), ("DB_PASSWORD=$OTHER", false), ("DB_PASSWORD=${OTHER}", false),
            ("DB_PASSWORD_FILE=/run/secrets/db", false), ("PASSWORD=/run/secrets/db", false), ("TOKEN_TTL=3600", false),
            ("PATH=/usr/bin", false), ("GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D", false), ("PASSWORD", false),
            ("PASSWORD=true", false), ("=PASSWORD", false), ("PASSWORD_MIN_LENGTH=12", false),
            ("PASSWORD=example1", false),
        ]
    )
    func variables(text: String, isSecret: Bool) {
        let found = NamedSecrets.variable(text)
        #expect((found != nil) == isSecret)
        if let found { #expect(found.shown.hasPrefix("**** (")) }
    }

    @Test(
        "A command has secrets in assignments and behind options",
        arguments: [
            ("/bin/sh -c #(nop)  ENV DB_PASSWORD=hunter2x", ["DB_PASSWORD"]),
            ("|2 TOKEN=abcdef MODE=fast /bin/sh -c make", ["TOKEN"]),
            ("RUN mysql --password hunter2x -u root", ["--password"]),
            ("RUN mysql --password=hunter2x && curl --token 'abcdef'", ["--password", "--token"]),
            (#"CMD ["server" "--password=hunter2x"]"#, ["--password"]),
            ("RUN mysql --password $PW --token --verbose", []),
            ("RUN echo $PASSWORD; docker login --password-stdin", []),
            ("RUN sed -i 's/^password.*/x/' /etc/conf", []),
        ]
    )
    func commands(text: String, names: [String]) {
        #expect(NamedSecrets.command(text).map(\.name) == names)
    }

    @Test("A text that is shown has no secret in it")
    func redaction() {
        let token = "ghp_" + SecretCase.token(36)
        let text = "RUN curl -H \(token) --password hunter2xhunter2x https://ci:wq8Zk2@registry.corp/"
        let audited = AuditedText(text)
        #expect(Set(audited.matches.map(\.rule.id)) == ["secret-github", "secret-url-password"])
        #expect(
            audited.redacted
                == "RUN curl -H ghp_**** (40 characters) --password hunt**** (16 characters) https://ci:**** (6 characters)@registry.corp/"
        )
        let key = AuditedText("RUN echo '" + SecretCase.key("RSA PRIVATE" + " KEY", newline: "\\n") + "' >x")
        #expect(key.redacted.hasPrefix("RUN echo '") && !key.redacted.contains(SecretCase.keyLine.prefix(8)))
    }

    @Test(
        "A credentials file is one by its name and by what it holds",
        arguments: [
            ("root/.netrc", "machine a login b password c1", ["secret-file"]),
            ("root/.netrc", "machine a login b", []), ("etc/netrc", "machine a login b password c1", []),
            ("home/u/.npmrc", "//r/:_authToken=abc", ["secret-file"]), ("home/u/.npmrc", "//r/:_authToken=${NPM}", []),
            ("home/u/.npmrc", "registry=https://r/", []), ("root/.pypirc", "[pypi]\npassword = abc", ["secret-file"]),
            ("root/.docker/config.json", #"{"auths":{"r":{"auth":"YTpi"}}}"#, ["secret-file"]),
            ("root/.docker/config.json", #"{"auths":{"r":{}}}"#, []),
            ("root/.git-credentials", "https://a:b@h.corp", ["secret-file"]),
            ("root/.aws/credentials", "# aws_secret_access_key = x\n[default]", []),
            ("root/.aws/credentials", "[default]\naws_secret_access_key = x", ["secret-file"]),
            ("root/.kube/config", "users:\n- user:\n    token: abc", ["secret-file"]),
            ("root/.bash_history", "ls\nexport API_TOKEN=abcdef\n", ["secret-shell-history"]),
            ("root/.bash_history", "ls\ncd /\n", []),
            ("etc/shadow", "root:*:1:0:::::\nx:!:1::::::\nu:!!:1::::::\n", []),
            (
                "etc/shadow", "root::1:0:::::\nu:$6$abcdefgh$\(SecretCase.token(86)):1::::::\n",
                ["password-empty", "password-hash"]
            ),
            (
                "etc/shadow", "l:!$y$j9T$abc$\(SecretCase.token(43)):1::::::\nd:ab0123456789.:1::::::\n",
                ["password-hash", "password-hash"]
            ),
            ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nt::1:1::/:/bin/sh\n", ["password-empty"]),
            ("etc/shadow.d", "root::1:0:::::\n", []),
        ]
    )
    func files(path: String, content: String, rules: [String]) {
        let found = NamedFile(Array(path.utf8))?.matches(in: Array(content.utf8)) ?? []
        #expect(found.map(\.rule.id) == rules)
        #expect(found.allSatisfy { !$0.detail.contains(SecretCase.token(8)) })
    }

    @Test(
        "Tests and documentation are known by their directories",
        arguments: [
            ("usr/share/doc/x/key.pem", true), ("usr/lib/python3/test/key.pem", true), ("srv/app/Tests/k", true),
            ("etc/ssl/private/key.pem", false), ("srv/test", false), ("srv/attest/key", false),
        ]
    )
    func places(path: String, isTest: Bool) { #expect(TestPlace.contains(Array(path.utf8)) == isTest) }

    @Test(
        "Capabilities are written as getcap writes them",
        arguments: [
            ("0100000200200000000000000000000000000000", "cap_net_raw=ep"),
            ("0000000200200000000000000000000000000000", "cap_net_raw=p"),
            ("0100000201000000010000000000000000000000", "cap_chown=eip"),
            ("010000030020000000000000000000000000000000E80300", "cap_net_raw=ep"),
            ("0100000201000000000000008000000000000000", "cap_chown,cap_bpf=ep"),
        ]
    )
    func capabilities(hex: String, text: String) throws {
        let digits = Array(hex)
        let bytes = try stride(from: 0, to: digits.count, by: 2).map { place in
            try #require(UInt8(String(digits[place...(place + 1)]), radix: 16))
        }
        #expect(FileCapabilities(bytes)?.text == text)
        #expect(FileCapabilities(Array(bytes.dropLast())) == nil)
    }

    @Test("Every rule has a name of its own, and is found by it")
    func rules() {
        #expect(Set(AuditRule.all.map(\.id)).count == AuditRule.all.count)
        #expect(AuditRule.all.allSatisfy { AuditRule.named($0.id) == $0 })
        #expect(AuditSeverity.low < .medium && AuditSeverity.high > .info && AuditSeverity.high.lowered == .medium)
    }
}
