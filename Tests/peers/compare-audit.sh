#!/usr/bin/env bash
# Asks find, getcap and grep about the mounted tree of an image what `audit` says of it: programs that run as their owner or group, files
# with capabilities, what everybody may write, devices, private keys.
#
#   LAYERCTL=… compare-audit.sh IMAGE.tar…       as root
set -euo pipefail
layerctl=${LAYERCTL:-layerctl}
[[ $(id -u) -eq 0 ]] || { echo "needs root" >&2; exit 1; }
work=$(mktemp -d /var/tmp/compare-audit.XXXXXX)
export LAYERCTL_ROOT=$work/store
failed=0
trap 'umount "$work/tree" 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT

# same NAME: the paths that both name, and those that one does.
same() {
    if diff "$work/ours" "$work/theirs" >"$work/difference"; then
        echo "  $1: the same $(wc -l <"$work/ours") paths"
    else
        failed=1
        echo "  $1: differs (< audit, > the other)"
        sed 's/^/    /' "$work/difference" | grep '[<>]'
    fi
}
# ours RULE…: the paths of the finished tree that these rules name.
ours() {
    python3 - "$work/audit.json" "$@" <<'PY' | LC_ALL=C sort -u >"$work/ours"
import json, sys
for finding in json.load(open(sys.argv[1]))["subjects"][0]["findings"]:
    if finding["rule"] in sys.argv[2:] and finding["path"] and finding["removedIn"] is None:
        print(finding["path"])
PY
}
theirs() { (cd "$tree" && "$@") | sed 's/^\.//' | LC_ALL=C sort -u >"$work/theirs"; }

for image in "$@"; do
    echo "$image"
    "$layerctl" audit --format json "$image" >"$work/audit.json"
    id=$("$layerctl" load -q -i "$image" 2>&1 | sed -n 's/^Loaded image\( ID\)\?: //p' | tail -1)
    tree=$work/tree
    mkdir -p "$tree"
    "$layerctl" mount "$id" "$tree" >/dev/null
    ours file-setuid; theirs find . -type f -perm -4000; same "setuid"
    ours file-setgid; theirs find . -type f -perm -2000; same "setgid"
    ours file-world-writable; theirs find . -type f -perm -0002; same "files that everybody may write"
    ours dir-world-writable; theirs find . -mindepth 1 -type d -perm -0002 ! -perm -1000; same "directories that everybody may write"
    ours file-device; theirs find . \( -type b -o -type c \); same "devices"
    ours file-capabilities; theirs bash -c 'getcap -r . 2>/dev/null | sed "s/ .*//"'; same "capabilities"
    ours secret-private-key
    # A marker with a line of a key below it, which may be encrypted and have headers.
    theirs bash -c 'LC_ALL=C grep -raPzl -e "-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----[\\s\\\\nr\"]*([A-Za-z-]+: [^\\n]*\\n\\s*)*[A-Za-z0-9+/]{40}" . || true'
    same "private keys, by grep"
    "$layerctl" umount "$tree" >/dev/null
    "$layerctl" rmi -f "$id" >/dev/null 2>&1 || true
done
exit $failed
