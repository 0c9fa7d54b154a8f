"""Debian's packages as layers: a root file system by mmdebstrap that is divided by the sections of its packages."""
import os
import pathlib
import re
import subprocess
import tarfile

from bench import scratch
from bench.archive import CREATED

INCLUDED = ("perl", "libwww-perl", "libcap2-bin", "iputils-ping", "python3", "python3-numpy", "python3-pip", "python3-venv", "git", "vim",
            "gcc", "g++", "make", "libc6-dev")
MERGED = ("bin/", "sbin/", "lib/", "lib32/", "lib64/", "libx32/")


def add_busybox(layer, work):
    """The static busybox of Debian and links to it."""
    scratch.run("apt-get", "-q", "download", "busybox-static", cwd=work)
    package = next(pathlib.Path(work).glob("busybox-static_*.deb"))
    unpacked = subprocess.run(("dpkg-deb", "--fsys-tarfile", str(package)), check=True, stdout=subprocess.PIPE).stdout
    package.unlink()
    program = subprocess.run(("tar", "-xO", "--wildcards", "*bin/busybox"), check=True, input=unpacked, stdout=subprocess.PIPE).stdout
    layer.file("bin/busybox", program, 0o755)
    for name in ("sh", "cat", "ls", "cp", "rm", "mkdir", "touch"):
        layer.link(f"bin/{name}", "bin/busybox", tarfile.LNKTYPE, 0o755)


def suite():
    """The Debian release that is asked for, or that this machine runs."""
    found = re.search(r"^VERSION_CODENAME=(\w+)", pathlib.Path("/etc/os-release").read_text(), re.MULTILINE)
    return os.environ.get("SUITE") or (found.group(1) if found else "stable")


class Roots:
    """A root file system that is made when it is first wanted and goes with the stack."""

    def __init__(self, stack):
        self.stack, self.path = stack, None

    def tar(self):
        if self.path is None:
            work = self.stack.enter_context(scratch.directory("layerctl-bench-root-"))
            mirror = os.environ.get("MIRROR")
            scratch.run("mmdebstrap", "--quiet", "--variant=apt", "--mode=root", '--aptopt=Acquire::Languages "none"',
                        "--include=" + ",".join(INCLUDED), suite(), work / "root.tar", *((mirror,) if mirror else ()))
            self.path = work / "root.tar"
        return tarfile.open(self.path)

    def split(self, making, groups, passed_over=()):
        """Makes a layer of each group of sections; the empty one takes whatever is in none."""
        with self.tar() as tar:
            members = [info for info in tar if info.name not in (".", "./")]
            for info in members:
                info.name = clean(info.name)
            owners = self.owners(tar, members)
            links = {info.name: clean(info.linkname) for info in members if info.islnk()}
            for group in groups:
                with making.layer() as layer:
                    for info in members:
                        section = owners.get(links.get(info.name, info.name), "")
                        is_wanted = section in group if group else section not in passed_over and not any(section in each for each in groups)
                        if is_wanted and (not info.isdir() or not group):
                            if info.islnk():
                                info.linkname = clean(info.linkname)
                            info.mtime = min(int(info.mtime), CREATED)
                            info.pax_headers = {key: text for key, text in info.pax_headers.items() if key.startswith("SCHILY.xattr.")}
                            layer.add(info, tar.extractfile(info) if info.isreg() else None)

    @staticmethod
    def owners(tar, members):
        """The section of the package that each file came with."""
        files = {info.name: info for info in members}
        status = tar.extractfile(files["var/lib/dpkg/status"]).read().decode()
        sections = dict(re.findall(r"^Package: (\S+)\n(?:[^\n]+\n)*?Section: (?:\S+/)?(\S+)$", status, re.MULTILINE))
        found = {}
        for name, info in files.items():
            match = re.fullmatch(r"var/lib/dpkg/info/([^:]+)(?::\w+)?\.list", name)
            if match:
                for path in tar.extractfile(info).read().decode().splitlines():
                    path = path.strip("/").removeprefix("./")
                    found["usr/" + path if path.startswith(MERGED) else path] = sections.get(match.group(1), "")
        return found


def clean(name):
    return name.removeprefix("./").strip("/")
