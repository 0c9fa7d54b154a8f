"""OCI layouts: images in, the members of an archive (or the files of a directory) out, in their order.

A file is `(name, bytes)`, a symbolic link `(name, Link(target))`, a directory `(name + "/", None)`.
"""

from images import compact, sha256
from tarball import directory, file, symlink, tar

OCI = "application/vnd.oci.image."
LAYER_TYPES = {"": ".v1.tar", "gz": ".v1.tar+gzip", "zst": ".v1.tar+zstd"}


class Link(str):
    """A symbolic link's target."""


def archive(files, prefix=""):
    entries = []
    for name, content in files:
        if content is None:
            entries.append(directory(prefix + name.rstrip("/")))
        elif isinstance(content, Link):
            entries.append(symlink(prefix + name, content))
        else:
            entries.append(file(prefix + name, content))
    return tar(entries)


def blob(data):
    return f"blobs/sha256/{sha256(data)}", data


def unique(files):
    return list(dict(files).items())


def descriptor(media_type, content, **more):
    return {"mediaType": media_type, "digest": "sha256:" + sha256(content), "size": len(content), **more}


def oci_manifest(image, blobs, codec="gz", config_type=OCI + "config.v1+json", **more):
    layers = [descriptor(OCI + "layer" + LAYER_TYPES[codec], data) for data in blobs]
    return compact(
        {
            "schemaVersion": 2,
            "mediaType": OCI + "manifest.v1+json",
            "config": descriptor(config_type, image.config_bytes),
            "layers": layers,
            **more,
        }
    )


def oci_index(manifests, **more):
    return compact({"schemaVersion": 2, "mediaType": OCI + "index.v1+json", "manifests": manifests, **more})


def named(manifest, name, media_type=OCI + "manifest.v1+json"):
    return descriptor(media_type, manifest, annotations={"org.opencontainers.image.ref.name": name})


def oci(image, blobs, codec="gz", name=None, manifest=None, index=None, version="1.0.0", config_bytes=None):
    """An OCI layout of one image."""
    manifest = manifest or oci_manifest(image, blobs, codec)
    index = index or oci_index([named(manifest, name or image.tags[0])])
    return unique(
        [
            ("oci-layout", compact({"imageLayoutVersion": version})),
            ("index.json", index),
            *(blob(data) for data in blobs),
            blob(config_bytes or image.config_bytes),
            blob(manifest),
        ]
    )


def multi_platform(app, blobs, arm, arm_blobs):
    """index.json -> an index -> amd64 and arm64 with their attestations, arm/v7 and s390x without blobs, and an artifact."""
    amd, arm64 = oci_manifest(app, blobs), oci_manifest(arm, arm_blobs)
    statement = compact({"_type": "https://in-toto.io/Statement/v0.1", "predicate": {}})
    manifests, files = [], []

    def add(data, platform, kept=True, **more):
        manifests.append(descriptor(OCI + "manifest.v1+json", data, platform=platform, **more))
        files.extend([blob(data)] if kept else [])

    for target, platform in (
        (amd, {"architecture": "amd64", "os": "linux"}),
        (arm64, {"architecture": "arm64", "os": "linux", "variant": "v8"}),
    ):
        add(target, platform)
        config = compact(
            {
                "architecture": "unknown",
                "os": "unknown",
                "config": {},
                "rootfs": {"type": "layers", "diff_ids": ["sha256:" + sha256(statement)]},
            }
        )
        proof = compact(
            {
                "schemaVersion": 2,
                "mediaType": OCI + "manifest.v1+json",
                "config": descriptor(OCI + "config.v1+json", config),
                "layers": [descriptor("application/vnd.in-toto+json", statement)],
            }
        )
        notes = {
            "vnd.docker.reference.digest": "sha256:" + sha256(target),
            "vnd.docker.reference.type": "attestation-manifest",
        }
        add(proof, {"architecture": "unknown", "os": "unknown"}, annotations=notes)
        files += [blob(config), blob(statement)]
    add(b"absent arm", {"architecture": "arm", "os": "linux", "variant": "v7"}, kept=False)
    add(b"absent s390x", {"architecture": "s390x", "os": "linux"}, kept=False)
    inner = oci_index(manifests)
    artifact = compact(
        {
            "schemaVersion": 2,
            "mediaType": OCI + "manifest.v1+json",
            "artifactType": "application/vnd.example.sbom",
            "config": descriptor("application/vnd.oci.empty.v1+json", b"{}", data="e30="),
            "layers": [descriptor("text/plain", b"sbom")],
        }
    )
    outer = oci_index(
        [
            named(inner, "example.test/app:1.0", OCI + "index.v1+json"),
            descriptor(OCI + "manifest.v1+json", artifact, artifactType="application/vnd.example.sbom"),
        ]
    )
    files += [blob(inner), blob(artifact), blob(b"{}"), blob(b"sbom")]
    for image, data in ((app, blobs), (arm, arm_blobs)):
        files += [blob(image.config_bytes), *(blob(layer) for layer in data)]
    return unique([*files, ("index.json", outer), ("oci-layout", compact({"imageLayoutVersion": "1.0.0"}))])
