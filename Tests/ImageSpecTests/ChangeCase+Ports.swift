// As docker 20.10 writes it: `docker commit --change` with these texts, on containers of images with these configs.
extension ChangeCase {
    /// EXPOSE.
    static let ports: [ChangeCase] = [
        ChangeCase(
            .plain,
            ["EXPOSE 80 53/udp 8000-8002"],
            #"{"ExposedPorts":{"53/udp":{},"80/tcp":{},"8000/tcp":{},"8001/tcp":{},"8002/tcp":{}}}"#
        ),
        ChangeCase(.plain, ["EXPOSE 80:8080"], #"{"ExposedPorts":{"8080/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 127.0.0.1:80:8080/tcp"], #"{"ExposedPorts":{"8080/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 0"], #"{"ExposedPorts":{"0/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 65535"], #"{"ExposedPorts":{"65535/tcp":{}}}"#),
        ChangeCase(
            .plain,
            ["EXPOSE 80/sctp 81/TCP 82/Udp"],
            #"{"ExposedPorts":{"80/sctp":{},"81/tcp":{},"82/udp":{}}}"#
        ),
        ChangeCase(.plain, ["EXPOSE 80-82:90-92"], #"{"ExposedPorts":{"90/tcp":{},"91/tcp":{},"92/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 80/"], #"{"ExposedPorts":{"80/tcp":{}}}"#),
        ChangeCase(.plain, [#"EXPOSE """#], "{}"),
        ChangeCase(.plain, ["EXPOSE 080"], #"{"ExposedPorts":{"80/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 80 80"], #"{"ExposedPorts":{"80/tcp":{}}}"#),
        ChangeCase(.rich, ["EXPOSE 22 90"], #"{"ExposedPorts":{"22/tcp":{},"53/udp":{},"90/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [::1]:80:90"], #"{"ExposedPorts":{"90/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE ::90"], #"{"ExposedPorts":{"90/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE :90"], #"{"ExposedPorts":{"90/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 1.2.3.4::80"], #"{"ExposedPorts":{"80/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE ${NO}"], "{}"),
        ChangeCase(.plain, ["EXPOSE 8000-8000"], #"{"ExposedPorts":{"8000/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 80-90:100"], #"{"ExposedPorts":{"100/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 80-81:5"], #"{"ExposedPorts":{"5/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE 80", "EXPOSE 81/udp"], #"{"ExposedPorts":{"80/tcp":{},"81/udp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [fe80::1]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [1.2.3.4]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [::ffff:1.2.3.4]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [1:2:3:4:5:6:7::]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [::]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [1:2:3:4:5:6:7:8]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
        ChangeCase(.plain, ["EXPOSE [1:2:3:4:5:6:1.2.3.4]:1:2"], #"{"ExposedPorts":{"2/tcp":{}}}"#),
    ]
}
