// As docker 20.10 writes it: `docker commit --change` with these texts, on containers of images with these configs.
extension ChangeCase {
    /// LABEL.
    static let labels: [ChangeCase] = [
        ChangeCase(
            .plain,
            ["LABEL a=b"],
            #"{"Labels":{"a":"b","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .plain,
            ["LABEL a b c"],
            #"{"Labels":{"a":"b c","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .plain,
            [#"LABEL "a b"="c d" e=$PATH"#],
            #"{"Labels":{"a b":"c d","e":"/bin","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(.plain, ["LABEL note=new"], #"{"Labels":{"note":"new","org.opencontainers.image.title":"small"}}"#),
        ChangeCase(
            .plain,
            ["LABEL a="],
            #"{"Labels":{"a":"","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .plain,
            ["LABEL a=1 a=2"],
            #"{"Labels":{"a":"2","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .plain,
            [#"LABEL "a.$PATH"=x"#],
            #"{"Labels":{"a./bin":"x","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .plain,
            [#"LABEL a="l1\nl2""#],
            #"{"Labels":{"a":"l1\\nl2","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .plain,
            [#"LABEL ""=x"#],
            #"{"Labels":{"":"x","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
        ChangeCase(
            .rich,
            ["LABEL a=1", #"LABEL a=2 b="x=y""#],
            #"{"Labels":{"a":"2","b":"x=y","note":"tab\tand <angle> & ampersand","org.opencontainers.image.title":"small"}}"#
        ),
    ]
}
