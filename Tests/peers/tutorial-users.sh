#!/bin/bash
# The steps of tutorial.sh by root, by ordinary users with one number and with ranges of them, and with docker.
# Usage: tutorial-users.sh IMAGE-ARCHIVE...    (LAYERCTL names the program; needs root, setpriv, su; a user with ranges in /etc/subuid; docker)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
layerctl=$(realpath "${LAYERCTL:-.build/release/layerctl}")
# shellcheck source=Tests/peers/dockerd.sh
. "$here/dockerd.sh"
work=$(mktemp -d /var/tmp/tutorial-users.XXXXXX)
daemon=
finish() {
    stop_dockerd "$work"
    rm -rf "$work"
}
trap finish EXIT
chmod 755 "$work"
install -m755 "$layerctl" "$work/layerctl"
install -m755 "$here/tutorial.sh" "$work/tutorial.sh"
ranged=$(cut -d: -f1 /etc/subuid | while read -r name; do id -u "$name" >/dev/null 2>&1 && echo "$name" && break; done || true)

status=0 count=0 skipped=0
# take NAME COMMAND...: the steps, with a directory of the one who takes them.
take() {
    local name=$1
    shift
    count=$((count + 1))
    if "$@" >"$work/out" 2>&1; then echo "$name: $(tail -1 "$work/out")"; else
        echo "FAILED $name"
        cat "$work/out"
        status=1
    fi
}
steps='mkdir -p "$HOME/tutorial"; cd "$HOME/tutorial"
TMPDIR=$PWD PROGRAM="$1/layerctl --root $PWD/store" "$1/tutorial.sh" "$2"; status=$?
cd /; rm -rf "$HOME/tutorial" 2>/dev/null || "$1/layerctl" unshare -- rm -rf "$HOME/tutorial"; exit $status'
mkdir -m777 "$work/home"
for archive; do
    name=${archive##*/}
    install -m644 "$archive" "$work/image.tar"
    take "$name, root" env HOME="$work" bash -c "$steps" - "$work" "$work/image.tar"
    take "$name, a user with a single number" setpriv --reuid=54321 --regid=54321 --clear-groups env HOME="$work/home" \
        bash -c "$steps" - "$work" "$work/image.tar"
    if [ -n "$ranged" ]; then
        take "$name, a user with ranges ($ranged)" su "$ranged" -s /bin/bash -c "$steps" - "$work" "$work/image.tar"
    else
        skipped=$((skipped + 1))
        echo "skipped a user with ranges: none in /etc/subuid"
    fi
    if start_dockerd "$work"; then
        take "$name, docker" env RUN="--network none" PROGRAM=docker "$here/tutorial.sh" "$work/image.tar"
    else
        skipped=$((skipped + 1))
    fi
done
echo "$count users, $skipped skipped"
exit $status
