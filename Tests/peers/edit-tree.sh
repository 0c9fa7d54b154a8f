#!/bin/sh
# Twelve ways to change the tree of the image that make-real-images.sh calls "small": every user who mounts it can do these.
# Usage: edit-tree.sh DIRECTORY [--owners]     with --owners also what needs more than one user
set -e
cd "$1"
start=$(mktemp)
sleep 0.02
time=2001-09-09T01:46:40Z
printf 'written anew\n' > etc/motd
printf 'appended\n' >> etc/passwd
printf 'a longer text that is cut\n' > etc/cut && truncate -s 8 etc/cut
chmod 4711 data/keep/c
mv etc/motd etc/motd.old
mkdir -p made/deep && printf x > made/deep/file && mv made moved
rm data/link
rm -r data/old && mkdir data/old && printf y > data/old/other
ln etc/motd.old etc/motd.link
ln -s ../etc/passwd data/passwd
setfattr -n user.note -v text etc/cut
mkfifo data/pipe
if [ "$2" = --owners ]; then chown -h 33:44 etc/cut data/passwd; fi
# What was written gets one time; files that were there before keep theirs.
find . -newer "$start" -exec touch -h -d "$time" {} +
rm "$start"
