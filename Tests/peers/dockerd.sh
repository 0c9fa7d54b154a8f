# Sourced by the scripts that need a Docker daemon.

# start_dockerd WORK: sets DOCKER_HOST to a daemon of our own under WORK unless it is set already, and `daemon` to its
# process. It needs neither a bridge nor iptables: nothing here wants a network but the host's.
start_dockerd() {
    daemon=
    [[ -z ${DOCKER_HOST:-} ]] || return 0
    command -v dockerd >/dev/null || { echo "!! dockerd is not installed" >&2; return 1; }
    export DOCKER_HOST=unix://$1/d.sock
    dockerd --data-root "$1/docker" --exec-root "$1/dx" --pidfile "$1/d.pid" -H "$DOCKER_HOST" \
        --iptables=false --ip-masq=false --bridge=none >"$1/dockerd.log" 2>&1 &
    daemon=$!
    for _ in {1..60}; do
        docker info >/dev/null 2>&1 && return 0
        sleep 0.5
    done
    tail -5 "$1/dockerd.log" >&2
    return 1
}

# stop_dockerd WORK: stops what start_dockerd started and lets go of what is mounted under WORK.
stop_dockerd() {
    if [[ -n ${daemon:-} ]]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    awk -v w="$1/" 'index($2, w) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount -l
}
