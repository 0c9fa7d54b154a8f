#!/usr/bin/env python3
"""Commits the same edits of one image with layerctl, docker and podman, and compares the new layers and configs; then runs layerctl's image.

Usage: compare-commit.py IMAGE-ARCHIVE     (the image that make-real-images.sh calls "small"; root; LAYERCTL names the program)
A peer that is not there is skipped, and counted.
"""
import hashlib, io, json, os, shutil, subprocess, sys, tarfile, tempfile, time

HERE = os.path.dirname(os.path.realpath(__file__))
LAYERCTL = os.path.realpath(os.environ.get("LAYERCTL", ".build/release/layerctl"))
# What docker's config says of the container that was committed, and not of the image.
RUNTIME = ("Hostname", "Image", "AttachStdin", "AttachStdout", "AttachStderr")
CHANGES = [
    'CMD ["/bin/sh", "-c", "cat /etc/motd.old"]', "ENV A=1 GREETING=changed", "LABEL note=new", "EXPOSE 80 53/udp", "USER 1:2",
    "WORKDIR sub", "VOLUME /vol", "ONBUILD RUN x", "HEALTHCHECK --interval=5s --retries=2 CMD true",
]


def run(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def edit(path):
    run("sh", os.path.join(HERE, "edit-tree.sh"), path, "--owners")


def read_image(path):
    """The topmost layer's entries and the config of an archive, in whatever form docker or podman writes."""
    with tarfile.open(path) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))[0]
        config = json.load(archive.extractfile(manifest["Config"]))
        layer = archive.extractfile(archive.getmember(manifest["Layers"][-1])).read()
    entries = {}
    with tarfile.open(fileobj=io.BytesIO(layer)) as tar:
        for member in tar:
            name = member.name.strip("/")
            if name in ("", "."):
                continue
            content = hashlib.sha256(tar.extractfile(member).read()).hexdigest() if member.isreg() else ""
            attributes = sorted(k for k in member.pax_headers if k.startswith("SCHILY.xattr.user.") and "overlay" not in k)
            is_marker = os.path.basename(name).startswith(".wh.")
            entries[name] = (
                member.type, 0 if is_marker or member.issym() else member.mode & 0o7777, member.uid, member.gid,
                0 if is_marker or member.isdir() else int(member.mtime), member.linkname, content, tuple(attributes),
            )
    return entries, config


def simple(value):
    """JSON without what is empty: Docker writes null and "" where others write nothing."""
    if isinstance(value, dict):
        return {k: simple(v) for k, v in value.items() if v not in (None, "", [], {}, False) or k in ("ExposedPorts",)}
    return value


def resolved(entries):
    """Entries in which hard links do not depend on which of their names comes first."""
    groups = {}
    for name, entry in entries.items():
        if entry[0] == tarfile.LNKTYPE:
            groups.setdefault(entry[5].strip("/"), set()).add(name)
    result = {}
    for name, entry in entries.items():
        first = entry[5].strip("/") if entry[0] == tarfile.LNKTYPE else name
        names = tuple(sorted(groups.get(first, set()) | {first})) if first in groups else ()
        body = entries.get(first, entry) if entry[0] == tarfile.LNKTYPE else entry
        kind = tarfile.REGTYPE if body[0] == tarfile.AREGTYPE else body[0]
        result[name] = (kind,) + body[1:5] + ("" if kind == tarfile.REGTYPE else body[5], body[6], body[7], names)
    return result


class Layerctl:
    name = "layerctl"

    def __init__(self, work):
        os.environ["LAYERCTL_ROOT"] = work + "/store"

    def commit(self, archive, saved):
        image = run(LAYERCTL, "load", "-q", "-i", archive).split(": ", 1)[1].strip()
        run(LAYERCTL, "create", "--name", "box", image)
        edit(run(LAYERCTL, "mount", "box").strip())
        run(LAYERCTL, "umount", "box")
        run(LAYERCTL, "commit", "-a", "me", "-m", "text", *[w for c in CHANGES for w in ("-c", c)], "box", "committed:1")
        run(LAYERCTL, "save", "-o", saved, "committed:1")

    def close(self):
        pass


class Docker:
    name = "docker"

    def __init__(self, work):
        self.host = "unix://" + work + "/docker.sock"
        self.daemon = subprocess.Popen(
            ["dockerd", "-H", self.host, "--data-root", work + "/docker", "--exec-root", work + "/exec", "-p", work + "/pid",
             "--bridge=none", "--iptables=false", "--storage-driver=overlay2"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if subprocess.run(["docker", "-H", self.host, "info"], capture_output=True).returncode == 0:
                return
            time.sleep(0.2)
        raise RuntimeError("dockerd does not start")

    def docker(self, *words):
        return run("docker", "-H", self.host, *words)

    def commit(self, archive, saved):
        image = self.docker("load", "-q", "-i", archive).split(": ", 1)[1].strip()
        box = self.docker("create", "--network", "none", image).strip()
        data = json.loads(self.docker("inspect", box))[0]["GraphDriver"]["Data"]
        with tempfile.TemporaryDirectory() as place:
            options = f"lowerdir={data['LowerDir']},upperdir={data['UpperDir']},workdir={data['WorkDir']}"
            run("mount", "-t", "overlay", "overlay", "-o", options, place)
            try:
                edit(place)
            finally:
                run("umount", place)
        self.docker("commit", "-a", "me", "-m", "text", *[w for c in CHANGES for w in ("-c", c)], box, "committed:1")
        self.docker("save", "-o", saved, "committed:1")

    def load_and_run(self, saved):
        self.docker("rmi", "-f", "committed:1")
        self.docker("load", "-q", "-i", saved)
        return self.docker("run", "--rm", "--network", "none", "committed:1")

    def close(self):
        self.daemon.terminate()
        self.daemon.wait()


class Podman:
    name = "podman"

    def __init__(self, work):
        self.words = ["podman", "--root", work + "/podman", "--runroot", work + "/podman-run", "--cgroup-manager", "cgroupfs",
                      *(["--runtime", "runc"] if shutil.which("runc") else [])]

    def podman(self, *words):
        return run(*self.words, *words)

    def commit(self, archive, saved):
        image = self.podman("load", "-q", "-i", archive).split(": ", 1)[1].strip()
        box = self.podman("create", "--network", "none", image).strip()
        edit(self.podman("mount", box).strip())
        self.podman("umount", box)
        # podman's own reading of --change differs from Docker's: only the layer is compared.
        self.podman("commit", "-q", "-f", "docker", box, "localhost/committed:1")
        self.podman("save", "-q", "--format", "docker-archive", "-o", saved, "localhost/committed:1")

    def load_and_run(self, saved):
        name = self.podman("load", "-q", "-i", saved).split(": ", 1)[1].strip()
        return self.podman("run", "--rm", "--network", "none", "--ulimit", "nofile=1024:1024",
                           "--ulimit", "nproc=1024:1024", name)

    def close(self):
        subprocess.run(["umount", self.words[2] + "/overlay"], capture_output=True)


def explicit(entries):
    """Entries without opaque markers, and without the whiteouts that mean the same: which of the two is written is free."""
    opaque = {os.path.dirname(n) for n in entries if os.path.basename(n) == ".wh..wh..opq"}
    return {n: e for n, e in entries.items() if os.path.basename(n) != ".wh..wh..opq" and not (
        os.path.basename(n).startswith(".wh.") and os.path.dirname(n) in opaque)}


def compare(what, mine, other):
    differences = [k for k in sorted(set(mine) | set(other)) if mine.get(k) != other.get(k)]
    for key in differences:
        print(f"  {what} {key}:\n    layerctl {mine.get(key)}\n    other    {other.get(key)}")
    return len(differences)


def main():
    archive = os.path.realpath(sys.argv[1])
    work = tempfile.mkdtemp(prefix="compare-commit.", dir="/var/tmp")
    own = Layerctl(work)
    own.commit(archive, work + "/layerctl.tar")
    entries, config = read_image(work + "/layerctl.tar")
    count, failures, skipped = 0, 0, 0
    for peer_type in (Docker, Podman):
        if shutil.which({"docker": "dockerd"}.get(peer_type.name, peer_type.name)) is None:
            skipped += 1
            print(f"skipped {peer_type.name}: it is not there")
            continue
        peer = peer_type(work)
        try:
            saved = f"{work}/{peer.name}.tar"
            peer.commit(archive, saved)
            others, other_config = read_image(saved)
            # A peer writes directories and files that were only copied up; what changed is in both.
            extra = [n for n in others if n not in entries and (others[n][0] == tarfile.DIRTYPE or peer.name == "podman") and ".wh." not in n]
            others = {n: e for n, e in others.items() if n not in extra}
            opaque = [n for n in others if os.path.basename(n) == ".wh..wh..opq"]
            mine = explicit({**entries, **{n: others[n] for n in opaque}})
            mine, others = resolved(mine), resolved(explicit(others))
            if peer.name == "docker":  # which keeps no attribute but security.capability
                mine, others = ({n: e[:7] + e[8:] for n, e in side.items()} for side in (mine, others))
            found = compare("layer", mine, others)
            count += 1
            if peer.name == "docker":
                found += compare("config", simple({k: v for k, v in config["config"].items() if k not in RUNTIME}), simple(
                    {k: v for k, v in other_config["config"].items() if k not in RUNTIME}))
                count += 1
            output = peer.load_and_run(work + "/layerctl.tar")
            found += output != "written anew\n"
            count += 1
            print(f"{peer.name}: {len(entries)} entries, {found} differences; runs layerctl's image: {output.strip()!r}")
            failures += found
        finally:
            peer.close()
    subprocess.run(["rm", "-rf", work])
    print(f"{count} comparisons, {failures} differences, {skipped} skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
