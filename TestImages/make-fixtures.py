#!/usr/bin/env python3
"""Makes the committed fixtures under TestImages/Fixtures, byte for byte the same each time.

    make-fixtures.py            writes what is missing or changed and removes what is no longer made
    make-fixtures.py --check    changes nothing: exit status 1 if a committed file is not what would be made

Needs python3's standard library; the zstd and lz4 commands only when a file of theirs is to be made anew.
"""

import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE / "Fixtures"
sys.path.insert(0, str(HERE / "generator"))

import docker_formats  # noqa: E402
import facts  # noqa: E402
import images  # noqa: E402
import layouts  # noqa: E402
import malformed  # noqa: E402
from packing import SKIPPABLE_FRAME, packed  # noqa: E402
from layouts import Link, archive, blob  # noqa: E402
from tarball import directory, file, hardlink, symlink, tar  # noqa: E402

made = {}


def put(name, content):
    assert name not in made, name
    made[name] = content


def put_tree(name, files):
    for path, content in files:
        if content is not None:
            put(f"{name}/{path}", content)


def put_packed(name, content, codec, **more):
    path = FIXTURES / name
    made[name] = packed(path.read_bytes() if path.is_file() else None, content, codec, **more)
    return made[name]


def valid(app):
    """The big image in every format, then one thing at a time."""
    # Layers by themselves: many gzip members and zstd frames, a skippable frame, the codecs that only Docker takes.
    gz = [put_packed(f"layers/app-{n}.tar.gz", layer, "gz", parts=(3, 1)[n > 0]) for n, layer in enumerate(app.layers)]
    zst = [
        put_packed(f"layers/app-{n}.tar.zst", layer, "zst", parts=(2, 1)[n > 0], between=SKIPPABLE_FRAME)
        for n, layer in enumerate(app.layers)
    ]
    skippable = put_packed("layers/app-1.tar.skippable.zst", app.layers[1], "zst", prefix=SKIPPABLE_FRAME)
    for codec in ("bz2", "xz", "lz4"):
        put_packed(f"layers/app-0.tar.{codec}", app.layers[0], codec)

    docker = archive(docker_formats.docker_v24([app]))
    put("app.docker-v24.tar", docker)
    for codec in ("gz", "bz2", "xz", "zst", "lz4"):
        put_packed(f"app.docker-v24.tar.{codec}", docker, codec)
    put_packed("app.docker-v25.tar.zst", archive(docker_formats.docker_v25([app])), "zst")
    put("app.docker-containerd.tar", archive(docker_formats.docker_v25([app], gz)))
    put_packed("app.docker-legacy.tar.gz", archive(docker_formats.docker_legacy(app)), "gz")
    put_packed("app.containers-image.tar.xz", archive(docker_formats.containers_image(app)), "xz")
    put_packed("app.dot-slash.tar.gz", archive(docker_formats.docker_v24([app])[:-1], "./"), "gz")
    put_packed("app.bare.tar.gz", archive(docker_formats.bare(app)), "gz")
    put_tree("app.oci", layouts.oci(app, gz))
    put("app.oci-gzip.tar", archive(layouts.oci(app, gz)))
    put("app.oci-zstd.tar", archive(list(reversed(layouts.oci(app, zst, "zst")))))
    put_packed("app.oci-gzip.tar.gz", archive(layouts.oci(app, gz)), "gz")
    put("app.oci-mislabelled.tar", archive(layouts.oci(app, [zst[0], skippable, gz[2], *app.layers[3:]], "gz")))
    linked = [
        (name, data) if not name.startswith("blobs/") else (name, Link("../../elsewhere/" + name[-64:]))
        for name, data in layouts.oci(app, gz)
    ]
    linked += [("elsewhere/" + name[-64:], data) for name, data in layouts.oci(app, gz) if name.startswith("blobs/")]
    put_tree("app.oci-symlinks", linked)
    put("app.oci-symlinks.tar", archive(linked))
    put_tree("app.podman-docker-dir", docker_formats.transport_dir(app, [*gz[:3], *app.layers[3:]]))

    arm = images.mini("arm", architecture="arm64", variant="v8", tags=["example.test/app:1.0"])
    put("multi-platform.oci.tar", archive(layouts.multi_platform(app, gz, arm, arm.layers)))
    mini, more = images.mini(), images.mini("more", entries=[[file("hello", b"hello\n")], [file("more", b"more\n")]])
    put("two-images.docker.tar", archive(docker_formats.docker_v24([mini, more])))
    put("two-images.docker-v25.tar", archive(docker_formats.docker_v25([mini, more])))
    manifests = [layouts.oci_manifest(image, image.layers, "") for image in (mini, more)]
    index = layouts.oci_index(
        [layouts.named(manifest, image.tags[0]) for manifest, image in zip(manifests, (mini, more))]
    )
    both = (
        layouts.oci(mini, mini.layers, "", manifest=manifests[0], index=index)
        + layouts.oci(more, more.layers, "", manifest=manifests[1])[2:]
    )
    put("two-images.oci.tar", archive(layouts.unique(both)))


def docker(name, **more):
    image = images.mini(name, **more)
    put(f"{name}.docker.tar", archive(docker_formats.bare(image)))
    return image


def variants():
    """Small images, one property each, that are to be read without a complaint."""
    row, tree = images.row, [directory("a"), file("a/one", b"one\n"), hardlink("a/two", "a/one")]
    docker("mini")
    docker("untagged", tags=[])
    docker("no-layers", entries=[], history=[row(1, "LABEL a=b", empty_layer=True)])
    docker("no-history", history=None)
    docker("zero-byte-layer", layers=[b"", tar([file("hello", b"hello\n")])])
    docker("trailing-bytes", layers=[tar([file("hello", b"hello\n")]) + b"bytes after the end\n"])
    docker("no-end-of-archive", layers=[tar([file("hello", b"hello\n")], end=b"")])
    docker("root-entry", entries=[[directory(".", 0o750, uid=1), file("./hello", b"hello\n")]])
    docker("absolute-names", entries=[[directory("/a"), file("/a//one", b"one\n"), file("./a/./two", b"two\n")]])
    docker("duplicate-entries", entries=[[file("a", b"first\n"), file("a", b"second\n", 0o600)]])
    docker("implied-parents", entries=[[directory("opt", 0o700, uid=7)], [file("opt/deep/er/file", b"x\n")]])
    docker("hard-link-below", entries=[tree, [directory("a"), hardlink("a/three", "a/one")]])
    docker("hard-link-forward", entries=[[hardlink("b", "later"), file("later", b"later\n")]])
    docker(
        "whiteout-same-layer",
        entries=[
            [
                directory("a"),
                file("a/.wh.x"),
                file("a/x", b"kept\n"),
                directory("d"),
                file("d/y", b"kept\n"),
                file(".wh.d"),
            ]
        ],
    )
    docker(
        "whiteout-then-directory",
        entries=[
            [directory("a"), file("a/below", b"hidden\n")],
            [file(".wh.a"), directory("a"), file("a/above", b"seen\n")],
        ],
    )
    below, above = [directory("a"), file("a/below", b"hidden\n")], [
        directory("a"),
        directory("a/b"),
        file("a/b/above", b"seen\n"),
    ]
    docker("opaque-last", entries=[below, [*above, file("a/.wh..wh..opq")]])
    docker("opaque-root", entries=[[file("below", b"hidden\n")], [file(".wh..wh..opq"), file("above", b"seen\n")]])
    docker(
        "overlay-xattrs",
        entries=[
            [
                directory("a", xattrs={"trusted.overlay.opaque": b"y", "user.overlay.opaque": b"y"}),
                file("a/f", b"f\n", xattrs={"trusted.overlay.metacopy": b"x"}),
            ]
        ],
    )
    docker(
        "through-symlink",
        entries=[
            [
                directory("real"),
                symlink("alias", "real"),
                file("alias/file", b"x\n"),
                symlink("out", "../../../../../../tmp"),
                file("out/file", b"inside\n"),
            ]
        ],
    )
    docker(
        "escape-in-history",
        history=[row(1, "RUN \x1b[31mred\x1b[0m \u202e\u0007\u009b31m \x7f", comment="\x1b]0;title\x07")],
    )
    odd = [
        {"created_by": "no date"},
        {"created": None, "created_by": None, "comment": None},
        {"created": "1999-12-31T23:59:59+02:00", "created_by": "zone", "empty_layer": True},
    ]
    docker("odd-history", entries=[tree, [file("b")]], history=odd)
    docker("more-layers-than-history", entries=[tree, [file("b", b"bb\n")]], history=[row(1, "only one row")])
    docker("windows", os="windows", **{"os.version": "10.0.17763.1", "os.features": ["win32k"]})
    foreign = images.mini("foreign")
    manifest = layouts.oci_manifest(foreign, foreign.layers, "").replace(
        b"image.layer.v1.tar", b"image.layer.nondistributable.v1.tar"
    )
    manifest = manifest.replace(b'"layers":[{', b'"layers":[{"urls":["https://example.test/layer"],')
    put(
        "foreign-layer.oci.tar",
        archive(
            [
                item
                for item in layouts.oci(foreign, foreign.layers, "", manifest=manifest)
                if item[0] != blob(foreign.layers[0])[0]
            ]
        ),
    )


def on_disk():
    return {
        str(path.relative_to(FIXTURES)): path
        for path in sorted(FIXTURES.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def same(path, content):
    if isinstance(content, Link):
        return path.is_symlink() and os.readlink(path) == content
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def main():
    app = images.app()
    valid(app)
    variants()
    stages = {}
    for stage in ("opening", "loading"):
        for reason, content in getattr(malformed, stage)():
            put(f"should-fail-{reason}.tar", content)
            stages[reason] = stage
    put("app.tree", facts.tree(app))
    put("facts.json", (json.dumps(facts.facts(app, stages), indent=1) + "\n").encode())

    present = on_disk()
    wrong = [name for name, content in made.items() if name not in present or not same(present[name], content)]
    stray = [name for name in present if name not in made]
    total = sum(len(content) for content in made.values())
    if "--check" in sys.argv:
        for name in wrong + stray:
            print(f"{'differs or missing' if name in made else 'not made by the generator'}: {name}")
        print(f"{len(made)} fixtures, {total} bytes, {len(wrong) + len(stray)} not as made")
        sys.exit(1 if wrong or stray else 0)
    for name in stray:
        present[name].unlink()
    for name in wrong:
        path = FIXTURES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(made[name]) if isinstance(made[name], Link) else path.write_bytes(made[name])
    print(f"{len(made)} fixtures, {total} bytes, {len(wrong)} written, {len(stray)} removed")


main()
