#!/usr/bin/env bash
# Builds the big images that are not committed and has them saved by every tool at hand:
#
#   TestImages/make-real-images.sh DIRECTORY [small] [debian]      (default: both)
#
#   DIRECTORY/small.*    a busybox-static image, five layers, made in seconds
#   DIRECTORY/debian.*   an mmdebstrap image, nine layers, about 700 MB and 34,000 files
#
# each as     .docker.tar                  docker save (20.10 of Debian: <id>/layer.tar, repositories)
#             .podman-docker-archive.tar   podman save, its four formats
#             .podman-oci-archive.tar
#             .podman-oci-dir/  .podman-docker-dir/
#             .skopeo-docker-archive.tar   skopeo copy
#             .skopeo-oci/  .skopeo-oci-zstd/
#             .umoci/                      a layout that umoci made from the layers' tars
#             .ctr.tar                     ctr image export, of a containerd that is started and stopped here
#
# Needs root (chroots, containers, owners). A dockerd is started and stopped here unless DOCKER_HOST is set; set it to
# a daemon that can run containers. Environment: SUITE (bookworm), MIRROR (Debian's default), TMPDIR.
set -euo pipefail

[[ $# -ge 1 ]] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 2; }
[[ $EUID -eq 0 ]] || { echo "$0: needs root" >&2; exit 1; }
out=$(mkdir -p "$1" && cd "$1" && pwd)
shift
images=("${@:-small}")
[[ $# -gt 0 ]] || images=(small debian)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/real-images.XXXXXX")
# shellcheck source=../Tests/peers/dockerd.sh
source "$(dirname "$0")/../Tests/peers/dockerd.sh"
trap 'stop_dockerd "$work"; rm -rf "$work"' EXIT

say() { printf '\n== %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null || { echo "!! $1 is not installed: skipping what it makes" >&2; return 1; }; }

# Neither systemd nor cgroups nor a network is needed to load and save.
podman_here() {
    podman --root "$work/podman" --runroot "$work/podman-run" --storage-driver overlay --events-backend none \
        --cgroup-manager cgroupfs "$@"
}

# build NAME CONTEXT: the classic builder: one layer and one history row for each line that makes one.
build() { DOCKER_BUILDKIT=0 docker build --network host --force-rm -t "example.test/$1:latest" "$2"; }

build_small() {
    local c=$work/small
    mkdir -p "$c/root/bin" "$c/root/etc" "$c/root/tmp"
    cp "$(command -v busybox)" "$c/root/bin/busybox"
    for applet in sh cat chmod chown ln mkdir mkfifo mknod rm touch; do ln "$c/root/bin/busybox" "$c/root/bin/$applet"; done
    echo 'root:x:0:0:root:/root:/bin/sh' >"$c/root/etc/passwd"
    chmod 1777 "$c/root/tmp"
    cat >"$c/Dockerfile" <<'DOCKERFILE'
FROM scratch
LABEL org.opencontainers.image.title="small" note="tab	and <angle> & ampersand"
COPY root/ /
ENV PATH=/bin GREETING="hello, world"
RUN mkdir -p /data/old/deep /data/keep && touch /data/old/a /data/old/deep/b /data/keep/c && ln /data/keep/c /data/keep/d
RUN rm -r /data/old && mkdir /data/old && touch /data/old/new && rm /data/keep/d && ln -s /data/keep/c /data/link
RUN mkfifo /data/fifo && mknod /data/null c 1 3 && chown 1234:5678 /data/keep/c && chmod 4755 /data/keep/c
RUN rm /data/fifo && touch -t 199912312359 "/data/with space" "/data/ünïcode"
WORKDIR /data
CMD ["/bin/sh"]
DOCKERFILE
    build small "$c"
}

build_debian() {
    local c=$work/debian
    mkdir -p "$c/app"
    has mmdebstrap
    mmdebstrap --variant=apt --mode=root --aptopt='Acquire::Languages "none"' \
        "${SUITE:-bookworm}" "$work/base.tar" ${MIRROR:+"$MIRROR"}
    docker import -c 'CMD ["/bin/bash"]' -m 'mmdebstrap --variant=apt' "$work/base.tar" example.test/debian-base:latest
    rm "$work/base.tar"
    # A file tree as a package manager for a scripting language leaves it: thousands of small files.
    python3 - "$c/app" <<'PYTHON'
import pathlib, sys
for package in range(160):
    for part in range(60):
        file = pathlib.Path(sys.argv[1]) / "modules" / f"package-{package:03}" / "lib" / f"part-{part:02}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"// {package}.{part}\n" + f"export const value{part} = '{package * part}';\n" * (1 + (package * 7 + part) % 90))
PYTHON
    cat >"$c/Dockerfile" <<'DOCKERFILE'
FROM example.test/debian-base:latest
LABEL org.opencontainers.image.title="debian"
ENV DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8
RUN apt-get update && apt-get install -y --no-install-recommends perl perl-modules libwww-perl \
    libcap2-bin iputils-ping && apt-get clean
RUN apt-get install -y --no-install-recommends python3 python3-numpy git vim python3-pip python3-venv \
    && apt-get clean
RUN apt-get install -y --no-install-recommends gcc g++ make libc6-dev && apt-get clean \
    && rm -rf /var/lib/apt/lists/*
COPY app/ /srv/app/
RUN find /usr/share/doc /usr/share/man -type f -delete && rm -rf /srv/app/modules/package-00?
RUN rm -rf /usr/share/locale && mkdir -p /usr/share/locale/en && echo en >/usr/share/locale/en/name
RUN useradd -m user && chown -R user:user /srv/app/modules/package-1[0-4]? && chmod 2775 /srv/app
RUN ln /usr/bin/python3.11 /usr/bin/py && mkfifo /srv/pipe && mknod /srv/null c 1 3 && rm /etc/motd && ln -s ../run/motd /etc/motd
EXPOSE 8080
USER user
WORKDIR /srv/app
CMD ["/usr/bin/python3"]
DOCKERFILE
    build debian "$c"
}

# save NAME: the same image by every tool. Tools that are not there are passed over with a line.
save() {
    local name=$1 ref=example.test/$1:latest f=$out/$1 layer layers
    rm -rf "$f".*
    docker history "$ref"
    say "$name: docker save"
    docker save "$ref" >"$f.docker.tar"
    if has podman; then
        say "$name: podman save"
        podman_here load -q -i "$f.docker.tar"
        podman_here save -q --format docker-archive -o "$f.podman-docker-archive.tar" "$ref"
        podman_here save -q --format oci-archive -o "$f.podman-oci-archive.tar" "$ref"
        podman_here save -q --format oci-dir -o "$f.podman-oci-dir" "$ref"
        podman_here save -q --format docker-dir -o "$f.podman-docker-dir" "$ref"
        podman_here rmi -af >/dev/null
    fi
    if has skopeo; then
        say "$name: skopeo copy"
        skopeo --insecure-policy copy -q "docker-archive:$f.docker.tar" "docker-archive:$f.skopeo-docker-archive.tar:$ref"
        skopeo --insecure-policy copy -q "docker-archive:$f.docker.tar" "oci:$f.skopeo-oci:latest"
        skopeo --insecure-policy copy -q --dest-compress-format zstd "docker-archive:$f.docker.tar" \
            "oci:$f.skopeo-oci-zstd:latest"
    fi
    if has umoci; then
        say "$name: umoci"
        umoci init --layout "$f.umoci"
        umoci new --image "$f.umoci:latest"
        mkdir "$work/layers"
        tar -xf "$f.docker.tar" -C "$work/layers"
        layers=$(python3 -c 'import json,sys; print("\n".join(json.load(open(sys.argv[1]))[0]["Layers"]))' "$work/layers/manifest.json")
        for layer in $layers; do
            umoci raw add-layer --image "$f.umoci:latest" --history.comment "layer of $name" "$work/layers/$layer"
        done
        umoci config --image "$f.umoci:latest" --config.cmd /bin/sh --config.env PATH=/usr/bin:/bin
        umoci gc --layout "$f.umoci"
        rm -rf "$work/layers"
    fi
    if has ctr && has containerd; then
        say "$name: ctr export"
        export_by_ctr "$ref" "$f.docker.tar" "$f.ctr.tar"
    fi
}

# export_by_ctr REF FROM TO: what containerd makes of an archive.
export_by_ctr() {
    local socket=$work/containerd.sock daemon ctr=(ctr --address "$work/containerd.sock")
    cat >"$work/containerd.toml" <<TOML
version = 2
root = "$work/containerd"
state = "$work/containerd-state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "$socket"
TOML
    containerd --config "$work/containerd.toml" >"$work/containerd.log" 2>&1 &
    daemon=$!
    for _ in {1..60}; do "${ctr[@]}" version >/dev/null 2>&1 && break; sleep 0.5; done
    "${ctr[@]}" images import --no-unpack "$2" >/dev/null
    "${ctr[@]}" images export "$3" "$1"
    "${ctr[@]}" images rm --sync "$1" >/dev/null
    kill "$daemon"
    wait "$daemon" || true
}

start_dockerd "$work"
for image in "${images[@]}"; do
    say "$image: building"
    "build_$image"
    save "$image"
done
say "made"
du -sh --apparent-size "$out"/* >&2
