#!/usr/bin/env bash
# Does `layerctl history` say what `docker history` says, row for row?
#
#   compare-history.sh IMAGE...      archives and layouts; each is loaded into Docker, layerctl reads the file itself
#
# Compared: image ID of the top row, creation time, command, size in bytes and in words, comment. Below the top row Docker
# names parents that it happens to have; that is no property of the archive and is read as <missing>.
# What Docker refuses (OCI archives and layouts, zstd, ...) is brought into a docker-archive by skopeo first, which leaves the
# config and so the image ID as it is. What only podman takes is compared with `podman history` without the sizes, which
# podman counts in another way.
# $LAYERCTL is the binary (default: layerctl of $PATH); $REFERENCE=podman asks podman for all. Needs root; uses the daemon of
# DOCKER_HOST or one of its own. Exit status 1 when anything differs.
set -euo pipefail

[[ $# -ge 1 ]] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 2; }
export TZ=UTC
layerctl=${LAYERCTL:-layerctl}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/compare-history.XXXXXX")
# shellcheck source=dockerd.sh
source "$here/dockerd.sh"
trap 'stop_dockerd "$work"; rm -rf "$work"' EXIT

exact='{{.ID}}|{{.CreatedAt}}|{{.CreatedBy}}|{{.Size}}|{{.Comment}}'
words='{{.CreatedBy}}|{{.Size}}|{{.Comment}}'
passed=0 failed=0 skipped=0

# same TITLE: compares $work/ours and $work/theirs.
same() {
    if diff -u --label "docker history" --label "layerctl history" "$work/theirs" "$work/ours" >"$work/diff"; then
        passed=$((passed + 1))
        echo "ok      $1 ($(wc -l <"$work/ours") lines)"
    else
        failed=$((failed + 1))
        echo "DIFFERS $1"
        sed -n '1,24s/^/    /p' "$work/diff"
    fi
}

# Rows below the first lose a parent's ID.
without_parents() { sed -E '2,$s/^sha256:[0-9a-f]{64}\|/<missing>|/'; }

# against_docker IMAGE LOADED: IMAGE is what layerctl is asked for, LOADED what Docker calls it.
against_docker() {
    {
        docker history --no-trunc -H=false --format "$exact" "$2" | without_parents
        docker history --format "$words" "$2"
    } >"$work/theirs"
    {
        "$layerctl" history --root "$work/store" --no-trunc --human=false --format "$exact" "$1"
        "$layerctl" history --root "$work/store" --format "$words" "$1"
    } >"$work/ours"
    same "$1 as $2"
}

podman_here() {
    podman --root "$work/podman" --runroot "$work/podman-run" --storage-driver overlay --events-backend none \
        --cgroup-manager cgroupfs "$@"
}

against_podman() {
    local format='{{.ID}}|{{.CreatedBy}}|{{.Comment}}' loaded
    loaded=$(podman_here load -q -i "$1" 2>"$work/why" | sed -n '1s/^Loaded image: //p')
    [[ -n $loaded ]] || return 1
    # Docker prints a tab in a command as a space, podman as it is.
    podman_here history --no-trunc --format "$format" "$loaded" | tr '\t' ' ' | sed -E '1s/^(sha256:)?/sha256:/' |
        sed -E '2,$s/^(sha256:)?[0-9a-f]{64}\|/<missing>|/' >"$work/theirs"
    "$layerctl" history --root "$work/store" --no-trunc --format "$format" "$1" >"$work/ours"
    podman_here rmi -af >/dev/null 2>&1 || true
    same "$1 (podman)"
}

# load FILE: what Docker says it loaded, one a line; nothing when it refuses.
load() { docker load -q -i "$1" 2>"$work/why" | sed -nE 's/^Loaded image( ID)?: //p'; }

# convert FILE: a docker-archive of it in $work/converted.tar.
convert() {
    rm -f "$work/converted.tar"
    local from
    from=$(python3 -B -c 'import sys; sys.path.insert(0, sys.argv[1]); import unpackers; print(unpackers.transport(sys.argv[2], sys.argv[3]))' \
        "$here" "$1" "$work")
    skopeo --insecure-policy copy -q "$from" "docker-archive:$work/converted.tar:converted.test/image:latest" 2>"$work/why"
}

start_dockerd "$work"
mkdir "$work/store"
for file in "$@"; do
    mapfile -t loaded < <([[ ${REFERENCE:-docker} == podman || -d $file ]] || load "$file")
    if [[ ${#loaded[@]} -gt 0 ]]; then
        declare -A seen=()
        for name in "${loaded[@]}"; do
            id=$(docker inspect --format '{{.Id}}' "$name")
            [[ -z ${seen[$id]:-} ]] || continue
            seen[$id]=yes
            [[ $name == sha256:* ]] && against_docker "$file" "$name" || against_docker "$file:$name" "$name"
        done
        unset seen
        docker rmi -f "${loaded[@]}" >/dev/null 2>&1 || true
    elif [[ ${REFERENCE:-docker} != podman ]] && convert "$file" && [[ -n $(load "$work/converted.tar") ]]; then
        against_docker "$file" converted.test/image:latest
        docker rmi -f converted.test/image:latest >/dev/null 2>&1 || true
    elif ! against_podman "$file"; then
        skipped=$((skipped + 1))
        echo "refused $file: $(tail -c 160 "$work/why" | tr '\n' ' ')"
    fi
    rm -f "$work/plain.tar"
done
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed -eq 0 ]]
