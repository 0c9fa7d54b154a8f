// As docker 20.10 writes it: `docker commit --change` with these texts, on containers of images with these configs.
extension ChangeCase {
    /// HEALTHCHECK.
    static let checks: [ChangeCase] = [
        ChangeCase(.plain, ["HEALTHCHECK CMD a b"], #"{"Healthcheck":{"Test":["CMD-SHELL","a b"]}}"#),
        ChangeCase(.plain, [#"HEALTHCHECK CMD ["a","b"]"#], #"{"Healthcheck":{"Test":["CMD","a","b"]}}"#),
        ChangeCase(.plain, ["HEALTHCHECK NONE"], #"{"Healthcheck":{"Test":["NONE"]}}"#),
        ChangeCase(.plain, ["HEALTHCHECK none"], #"{"Healthcheck":{"Test":["NONE"]}}"#),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1m30s --timeout=1s --start-period=1h --retries=3 CMD x"],
            #"{"Healthcheck":{"Interval":90000000000,"Retries":3,"StartPeriod":3600000000000,"Test":["CMD-SHELL","x"],"Timeout":1000000000}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1ms CMD x"],
            #"{"Healthcheck":{"Interval":1000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(.plain, ["HEALTHCHECK --interval= CMD x"], #"{"Healthcheck":{"Test":["CMD-SHELL","x"]}}"#),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1.5h CMD x"],
            #"{"Healthcheck":{"Interval":5400000000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(.plain, ["HEALTHCHECK --interval=1s NONE"], #"{"Healthcheck":{"Test":["NONE"]}}"#),
        ChangeCase(
            .rich,
            ["HEALTHCHECK CMD n"],
            #"{"Healthcheck":{"Interval":5000000000,"Retries":4,"Test":["CMD-SHELL","n"],"Timeout":3000000000}}"#
        ),
        ChangeCase(
            .rich,
            ["HEALTHCHECK NONE"],
            #"{"Healthcheck":{"Interval":5000000000,"Retries":4,"Test":["NONE"],"Timeout":3000000000}}"#
        ),
        ChangeCase(
            .rich,
            ["HEALTHCHECK --interval=9s CMD n"],
            #"{"Healthcheck":{"Interval":9000000000,"Retries":4,"Test":["CMD-SHELL","n"],"Timeout":3000000000}}"#
        ),
        ChangeCase(.plain, ["HEALTHCHECK CMD $PATH"], #"{"Healthcheck":{"Test":["CMD-SHELL","$PATH"]}}"#),
        ChangeCase(.plain, ["healthcheck cmd x"], #"{"Healthcheck":{"Test":["CMD-SHELL","x"]}}"#),
        ChangeCase(
            .plain,
            [#"HEALTHCHECK --interval="1s" CMD x"#],
            #"{"Healthcheck":{"Interval":1000000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(.plain, ["HEALTHCHECK -- CMD x"], #"{"Healthcheck":{"Test":["CMD-SHELL","x"]}}"#),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1h2m3s4ms5us6ns CMD x"],
            #"{"Healthcheck":{"Interval":3723004005006,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=.5s CMD x"],
            #"{"Healthcheck":{"Interval":500000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=+5s CMD x"],
            #"{"Healthcheck":{"Interval":5000000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --retries=+3 CMD x"],
            #"{"Healthcheck":{"Retries":3,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .rich,
            ["HEALTHCHECK --retries=9 CMD a", "HEALTHCHECK CMD b"],
            #"{"Healthcheck":{"Interval":5000000000,"Retries":4,"Test":["CMD-SHELL","b"],"Timeout":3000000000}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1.123456789123456789123h CMD x"],
            #"{"Healthcheck":{"Interval":4044444440844,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=2562047h47m16.854775807s CMD x"],
            #"{"Healthcheck":{"Interval":9223372036854775807,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1s.5s CMD x"],
            #"{"Healthcheck":{"Interval":1500000000,"Test":["CMD-SHELL","x"]}}"#
        ),
        ChangeCase(
            .plain,
            ["HEALTHCHECK --interval=1.s CMD x"],
            #"{"Healthcheck":{"Interval":1000000000,"Test":["CMD-SHELL","x"]}}"#
        ),
    ]
}
