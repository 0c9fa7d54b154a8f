extension AuditRule {
    static let configRules: [AuditRule] = [
        userRoot, portsExposed, volumeOverData, healthcheckMissing, digestMissing, secretEnvironment, secretHistory,
    ]
    static let fileRules: [AuditRule] = [
        fileSetuid, fileSetgid, fileCapabilities, fileWorldWritable, directoryWorldWritable, fileDevice,
    ]
    static let secretRules: [AuditRule] = [
        privateKey, aws, gcp, azure, github, gitlab, slack, stripe, npm, pypi, otherToken, jwt, urlPassword,
        credentialFile, shellHistory, passwordHash, passwordEmpty,
    ]
    static let sizeRules: [AuditRule] = [largeLayer, packageCache, wasted]
}

// What the config and the manifest say.
extension AuditRule {
    package static let userRoot = AuditRule("user-root", .medium, "The image runs as root: no user, 0 or root.")
    package static let portsExposed = AuditRule("ports-exposed", .info, "The ports that the image says it listens on.")
    package static let volumeOverData = AuditRule(
        "volume-over-data",
        .low,
        "A VOLUME over a path where layers have files: changes to them are lost or shadowed."
    )
    package static let healthcheckMissing = AuditRule(
        "healthcheck-missing",
        .info,
        "No HEALTHCHECK tells whether it works."
    )
    package static let digestMissing = AuditRule(
        "digest-missing",
        .low,
        "No manifest digest came with the image: it is known by names that can be given to another."
    )
    package static let secretEnvironment = AuditRule(
        "secret-env",
        .high,
        "A variable of the image whose name says that it is a secret has a value."
    )
    package static let secretHistory = AuditRule(
        "secret-history",
        .high,
        "A step of the history has the value of a variable or option whose name says that it is a secret."
    )
}

// What files may do, in the finished tree.
extension AuditRule {
    package static let fileSetuid = AuditRule("file-setuid", .medium, "A program that runs as its owner.")
    package static let fileSetgid = AuditRule("file-setgid", .low, "A program that runs with its group.")
    package static let fileCapabilities = AuditRule(
        "file-capabilities",
        .medium,
        "A program with capabilities of its own."
    )
    package static let fileWorldWritable = AuditRule("file-world-writable", .medium, "A file that everybody may write.")
    package static let directoryWorldWritable = AuditRule(
        "dir-world-writable",
        .medium,
        "A directory that everybody may write, without the sticky bit."
    )
    package static let fileDevice = AuditRule("file-device", .medium, "A device node.")
}

// Secrets in the files of every layer.
extension AuditRule {
    package static let privateKey = AuditRule(
        "secret-private-key",
        .high,
        "A private key: PEM, OpenSSH, PGP or PuTTY with its body; an encrypted one is medium."
    )
    package static let aws = AuditRule("secret-aws", .high, "An AWS access key ID (AKIA, ASIA) or secret access key.")
    package static let gcp = AuditRule("secret-gcp", .high, "A Google API key (AIza) or client secret (GOCSPX-).")
    package static let azure = AuditRule("secret-azure", .high, "An Azure account key or shared access key.")
    package static let github = AuditRule(
        "secret-github",
        .high,
        "A GitHub token (ghp_, gho_, ghu_, ghs_, ghr_, github_pat_)."
    )
    package static let gitlab = AuditRule("secret-gitlab", .high, "A GitLab token (glpat-, glptt-, gldt-, glrt-).")
    package static let slack = AuditRule("secret-slack", .high, "A Slack token (xoxb- and its kin) or webhook.")
    package static let stripe = AuditRule("secret-stripe", .high, "A Stripe live key (sk_live_, rk_live_).")
    package static let npm = AuditRule("secret-npm", .high, "An npm token (npm_).")
    package static let pypi = AuditRule("secret-pypi", .high, "A PyPI token (pypi-AgE…).")
    package static let otherToken = AuditRule(
        "secret-token",
        .high,
        "A token of Docker Hub, DigitalOcean or Vault, or an age key."
    )
    package static let jwt = AuditRule("secret-jwt", .medium, "A JSON web token with its signature.")
    package static let urlPassword = AuditRule("secret-url-password", .medium, "A URL with a password before the host.")
    package static let credentialFile = AuditRule(
        "secret-file",
        .high,
        "A credentials file with credentials: .netrc, .npmrc, .pypirc, .docker/config.json, .git-credentials, .aws/credentials, kubeconfig."
    )
    package static let shellHistory = AuditRule(
        "secret-shell-history",
        .high,
        "A shell's history with the value of a variable or option whose name says that it is a secret."
    )
    package static let passwordHash = AuditRule(
        "password-hash",
        .medium,
        "An account in shadow or passwd with a password's hash."
    )
    package static let passwordEmpty = AuditRule(
        "password-empty",
        .high,
        "An account in shadow or passwd with an empty password."
    )
}

// What makes images large.
extension AuditRule {
    package static let largeLayer = AuditRule(
        "size-layer",
        .low,
        "A layer whose files are larger than the bound (500 MB)."
    )
    package static let packageCache = AuditRule(
        "size-package-cache",
        .low,
        "What package managers keep: archives and lists of apt, caches of yum, dnf, apk, pip, npm and others."
    )
    package static let wasted = AuditRule(
        "size-wasted",
        .low,
        "A file of at least 1 MB that a later layer deletes or replaces: its bytes stay in the image."
    )
}
