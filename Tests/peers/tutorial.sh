#!/bin/bash
# What every tutorial on files and data in containers does, step by step: the layers of an image, the layer of a container, volumes, data
# containers, cp, binds and tmpfs, and what is left when a container has gone. Each step says what must come out.
# Usage: tutorial.sh IMAGE-ARCHIVE     (its image has sh, cat, mkdir, rm, touch and sleep, and a file /etc/passwd)
# PROGRAM is the program, layerctl unless said; docker takes the same steps. RUN holds options of every run.
set -uo pipefail
archive=$(realpath "$1")
read -ra program <<<"${PROGRAM:-layerctl}"
read -ra run_options <<<"${RUN:-}"
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tutorial.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

P() { "${program[@]}" "$@"; }
# As root of the container, whatever user the image names.
run() { P run -u 0 "${run_options[@]}" "$@"; }
create() { P create -u 0 "${run_options[@]}" "$@"; }
count=0 failures=0
# is EXPECTED WORDS...: the output of a command, its lines joined, and its status unless that is 0.
is() {
    local expected=$1 output status
    shift
    output=$("$@" 2>"$work/errors")
    status=$?
    output=${output//$'\n'/ }
    [ "$status" = 0 ] || output="${output:+$output }[$status]"
    count=$((count + 1))
    if [ "$output" != "$expected" ]; then
        failures=$((failures + 1))
        printf '%s: %s\n  expected %s\n  got      %s\n' "$count" "$*" "$expected" "$output"
        sed 's/^/  /' "$work/errors"
    fi
}
fails() {
    count=$((count + 1))
    if "$@" >"$work/output" 2>&1; then
        failures=$((failures + 1))
        printf '%s: %s\n  must fail, and said\n' "$count" "$*"
        sed 's/^/  /' "$work/output"
    fi
}
has() { grep -qx -- "$1" <(shift; "$@") && echo yes || echo no; }

image=$(P load -q -i "$archive" | sed -n 's/^Loaded image\( ID\)\?: //p' | head -1)
layers() { P image inspect -f '{{len .RootFS.Layers}}' "$1"; }
own=$(layers "$image")

# A container has a layer of its own, which the image and other containers know nothing of.
is "" run --name first "$image" sh -c 'echo hello > /greeting; echo more >> /etc/passwd; mkdir /made; touch /made/file'
is "A /greeting A /made A /made/file C /etc C /etc/passwd" sh -c '"$@" | sort' - "${program[@]}" diff first
fails run --rm "$image" cat /greeting
is "hello" sh -c '"$@" | tar -xOf -' - "${program[@]}" cp first:/greeting -

# A change, committed, is a layer; a new container sees it, and a container that removes it removes it for itself alone.
is "sha256" sh -c '"$@" | cut -c1-6' - "${program[@]}" commit -m "a greeting" first greeting:1
is "$((own + 1))" layers greeting:1
is "a greeting" sh -c '"$@" | head -1' - "${program[@]}" history --format '{{.Comment}}' greeting:1
is "hello" run --rm greeting:1 cat /greeting
is "" run --name remover greeting:1 rm /greeting
is "D /greeting" P diff remover
is "hello" run --rm greeting:1 cat /greeting
is "first" P rm first
fails P container inspect first
is "hello" run --rm greeting:1 cat /greeting
is "remover" P rm remover

# A volume is a directory of the host: both sides write, both read.
is "data" P volume create data
is "yes" has data P volume ls -q
place=$(P volume inspect -f '{{.Mountpoint}}' data)
is "" run --name writer -v data:/data "$image" sh -c 'echo from the container > /data/container; echo own > /own'
is "from the container" cat "$place/container"
echo from the host >"$place/host"
is "from the host" run --rm -v data:/data "$image" cat /data/host
is "volume data /data" P container inspect -f '{{range .Mounts}}{{.Type}} {{.Name}} {{.Destination}}{{end}}' writer
# It is no part of the container's layer, in diff as in commit, and stays when the container goes.
is "A /own" sh -c '"$@" | grep -v "^[AC] /data$"' - "${program[@]}" diff writer
P commit writer written:1 >/dev/null
is "own" run --rm written:1 cat /own
fails run --rm written:1 cat /data/container
fails P volume rm data
is "writer" P rm -v writer
fails P container inspect writer
is "from the container" run --rm -v data:/data "$image" cat /data/container

# One without a name goes with its container, when that is asked for, or with --rm.
before=$(P volume ls -q | wc -l)
run -d --name anonymous -v /anonymous "$image" sh -c 'echo kept > /anonymous/file; while :; do sleep 1; done' >/dev/null
is "volume /anonymous 64" P container inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{len .Name}}{{end}}' anonymous
for _ in {1..100}; do P exec anonymous cat /anonymous/file >/dev/null 2>&1 && break; sleep 0.1; done
is "kept" P exec anonymous cat /anonymous/file
is "anonymous" P ps --format '{{.Names}}' --filter name=anonymous
is "anonymous" P stop -t 0 anonymous
is "137" P wait anonymous
is "$((before + 1))" sh -c '"$@" | grep -c .' - "${program[@]}" volume ls -q
is "anonymous" P rm -v anonymous
run --rm -v /gone "$image" sh -c :
is "$before" sh -c '"$@" | grep -c .' - "${program[@]}" volume ls -q

# An empty volume gets what the image has at its place.
run --rm "$image" cat /etc/passwd >passwd
is "" run --rm -v config:/etc "$image" touch /etc/marked
is "" cmp passwd "$(P volume inspect -f '{{.Mountpoint}}' config)/passwd"
is "marked" run --rm -v config:/etc "$image" sh -c 'test -e /etc/marked && echo marked'
is "config" P volume rm config

# A data container: an image with a VOLUME, a container that nobody runs, and others that use what it holds.
run --name making "$image" sh -c 'mkdir /shared; echo base > /shared/base'
P commit -c 'VOLUME /shared' making shared:1 >/dev/null
P rm making >/dev/null
create --name holder shared:1 true >/dev/null
is "base" run --name user --volumes-from holder "$image" sh -c 'cat /shared/base; echo used > /shared/user'
is "used closed" run --rm --volumes-from holder:ro "$image" sh -c 'cat /shared/user; touch /shared/x 2> /dev/null || echo closed'
# cp sees volumes where a process does.
echo copied >file
P cp file holder:/shared/copied 2>/dev/null
is "copied" run --rm --volumes-from holder "$image" cat /shared/copied
P cp user:/shared/user out 2>/dev/null
is "used" cat out
is "user" P rm -v user
is "base" run --rm --volumes-from holder "$image" cat /shared/base
is "holder" P rm -v holder

# A directory of the host, and one in memory.
mkdir host
echo host >host/file
is "host" run --rm -v "$work/host:/host" "$image" sh -c 'cat /host/file; echo back > /host/back'
is "back" cat host/back
create --name bound --mount "type=bind,source=$work/host,target=/host,readonly" "$image" true >/dev/null
is "bind $work/host /host false" P container inspect -f '{{range .Mounts}}{{.Type}} {{.Source}} {{.Destination}} {{.RW}}{{end}}' bound
is "closed" run --rm -v "$work/host:/host:ro" "$image" sh -c 'touch /host/x 2> /dev/null || echo closed'
is "bound" P rm bound
is "memory" run --name scratch --tmpfs /scratch "$image" sh -c 'echo memory > /scratch/file; cat /scratch/file'
is "" sh -c '"$@" | grep "^[AC] /scratch/" || true' - "${program[@]}" diff scratch
is "memory" P logs scratch
is "scratch" P rm scratch

# What is left is the volume and what is in it.
is "" P ps -a -q
is "from the container from the host" cat "$place/container" "$place/host"
is "data" P volume rm data
fails ls "$place"
echo "$count steps, $failures failures"
[ "$failures" = 0 ]
