#!/bin/bash
# Volumes that come with a container: what is in them, and what inspect says of mounts, by docker, podman and layerctl.
# Usage: compare-mounts.sh IMAGE-ARCHIVE     (LAYERCTL names the program; needs root, docker and dockerd or podman)
set -euo pipefail
archive=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
layerctl=$(realpath "${LAYERCTL:-.build/release/layerctl}")
# shellcheck source=Tests/peers/dockerd.sh
. "$here/dockerd.sh"
work=$(mktemp -d /var/tmp/compare-mounts.XXXXXX)
finish() {
    podman --root "$work/podman" --runroot "$work/run" umount -a >/dev/null 2>&1 || true
    stop_dockerd "$work"
    rm -rf "$work"
}
trap finish EXIT
export LAYERCTL_ROOT=$work/store

# An image with volumes over all that may stand there: kinds, owners, modes, times, attributes, hard links, links that lead out.
image=$("$layerctl" load -q -i "$archive" | sed -n 's/^Loaded image\( ID\)\?: //p' | head -1)
"$layerctl" create --name making "$image" >/dev/null
mkdir -p "$work/add/data/sub/deep" "$work/add/empty" "$work/add/own" "$work/bind"
cd "$work/add"
echo one >data/one; ln data/one data/sub/two; echo set >data/setuid; chown 12:34 data/setuid; chmod 4711 data/setuid
ln -s ../one data/sub/link; ln -s /etc/passwd data/host; mkfifo data/pipe; mknod data/null c 1 3
chown 5:6 data own; chmod 1770 data; chmod 711 empty
setfattr -n user.k -v value data/one 2>/dev/null || true
touch -d 2001-02-03T04:05:06Z data/sub/deep data/one
ln -s ../../../../data out; ln -s /etc hostetc
for name in *; do "$layerctl" cp -a "$name" making:/; done
"$layerctl" commit -c 'VOLUME /data /empty' making mounts:1 >/dev/null
"$layerctl" save -o "$work/image.tar" mounts:1
cd "$work"

options=(-v "named:/data" -v "out:/out" -v "etc:/hostetc" -v "bare:/own:nocopy" -v "$work/bind:/b:ro"
    --mount "type=volume,source=other,target=/own/x,ro" --mount "type=bind,source=$work/bind,target=/c"
    --tmpfs "/t:size=64k" -v "absent:/not/there")

# The mounts of a container as lines: of each what all programs say, in the order of the places.
mounts() {
    python3 -c '
import json, re, sys
for mount in sorted(json.load(sys.stdin)[0]["Mounts"], key=lambda mount: mount["Destination"]):
    name = re.sub("^[0-9a-f]{64}$", "anonymous", mount.get("Name", ""))
    print(mount["Type"], name, mount["Destination"], mount.get("Driver", ""), mount["RW"], *[mount[k] for k in sys.argv[1:]])
' "$@"
}
tree() {
    python3 -c '
import sys; sys.path.insert(0, sys.argv[1])
import os, treelines
info = os.lstat(sys.argv[2])
print(f"root {info.st_mode & 0o7777:o} {info.st_uid} {info.st_gid}")
for line in treelines.dump(sys.argv[2]).values():
    # Docker sets the time of a directory before it copies what is in it.
    if line[1] == "dir": line[5] = "-"
    # What every run gets from the program.
    if line[0] not in ("hosts", "hostname", "resolv.conf", "mtab"): print("\t".join(line))
' "$here" "$1"
}
# say TOOL...: what TOOL has made: the mounts, and the files of each volume.
say() {
    "$@" container inspect box | mounts
    "$@" container inspect box | python3 -c '
import json, sys
for mount in sorted(json.load(sys.stdin)[0]["Mounts"], key=lambda mount: mount["Destination"]):
    if mount["Type"] == "volume": print(mount["Destination"], mount["Source"])
' | while read -r place path; do
        echo "== $place"
        tree "$path"
    done
}
status=0 count=0
compare() {
    count=$((count + 1))
    if cmp -s "$work/layerctl.txt" "$work/$1.txt"; then echo "equal   $1"; else
        echo "DIFFERS $1"; diff "$work/layerctl.txt" "$work/$1.txt" || true; status=1; fi
}
"$layerctl" create --name box "${options[@]}" mounts:1 >/dev/null
say "$layerctl" >"$work/layerctl.txt"
if start_dockerd "$work"; then
    docker load -q -i "$work/image.tar" >/dev/null
    docker create --name box "${options[@]}" mounts:1 >/dev/null
    say docker >"$work/docker.txt"
    compare docker
    diff <("$layerctl" container inspect box | mounts Mode Propagation) <(docker container inspect box | mounts Mode Propagation) ||
        { echo "DIFFERS docker, modes"; status=1; }
fi
if command -v podman >/dev/null; then
    podman() { command podman --root "$work/podman" --runroot "$work/run" --cgroup-manager cgroupfs --events-backend none "$@"; }
    podman load -q -i "$work/image.tar" >/dev/null
    podman create --name box --network none --cgroups disabled --ulimit nofile=1024:1024 "${options[@]}" mounts:1 /bin/true >/dev/null
    # It fills volumes when the container is prepared for its first run, whether that succeeds or not.
    podman init box >/dev/null 2>"$work/init.txt" || true
    # Where a link is the mount point it gives the volume the link's mode and owner, and others than Docker where nothing is copied.
    say podman | sed '/^root /d' >"$work/podman.txt"
    sed -i '/^root /d' "$work/layerctl.txt"
    compare podman
fi
echo "$count programs compared, $(wc -l <"$work/layerctl.txt") lines"
exit $status
