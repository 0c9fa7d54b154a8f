"""Docker's formats and those of containers/image: images in, files out as in `layouts`."""

from images import compact, legacy_config, sha256
from layouts import OCI, Link, blob, descriptor, oci_index, oci_manifest, unique
from tarball import tar

DOCKER = "application/vnd.docker."


def repositories(image_tops):
    """`{"name": {"tag": "top layer"}}`."""
    names = {}
    for tags, top in image_tops:
        for tag in tags:
            name, version = tag.rsplit(":", 1)
            names.setdefault(name, {})[version] = top
    return compact(names) + b"\n"


def docker_v24(images):
    """`docker save` up to v24: a directory a layer, a repeated layer as a symbolic link to the first."""
    files, manifests, tops, seen = [], [], [], {}
    for image in images:
        files.append((image.image_id + ".json", image.config_bytes))
        ids, parent = [], None
        for index, layer in enumerate(image.layers):
            identity = sha256(
                compact([parent, image.diff_ids[: index + 1], image.name if index == len(image.layers) - 1 else ""])
            )
            v1 = {
                "id": identity,
                **({"parent": parent} if parent else {}),
                "created": "1970-01-01T00:00:00Z",
                "os": "linux",
            }
            ids.append(identity)
            parent = identity
            content = Link(f"../{seen[layer]}/layer.tar") if layer in seen else layer
            seen.setdefault(layer, identity)
            if (identity + "/", None) not in files:
                files += [(identity + "/", None), (identity + "/VERSION", b"1.0"), (identity + "/json", compact(v1))]
                files.append((identity + "/layer.tar", content))
        manifests.append(
            {
                "Config": image.image_id + ".json",
                "RepoTags": image.tags or None,
                "Layers": [i + "/layer.tar" for i in ids],
            }
        )
        if ids:
            tops.append((image.tags, ids[-1]))
    files.append(("manifest.json", compact(manifests) + b"\n"))
    return files + ([("repositories", repositories(tops))] if any(tags for tags, _ in tops) else [])


def docker_v25(images, blobs=None):
    """`docker save` from v25 on: an OCI layout and a manifest.json in one. `blobs`: as the containerd store writes them."""
    files, manifests, listed, tops = [("blobs/", None), ("blobs/sha256/", None)], [], [], []
    for image in images:
        data = blobs or image.layers
        manifest = oci_manifest(image, data, "gz" if blobs else "")
        files += [blob(image.config_bytes), *(blob(layer) for layer in data), blob(manifest)]
        paths = [blob(layer)[0] for layer in data]
        entry = {"Config": blob(image.config_bytes)[0], "RepoTags": image.tags, "Layers": paths}
        if not blobs:
            sources = {d: descriptor(OCI + "layer.v1.tar", layer) for d, layer in zip(image.diff_ids, data)}
            entry["LayerSources"] = sources
        manifests.append(entry)
        tops.append((image.tags, paths[-1].rsplit("/", 1)[1]))
        for tag in image.tags:
            notes = {"io.containerd.image.name": tag, "org.opencontainers.image.ref.name": tag.rsplit(":", 1)[1]}
            listed.append(descriptor(OCI + "manifest.v1+json", manifest, annotations=notes))
    files += [
        ("index.json", oci_index(listed)),
        ("manifest.json", compact(manifests)),
        ("oci-layout", b'{"imageLayoutVersion": "1.0.0"}'),
    ]
    return unique(files + ([] if blobs else [("repositories", repositories(tops))]))


def bare(image, manifest=None):
    """The least that loads, as Bazel and Kaniko write it: config, layers, manifest.json."""
    layers = {f"{n}.tar": layer for n, layer in enumerate(image.layers)}
    entry = {"Config": "config.json", "RepoTags": image.tags or None, "Layers": list(layers)}
    manifest = compact([entry] if manifest is None else manifest)
    return [("config.json", image.config_bytes), *layers.items(), ("manifest.json", manifest)]


def containers_image(image):
    """What skopeo and `podman save` write: layers by their digest, the old directories as links to them."""
    files, parent = [], None
    for diff_id, layer in zip(image.diff_ids, image.layers):
        if (diff_id[7:] + ".tar", layer) not in files:
            files.append((diff_id[7:] + ".tar", layer))
    files.append((image.image_id + ".json", image.config_bytes))
    for diff_id in image.diff_ids:
        identity = sha256(f"{parent} {diff_id}".encode())
        v1 = {
            "id": identity,
            **({"parent": parent} if parent else {}),
            "created": "1970-01-01T00:00:00Z",
            "os": "linux",
        }
        files += [
            (identity + "/layer.tar", Link(f"../{diff_id[7:]}.tar")),
            (identity + "/VERSION", b"1.0"),
            (identity + "/json", compact(v1)),
        ]
        parent = identity
    files.append(("repositories", repositories([(image.tags, parent)])))
    layers = [diff_id[7:] + ".tar" for diff_id in image.diff_ids]
    files.append(
        ("manifest.json", compact([{"Config": image.image_id + ".json", "RepoTags": image.tags, "Layers": layers}]))
    )
    return files


def docker_legacy(image):
    """Before Docker 1.10: no manifest.json, the config is in the layers' json."""
    files, layers = [], iter(image.layers)
    v1 = legacy_config(image)
    for document in v1:
        layer = tar([]) if document.get("throwaway") else next(layers)
        identity = document["id"]
        files += [
            (identity + "/", None),
            (identity + "/VERSION", b"1.0"),
            (identity + "/json", compact(document)),
            (identity + "/layer.tar", layer),
        ]
    return files + [("repositories", repositories([(image.tags, v1[-1]["id"])]))]


def transport_dir(image, blobs, media_type=DOCKER + "image.rootfs.diff.tar.gzip"):
    """containers/image's `dir:` (podman save --format docker-dir): the type says gzip whatever the bytes are."""
    layers = [descriptor(media_type, data) for data in blobs]
    manifest = {
        "schemaVersion": 2,
        "mediaType": DOCKER + "distribution.manifest.v2+json",
        "config": descriptor(DOCKER + "container.image.v1+json", image.config_bytes),
        "layers": layers,
    }
    files = [(sha256(data), data) for data in blobs] + [(image.image_id, image.config_bytes)]
    return unique(files + [("manifest.json", compact(manifest)), ("version", b"Directory Transport Version: 1.1\n")])
