"""Archives that must be refused: `should-fail-<reason>.tar`, each broken in one place only."""

import gzip

from docker_formats import bare
from images import mini, row, sha256
from layouts import OCI, Link, archive, blob, compact, descriptor, named, oci, oci_index, oci_manifest
from tarball import Entry, directory, file, hardlink, header, record, padded, symlink, tar


def docker(image=None, manifest=None, change=None, extra=(), prefix=""):
    """A docker-archive of one image with a change made to its files."""
    files = bare(image or mini(), manifest)
    files = [changed for item in files for changed in (change(item) if change else [item])]
    return archive([*files, *extra], prefix)


def layer(*entries):
    return docker(mini(entries=[list(entries)]))


def layer_bytes(data):
    return docker(mini(layers=[data]))


def replaced(suffix, content):
    """Puts other content where a name has this end."""
    return lambda item: [(item[0], content)] if item[0].endswith(suffix) else [item]


def without(suffix):
    return lambda item: [] if item[0].endswith(suffix) else [item]


def manifest_of(image, **more):
    entry = {"Config": "config.json", "RepoTags": image.tags, "Layers": ["0.tar"], **more}
    return [entry]


def oci_tar(image=None, **more):
    image = image or mini()
    blobs = more.pop("blobs", image.layers)
    change = more.pop("change", None)
    files = oci(image, blobs, "", **more)
    return archive([changed for item in files for changed in (change(item) if change else [item])])


def edited_manifest(edit, image=None):
    """An OCI archive whose manifest text was edited, with all digests above it true."""
    image = image or mini()
    return oci_tar(image, manifest=edit(oci_manifest(image, image.layers, "")))


def header_with(entry, offset, value):
    """A layer with one header field overwritten; the check sum is made right again unless it is what was broken."""
    raw = bytearray(tar([entry]))
    raw[offset : offset + len(value)] = value
    if not 148 <= offset < 156:
        raw[148:156] = b" " * 8
        raw[148:156] = b"%06o\0 " % sum(raw[:512])
    return layer_bytes(bytes(raw))


def nested_index(depth):
    image = mini()
    manifest = oci_manifest(image, image.layers, "")
    level, blobs = named(manifest, "latest"), []
    for _ in range(depth):
        inner = oci_index([level])
        blobs.append(blob(inner))
        level = named(inner, "latest", OCI + "index.v1+json")
    return archive([*oci(image, image.layers, "", manifest=manifest, index=oci_index([level])), *blobs])


def pax(records):
    return layer_bytes(
        header(b"PaxHeaders.0/hello", b"x", 0o644, 0, 0, len(records), 0) + padded(records) + tar([file("hello")])
    )


def opening():
    """What `history` and `load` both refuse."""
    image = mini()
    config = image.config_bytes
    big = OCI + "config.v1+json"
    yield "not-an-archive", bytes(range(1, 256)) * 8
    yield "empty-file", b""
    yield "no-manifest", archive([("hello", b"hello\n")])
    yield "truncated-archive", docker()[:2500]
    yield "bad-json-manifest", docker(change=replaced("manifest.json", b'[{"Config":'))
    yield "null-manifest", docker(change=replaced("manifest.json", b"null"))
    yield "manifest-is-an-object", docker(change=replaced("manifest.json", b"{}"))
    yield "trailing-json", docker(change=replaced("manifest.json", compact(manifest_of(image)) + b"]"))
    yield "duplicate-manifest", docker(
        extra=[("manifest.json", compact(manifest_of(image, RepoTags=["example.test/other:1"])))]
    )
    yield "missing-config", docker(change=without("config.json"))
    yield "missing-layer", docker(change=without("0.tar"))
    yield "layer-count-mismatch", docker(image, manifest_of(image, Layers=[]))
    yield "config-traversal", docker(image, manifest_of(image, Config="../../../../etc/passwd"))
    yield "layer-traversal", docker(image, manifest_of(image, Layers=["../../../../etc/passwd"]))
    yield "layer-absolute", docker(image, manifest_of(image, Layers=["/etc/passwd"]))
    yield "layer-symlink-out", docker(change=replaced("0.tar", Link("../../../../etc/passwd")))
    yield "layer-symlink-loop", docker(change=replaced("0.tar", Link("0.tar")))
    for reason, text in (
        ("bad-json-config", config[:-1]),
        ("duplicate-json-key", config[:-1] + b',"os":"windows"}'),
        ("config-not-utf8", config[:-1] + b',"x":"\xff"}'),
        ("config-too-deep", config[:-1] + b',"x":' + b"[" * 600 + b"]" * 600 + b"}"),
    ):
        yield reason, docker(change=replaced("config.json", text))
    yield "rootfs-type", docker(mini_with(rootfs={"type": "zip", "diff_ids": image.diff_ids}))
    yield "too-much-history", docker(mini_with(history=[row(1, "a"), row(2, "b")]))
    yield "diff-id-uppercase", docker(
        mini_with(rootfs={"type": "layers", "diff_ids": [image.diff_ids[0].upper().replace("SHA", "sha")]})
    )
    yield "diff-id-traversal", docker(mini_with(rootfs={"type": "layers", "diff_ids": ["sha256:../../../etc/passwd"]}))
    yield "reference-with-escape", docker(mini(tags=["../../etc/passwd:\x1b[31m"]))
    yield "layout-version", oci_tar(version="2.0.0")
    yield "no-index", oci_tar(change=without("index.json"))
    yield "null-manifests", oci_tar(index=compact({"schemaVersion": 2, "manifests": None}))
    yield "no-images", oci_tar(index=oci_index([]))
    yield "missing-blob", oci_tar(change=without(sha256(oci_manifest(image, image.layers, ""))))
    yield "manifest-and-index", edited_manifest(lambda m: m[:-1] + b',"manifests":[]}')
    yield "wrong-manifest-digest", oci_tar(
        change=lambda i: (
            [(i[0], i[1].replace(b'"size":', b'"size": '))]
            if b'"layers"' in (i[1] or b"") and b"digest" in i[1]
            else [i]
        )
    )
    yield "wrong-config-digest", oci_tar(
        change=lambda i: [(i[0], i[1].replace(b"COPY", b"EDIT"))] if b"history" in (i[1] or b"") else [i]
    )
    yield "negative-size", edited_manifest(lambda m: m.replace(b'"size":%d' % len(image.layers[0]), b'"size":-1'))
    yield "digest-traversal", edited_manifest(
        lambda m: m.replace(image.diff_ids[0].encode(), b"sha256:../../../../etc/passwd")
    )
    yield "digest-uppercase", edited_manifest(
        lambda m: m.replace(image.diff_ids[0][7:].encode(), image.diff_ids[0][7:].upper().encode())
    )
    yield "digest-unknown-algorithm", edited_manifest(
        lambda m: m.replace(image.diff_ids[0].encode(), b"md4:" + b"0" * 32)
    )
    yield "artifact-without-image", edited_manifest(
        lambda m: m.replace(big.encode(), b"application/vnd.example.config")
    )
    yield "nested-index-too-deep", nested_index(20)
    yield "only-another-platform", oci_tar(
        index=oci_index(
            [
                descriptor(
                    OCI + "manifest.v1+json",
                    oci_manifest(image, image.layers, ""),
                    platform={"os": "plan9", "architecture": "mips"},
                )
            ]
        )
    )


def mini_with(**config):
    """The small image with parts of the config replaced after the layers were named in it."""
    image = mini()
    image.config = {**image.config, **config}
    return image


def loading():
    """What `load` refuses, having read a layer."""
    image, hello = mini(), file("hello", b"hello\n")
    other = tar([file("hello", b"jello\n")])
    size = b'"size":%d' % len(image.layers[0])
    squeezed = gzip.compress(tar([file("zeros", bytes(70000))]), 9, mtime=0)
    bad_crc = squeezed[:-8] + bytes([squeezed[-8] ^ 1]) + squeezed[-7:]
    gz_image = mini(layers=[tar([file("zeros", bytes(70000))])])
    yield "wrong-diff-id", docker(change=replaced("0.tar", other))
    yield "wrong-blob-digest", oci_tar(change=lambda i: [(i[0], other)] if i[1] == image.layers[0] else [i])
    yield "wrong-diff-id-in-oci", oci_tar(blobs=[other])
    yield "size-one-more", edited_manifest(lambda m: m.replace(size, b'"size":%d' % (len(image.layers[0]) + 1)))
    yield "size-one-less", edited_manifest(lambda m: m.replace(size, b'"size":%d' % (len(image.layers[0]) - 1)))
    yield "truncated-gzip-layer", oci_tar(gz_image, blobs=[squeezed[:-20]])
    yield "gzip-bad-crc", oci_tar(gz_image, blobs=[bad_crc])
    yield "layer-is-not-a-tar", layer_bytes(b"this is no tar archive\n" * 50)
    yield "truncated-tar-layer", layer_bytes(tar([file("hello", b"h" * 2000)])[:1024])
    yield "tar-bad-checksum", header_with(hello, 148, b"000000\0 ")
    yield "tar-unknown-type", header_with(hello, 156, b"Z")
    yield "tar-negative-size", header_with(file("hello"), 124, b"\xff" * 12)
    yield "tar-negative-uid", header_with(file("hello"), 108, b"\xff" * 8)
    yield "pax-malformed", pax(b"99 path=hello\n")
    yield "pax-nul-in-path", pax(record(b"path", b"he\0llo"))
    yield "whiteout-of-nothing", layer(directory("a"), file("a/.wh."))
    yield "whiteout-of-dot", layer(directory("a"), file("a/.wh.."))
    yield "whiteout-of-dot-dot", layer(directory("a"), file("a/.wh..."))
    yield "entry-dot-dot", layer(file("../outside", b"out\n"))
    yield "entry-empty-name", header_with(file("x"), 0, b"\0")
    yield "root-is-a-file", layer(file("./", b"root\n"))
    yield "hard-link-to-nothing", layer(hardlink("a", "nothing"))
    yield "hard-link-to-itself", layer(hardlink("a", "a"))
    yield "hard-link-to-directory", layer(directory("a"), hardlink("b", "a"))
    yield "hard-link-out", layer(hardlink("a", "../../../../etc/passwd"))
