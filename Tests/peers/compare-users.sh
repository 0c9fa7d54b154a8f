#!/bin/bash
# One script of edits, run on the same image by every kind of user and driver: the same diff and the same layer must come out.
# Usage: compare-users.sh IMAGE-ARCHIVE     (LAYERCTL names the program; needs root, setpriv, su; a user with ranges in /etc/subuid)
set -euo pipefail
archive=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
layerctl=$(realpath "${LAYERCTL:-.build/release/layerctl}")
export SOURCE_DATE_EPOCH=1000000000
work=$(mktemp -d /var/tmp/compare-users.XXXXXX)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
install -m755 "$layerctl" "$work/layerctl"
install -m755 "$here/edit-tree.sh" "$work/edit-tree.sh"
install -m644 "$archive" "$work/image.tar"
ranged=$(cut -d: -f1 /etc/subuid | while read -r name; do id -u "$name" >/dev/null 2>&1 && echo "$name" && break; done || true)

# as USER DRIVER [--owners]: prints the diff and the DiffID.
cat > "$work/run.sh" <<'RUN'
set -euo pipefail
cd "$1"; driver=$2; owners=${3:-}; store=$(mktemp -d "$HOME/store.XXXXXX"); lc="$PWD/layerctl"
export LAYERCTL_ROOT=$store SOURCE_DATE_EPOCH=1000000000
image=$("$lc" load -q -i image.tar | sed 's/^Loaded image: //')
"$lc" create --name box "$image" >/dev/null
if [ "$driver" = unshare ]; then
    "$lc" unshare -- sh -ec "cd '$PWD'; path=\$('$lc' mount --driver userns box); ./edit-tree.sh \"\$path\" $owners; '$lc' umount box >/dev/null"
else
    path=$("$lc" mount --driver "$driver" box); ./edit-tree.sh "$path" $owners; "$lc" umount box >/dev/null
fi
"$lc" diff box
"$lc" commit --dry-run box | tail -1
"$lc" commit box committed:1 >/dev/null
"$lc" inspect --format '{{json .RootFS.Layers}}' committed:1 | tr , '\n' | tail -1
"$lc" rm box >/dev/null
rm -rf "$store" 2>/dev/null || "$lc" unshare -- rm -rf "$store"
RUN

status=0 count=0 skipped=0
compare() {
    local name=$1; shift
    if ! "$@" >"$work/out" 2>"$work/err"; then
        if grep -q "does not work here" "$work/err"; then
            skipped=$((skipped + 1)); echo "skipped $name: $(tail -1 "$work/err")"; return
        fi
        echo "FAILED $name"; cat "$work/err"; status=1; return
    fi
    count=$((count + 1))
    if [ ! -e "$work/$expected" ]; then cp "$work/out" "$work/$expected"; echo "first   $name"; cat "$work/out" | tail -1; return; fi
    if cmp -s "$work/$expected" "$work/out"; then echo "equal   $name"; else
        echo "DIFFERS $name"; diff "$work/$expected" "$work/out" || true; status=1; fi
}
mkdir -m777 "$work/home"
as_number() { setpriv --reuid=54321 --regid=54321 --clear-groups env HOME="$work/home" bash "$work/run.sh" "$work" "$@"; }
as_ranged() { su "$ranged" -c "bash '$work/run.sh' '$work' $*"; }
as_root() { HOME=/var/tmp bash "$work/run.sh" "$work" "$@"; }

expected=plain
for driver in overlay fuse copy; do compare "root, $driver" as_root $driver; done
for driver in userns copy; do compare "a user with a single number, $driver" as_number $driver; done
if [ -n "$ranged" ]; then
    for driver in userns unshare fuse copy; do compare "a user with ranges ($ranged), $driver" as_ranged $driver; done
else
    skipped=$((skipped + 4)); echo "skipped a user with ranges: none in /etc/subuid"
fi
expected=owners
compare "owners: root, overlay" as_root overlay --owners
compare "owners: root, copy" as_root copy --owners
if [ -n "$ranged" ]; then
    compare "owners: a user with ranges ($ranged), unshare" as_ranged unshare --owners
else
    skipped=$((skipped + 1)); echo "skipped owners of a user with ranges: none in /etc/subuid"
fi
echo "$count runs compared, $skipped skipped"
exit $status
