"""The images that the fixtures hold: one with something of everything, and a one-file image to vary and to break."""

import hashlib
import json
from dataclasses import dataclass, field

from contents import base, changes, gnu, opaque, top
from tarball import file, tar


@dataclass
class Image:
    """Layers as tar bytes, bottom first, and the config that names them."""

    name: str
    layers: list
    config: dict
    tags: list = field(default_factory=list)
    entries: list = field(default_factory=list)

    def __post_init__(self):
        self.config = {**self.config, "rootfs": {"type": "layers", "diff_ids": self.diff_ids}}

    @property
    def diff_ids(self):
        return ["sha256:" + sha256(layer) for layer in self.layers]

    @property
    def config_bytes(self):
        return compact(self.config).replace(b'"@raw"', b'{"kept":[1,1.0,1e3,-0,null]}')

    @property
    def image_id(self):
        return sha256(self.config_bytes)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def row(second, created_by, **more):
    return {"created": f"2024-01-02T03:04:{second:02}.{second:09}Z", "created_by": created_by, **more}


def app():
    """Six distinct layers, one of them empty and there twice: seven in all."""
    entries = [base(), changes(), opaque(), [], gnu(), top(), []]
    history = [
        row(1, "ADD rootfs.tar / # buildkit"),
        row(2, "ENV PATH=/bin", comment="buildkit.dockerfile.v0", empty_layer=True),
        row(3, "LABEL note=tab\there " + "\u6f22\u5b57" * 11, empty_layer=True),
        row(4, "RUN /bin/sh -c rm -rf /etc/motd /var/cache/old && make a very long line indeed"),
        row(5, "COPY data /srv/data", comment='<opaque> & "quoted"'),
        row(6, "RUN /bin/sh -c true"),
        row(7, "RUN /bin/sh -c set -ex \tand a tab", author="Somebody <somebody@example.test>"),
        row(8, "", comment="no command"),
        row(9, "WORKDIR /srv/data"),
        row(10, 'ENTRYPOINT ["/bin/sh"]', comment="buildkit.dockerfile.v0", empty_layer=True),
    ]
    config = {
        "created": "2024-01-02T03:04:10.00000001Z",
        "author": "Somebody <somebody@example.test>",
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "User": "1000:1000",
            "ExposedPorts": {"53/udp": {}, "8080/tcp": {}},
            "Env": ["PATH=/bin", "EMPTY="],
            "Entrypoint": ["/bin/sh"],
            "Cmd": ["-c", "echo \u00fc"],
            "Volumes": {"/srv/data": {}},
            "WorkingDir": "/srv/data",
            "Labels": {"org.opencontainers.image.title": "app", "empty": "", "note": "line one\nline two"},
            "StopSignal": "SIGINT",
            "OnBuild": ["RUN true"],
            "Healthcheck": {"Test": ["CMD", "/bin/true"], "Interval": 30_000_000_000, "Retries": 3},
        },
        "history": history,
        "x-unknown": "@raw",
    }
    layers = [tar(layer) for layer in entries]
    return Image("app", layers, config, ["example.test/app:1.0", "example.test/app:latest"], entries)


def mini(name="mini", layers=None, entries=None, tags=None, **config):
    """One layer with one file, or what is asked for."""
    entries = entries if entries is not None else [[file("hello", b"hello\n")]]
    base_config = {"created": "2024-01-02T03:04:05Z", "architecture": "amd64", "os": "linux", "config": {}}
    history = [row(n + 1, f"COPY {n}") for n in range(len(layers if layers is not None else entries))]
    return Image(
        name,
        layers if layers is not None else [tar(layer) for layer in entries],
        {**base_config, "history": history, **config},
        [f"example.test/{name}:latest"] if tags is None else tags,
        entries,
    )


def legacy_config(image):
    """The rows of an image as the one-JSON-a-layer archives before Docker 1.10 had them."""
    rows, v1 = image.config["history"], []
    for index, entry in enumerate(rows):
        parent = v1[-1]["id"] if v1 else None
        document = {
            "id": sha256(compact([parent, entry, index])),
            "created": entry["created"],
            "os": "linux",
            "architecture": "amd64",
        }
        if parent:
            document["parent"] = parent
        if entry.get("author"):
            document["author"] = entry["author"]
        if entry.get("comment"):
            document["comment"] = entry["comment"]
        document["container_config"] = {"Cmd": [entry["created_by"]]}
        if entry.get("empty_layer"):
            document["throwaway"] = True
        if index == len(rows) - 1:
            document["config"] = image.config["config"]
        v1.append(document)
    return v1
