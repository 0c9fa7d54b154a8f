#!/usr/bin/env python3
"""Makes the inputs that fuzzers begin with: make-seeds.py OUT [--fixtures DIR] [--seeds DIR] [--layerctl PROGRAM].

What is made by hand here is small and committed as Tests/FuzzTargets/Corpus, each file named by what it holds; findings lie beside it. --fixtures
adds the archives, tars and documents of TestImages, --seeds those of any other folder, --layerctl the indexes that it makes of them.
"""
import argparse, gzip, hashlib, io, json, os, pathlib, struct, subprocess, tarfile, tempfile

LIMIT = 64 << 10


def header(name, size=0, kind=b"0", link=b"", mode=0o644, uid=0, gid=0, magic=b"ustar\x0000", major=0, minor=0, size_field=None):
    block = bytearray(512)
    def put(at, data): block[at:at + len(data)] = data
    put(0, name[:100]); put(100, b"%07o\0" % mode); put(108, b"%07o\0" % uid); put(116, b"%07o\0" % gid)
    put(124, size_field or b"%011o\0" % size); put(136, b"%011o\0" % 1000000000); put(148, b" " * 8)
    put(156, kind); put(157, link[:100]); put(257, magic); put(329, b"%07o\0" % major); put(337, b"%07o\0" % minor)
    put(148, b"%06o\0 " % sum(block))
    return bytes(block)


def member(name, body=b"", **fields):
    return header(name, len(body), **fields) + body + b"\0" * (-len(body) % 512)


def record(key, value):
    rest = b" " + key + b"=" + value + b"\n"
    count = len(rest) + 1
    while len(str(count)) + len(rest) != count: count = len(str(count)) + len(rest)
    return str(count).encode() + rest


def pax(*records): return member(b"pax", b"".join(record(*r) for r in records), kind=b"x")


END = b"\0" * 1024


def tars():
    xattr = b"SCHILY.xattr."
    return {
        "empty": END,
        "kinds": member(b"./", kind=b"5", mode=0o755) + member(b"d/", kind=b"5") + member(b"d/f", b"text") + member(b"d/l", kind=b"2", link=b"f")
        + member(b"d/h", kind=b"1", link=b"d/f") + member(b"d/c", kind=b"3", major=1, minor=3) + member(b"d/p", kind=b"6") + END,
        "whiteouts": member(b"a/.wh.x") + member(b"a/.wh..wh..opq") + member(b"a/y", b"1") + member(b".wh.z") + END,
        "replaced": member(b"f", b"one") + member(b"f", b"two") + member(b"f/", kind=b"5") + member(b"f/g", b"3") + member(b"f", b"4") + END,
        "through-link": member(b"s", kind=b"2", link=b"d/e") + member(b"s/f", b"x") + member(b"t", kind=b"2", link=b"/s/../s") + member(b"t/.wh.f") + END,
        "escape": member(b"../../x", b"1") + END,
        "loop": member(b"a", kind=b"2", link=b"b") + member(b"b", kind=b"2", link=b"a") + member(b"a/f") + END,
        "pax": pax((b"path", b"long/" * 30 + b"name"), (b"size", b"4"), (b"mtime", b"1.5"), (b"uid", b"2097152"), (xattr + b"user.a", b"v"))
        + member(b"short", b"body") + END,
        "pax-link": pax((b"linkpath", b"t" * 120)) + member(b"l", kind=b"2", link=b"t") + END,
        "gnu-names": member(b"././@LongLink", b"n" * 120 + b"\0", kind=b"L", magic=b"ustar  \0") + member(b"././@LongLink", b"k" * 120 + b"\0", kind=b"K", magic=b"ustar  \0")
        + member(b"n", kind=b"2", link=b"k", magic=b"ustar  \0") + END,
        "sparse-pax": pax((b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", b"s"), (b"GNU.sparse.realsize", b"9000"))
        + member(b"GNUSparseFile.0/s", b"1\n8192\n4\n" + b"\0" * 503 + b"data") + END,
        "sparse-pax-0.1": pax((b"GNU.sparse.size", b"9000"), (b"GNU.sparse.numblocks", b"1"), (b"GNU.sparse.map", b"8192,4"), (b"GNU.sparse.name", b"s"))
        + member(b"GNUSparseFile.0/s", b"data") + END,
        "global": member(b"g", record(b"comment", b"x"), kind=b"g") + member(b"f", b"1") + END,
        "overlay-xattrs": pax((xattr + b"trusted.overlay.opaque", b"y"), (xattr + b"user.containers.override_stat", b"0:0:04755"),
                              (b"LIBARCHIVE.xattr.user.b", b"dmFsdWU")) + member(b"d/", kind=b"5") + END,
        "device-0-0": member(b"c", kind=b"3") + END,
        "owner-minus-1": pax((b"uid", b"4294967295"), (b"gid", b"4294967296")) + member(b"f") + END,
        "base-256": header(b"f", size_field=b"\x80" + b"\0" * 10 + b"\x04") + b"body" + b"\0" * 508 + END,
        "base-256-negative": header(b"f", size_field=b"\xff" * 12) + END,
        "no-end": member(b"f", b"1"),
        "one-zero-block": member(b"f", b"1") + b"\0" * 512 + member(b"g", b"2") + END,
        "trailing": member(b"f", b"1") + END + b"junk",
        "cut": member(b"f", b"1" * 600)[:700],
        "old-form": member(b"d/", kind=b"\0", magic=b"\0" * 8) + END,
    }


def documents():
    digest = "sha256:" + "a" * 64
    descriptor = {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": digest, "size": 3, "data": "YWJj", "urls": ["https://x/"],
                  "annotations": {"a": "b"}, "platform": {"os": "linux", "architecture": "arm", "variant": "v7"}}
    config = {"architecture": "amd64", "os": "linux", "created": "2024-01-02T03:04:05.678Z", "author": "x", "config": {"Cmd": ["sh"], "Env": ["A=b"]},
              "rootfs": {"type": "layers", "diff_ids": [digest]}, "history": [{"created_by": "RUN x", "comment": "c"}, {"empty_layer": True}]}
    return {
        "docker": [{"Config": "c.json", "RepoTags": ["x:1", "y/z:2"], "Layers": ["a/layer.tar"], "LayerSources": {digest: descriptor}}],
        "index": {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [descriptor], "annotations": {"k": "v"}},
        "manifest": {"schemaVersion": 2, "config": dict(descriptor, mediaType="application/vnd.oci.image.config.v1+json"), "layers": [descriptor]},
        "config": config,
        "repositories": {"name": {"tag": "b" * 64}},
        "legacy": {"id": "c" * 64, "parent": "d" * 64, "created": "2014-01-02T03:04:05Z", "docker_version": "1.8.2", "os": "linux", "architecture": "amd64",
                   "container_config": {"Cmd": ["sh", "-c", "x"], "Labels": {"a": "b"}, "Healthcheck": {"Test": ["NONE"]}}, "config": {"Env": ["A=b"]}, "Size": 3},
        "layout": {"imageLayoutVersion": "1.0.0"},
        "confused": {"schemaVersion": 2, "manifests": [], "config": descriptor, "layers": []},
    }


def texts(*lines): return {"%02d" % place: line.encode() for place, line in enumerate(lines)}


def docker_archive(layers, compress=None):
    out = io.BytesIO()
    names = []
    for layer in layers:
        names.append(hashlib.sha256(layer).hexdigest() + "/layer.tar")
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": [
        "sha256:" + hashlib.sha256(layer).hexdigest() for layer in layers]}}).encode()
    out.write(member(b"config.json", config))
    for name, layer in zip(names, layers): out.write(member(name.encode(), compress(layer) if compress else layer))
    out.write(member(b"manifest.json", json.dumps([{"Config": "config.json", "RepoTags": ["x:1"], "Layers": names}]).encode()))
    return out.getvalue() + END


def oci_archive(layer):
    out = io.BytesIO()
    def blob(data, kind):
        digest = hashlib.sha256(data).hexdigest()
        out.write(member(b"blobs/sha256/" + digest.encode(), data))
        return {"mediaType": kind, "digest": "sha256:" + digest, "size": len(data)}
    packed = gzip.compress(layer, mtime=0)
    config = json.dumps({"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
    manifest = json.dumps({"schemaVersion": 2, "config": blob(config, "application/vnd.oci.image.config.v1+json"),
                           "layers": [blob(packed, "application/vnd.oci.image.layer.v1.tar+gzip")]}).encode()
    index = {"schemaVersion": 2, "manifests": [blob(manifest, "application/vnd.oci.image.manifest.v1+json")]}
    out.write(member(b"oci-layout", b'{"imageLayoutVersion":"1.0.0"}')); out.write(member(b"index.json", json.dumps(index).encode()))
    return out.getvalue() + END


def by_hand():
    tar, json_documents = tars(), {name: json.dumps(value).encode() for name, value in documents().items()}
    packed = gzip.compress(b"content" * 20, mtime=0)
    # One raw block, one of a repeated byte, and a skippable frame: made by hand, as the module zstd is not in every Python.
    zstd = struct.pack("<IBB", 0xFD2FB528, 0x20, 7) + (7 << 3 | 1).to_bytes(3, "little") + b"content"
    runs = struct.pack("<IBB", 0xFD2FB528, 0x20, 200) + (200 << 3 | 3).to_bytes(3, "little") + b"x"
    skippable = struct.pack("<II", 0x184D2A50, 3) + b"abc"
    header_only = packed[:10]
    flags = b"\x1f\x8b\x08\x1e" + b"\0" * 6 + b"\x02\0xx" + b"name\0comment\0" + b"\0\0" + packed[10:]
    return {
        "tar": tar,
        "pax": {name: b"".join(record(*r) for r in records) for name, records in {
            "names": [(b"path", b"x/y"), (b"linkpath", b"z")], "numbers": [(b"size", b"3"), (b"uid", b"1"), (b"gid", b"2"), (b"mtime", b"-1.25")],
            "sparse": [(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.realsize", b"9")],
            "xattr": [(b"SCHILY.xattr.user.a", b"\0\xff"), (b"LIBARCHIVE.xattr.user.b", b"dmFsdWU=")], "empty": [(b"path", b"")]}.items()},
        "gzip": {"member": packed[3:], "two": (packed + packed)[3:], "trailing": (packed + b"junk")[3:], "header": header_only[3:], "flags": flags[3:],
                 "bad-checksum": packed[3:-8] + b"\0" * 8},
        "zstd": {"raw": zstd[4:], "run": runs[4:], "two": (zstd + runs)[4:], "skippable": (zstd + skippable)[4:], "window": b"\x00\xf8\x01\0\0"},
        "stream": {"gzip": packed, "zstd": zstd, "skippable": skippable, "plain": b"content", "gzip-tar": gzip.compress(tar["kinds"], mtime=0),
                   "lz4": bytes.fromhex("04224d186440a70b000080636f6e74656e74636f6e740000000000"),
                   "xz": bytes.fromhex("fd377a585a000004e6d6b4460000000000"), "bzip2": bytes.fromhex("425a6839177245385090000000000000")},
        "json": dict(json_documents, **texts('{"a":[1,-0.5e3,true,null,"\\u00e9\\ud83d\\ude00\\n"]}', '[[[[]]]]', '"\\ud800"', '{"a":1,"a":2}', '1e400', ' \t\r\n0 ')),
        "document": json_documents,
        "reference": texts("busybox", "busybox:latest", "docker.io/library/busybox@sha256:" + "a" * 64, "localhost:5000/a/b:tag", "[::1]:5000/x",
                           "sha256:" + "0" * 64, "sha512:" + "0" * 128, "linux/arm64/v8", "windows(10.0.1)/amd64", "a__b/c-d.e:X", "2024-02-29T23:59:60+01:00"),
        "mount": texts("/a:/b:ro", "name:/place:z,rshared", "type=bind,src=/a,dst=/b,ro", "type=volume,src=v,dst=/d,volume-opt=a=b,volume-nocopy",
                       'type=tmpfs,"dst=/t,x",tmpfs-size=64m,tmpfs-mode=1777', "type=image,src=x,dst=/i,image-subpath=a", "./rel:/x", "/d:size=1,mode=7"),
        "change": texts("CMD [\"a\", 'b']", "ENV A=b C=\"d e\" F=${G:-h}", "ENV X y z", "LABEL a=b \\\n  c=d", "EXPOSE 80/tcp 90-92/udp", "HEALTHCHECK --interval=1m30s CMD x",
                        "VOLUME /a /b", "WORKDIR ../x", "USER 1:2", "STOPSIGNAL RTMIN+3", "ONBUILD RUN x", "# escape=`\nENTRYPOINT x `\n y", "ENV P=${Q#*.}${R//a/b}"),
        "template": texts("{{.Name}}", "{{range $i, $v := .List}}{{$i}}={{$v}},{{else}}none{{end}}", "{{if and .Number (gt .Number 3)}}{{printf \"%05d|%-4s|%q|%x\" .Number .Name .Name .Name}}{{end}}",
                          "{{with .Map}}{{index . \"k\"}}{{end}}", "{{json .}}", "{{- /* c */ -}}{{join .List \",\" | upper | pad 2 3 | truncate 4}}", "{{slice .Name 0 1}}{{len .List}}", "{{`raw`}}{{'c'}}{{1.5e3}}{{0x1f}}"),
        "load": {
            "docker": b"\0" + docker_archive([tar["kinds"]]), "docker-gzip": b"\0" + docker_archive([tar["kinds"]], lambda x: gzip.compress(x, mtime=0)),
            "oci": b"\0" + oci_archive(tar["kinds"]), "layers": b"\1" + b"<layer>".join([tar["kinds"], tar["whiteouts"], tar["replaced"]]),
            "implied": b"\1" + b"<layer>".join([member(b"d/", kind=b"5", mode=0o700) + member(b"d/f", b"1") + END, member(b"d/g", b"2") + member(b"h", kind=b"1", link=b"d/f") + END]),
            "pax-layer": b"\1" + tar["pax"], "sparse-layer": b"\1" + tar["sparse-pax"],
        },
    }


def found(folder, seeds):
    """Adds what lies in a folder: archives for `load`, their members as tars, streams and documents."""
    def add(target, data):
        if 0 < len(data) <= LIMIT: seeds.setdefault(target, {})[hashlib.sha256(data).hexdigest()[:16]] = data
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if not path.is_file() or path.is_symlink() or path.stat().st_size > 1 << 20: continue
        data = path.read_bytes()
        add("load", b"\0" + data)
        if data[:2] == b"\x1f\x8b": add("gzip", data[3:])
        if data[:4] == b"\x28\xb5\x2f\xfd": add("zstd", data[4:])
        if path.suffix == ".json": add("json", data); add("document", data)
        add("stream", data)
        try: archive = tarfile.open(path)
        except Exception: continue
        try:
            for entry in archive:
                if not entry.isfile() or entry.size > LIMIT: continue
                body = archive.extractfile(entry).read()
                if body[:1] in (b"{", b"["): add("json", body); add("document", body)
                elif body[:2] == b"\x1f\x8b":
                    add("gzip", body[3:])
                    try: body = gzip.decompress(body)
                    except Exception: continue
                    add("tar", body[:LIMIT]); add("load", b"\1" + body)
                elif body[257:262] == b"ustar": add("tar", body); add("load", b"\1" + body)
        except Exception: continue


def indexes(program, fixtures, seeds):
    """Adds the indexes that a load of each archive makes."""
    for path in sorted(pathlib.Path(fixtures).glob("*.tar")):
        with tempfile.TemporaryDirectory() as store:
            subprocess.run([program, "load", "--root", store, "-q", "-i", str(path)],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for index in pathlib.Path(store).glob("layers/sha256/*/index"):
                data = index.read_bytes()
                if len(data) <= 4096: seeds.setdefault("index", {})[hashlib.sha256(data).hexdigest()[:16]] = data


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out"); parser.add_argument("--fixtures"); parser.add_argument("--seeds"); parser.add_argument("--layerctl")
    arguments = parser.parse_args()
    seeds = by_hand()
    if arguments.fixtures: found(arguments.fixtures, seeds)
    if arguments.seeds: found(arguments.seeds, seeds)
    if arguments.layerctl and arguments.fixtures: indexes(arguments.layerctl, arguments.fixtures, seeds)
    for target, inputs in seeds.items():
        folder = os.path.join(arguments.out, target)
        os.makedirs(folder, exist_ok=True)
        for name, data in inputs.items():
            with open(os.path.join(folder, name), "wb") as file: file.write(data)


main()
