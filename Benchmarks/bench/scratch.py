"""A place to measure in: mounts of our own, a file system made for the run, C programs, and everything taken away at the end."""
import atexit
import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SEARCHED = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin"
LAYERCTL = os.path.abspath(os.environ.get("LAYERCTL") or shutil.which("layerctl") or HERE.parent.parent / ".build/release/layerctl")
TEMPORARY = os.environ.get("TMPDIR", "/var/tmp")
_libc = ctypes.CDLL(None, use_errno=True)
_PRIVATE_MOUNTS, _NEW_NAMESPACE, _DETACH, _SUBREAPER, _DEATH_SIGNAL = 0x44000, 0x20000, 2, 36, 1


def program(name):
    """Where a program is, or None; daemons are often where only root looks."""
    return shutil.which(name, path=SEARCHED)


def run(*command, **more):
    """Runs what must succeed, quietly; gives its output. A failure is told with the command's own words."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace", check=False, **more)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing was said").splitlines()[-1]
        raise RuntimeError(f"{os.path.basename(str(command[0]))}: status {done.returncode}: {said}")
    return done.stdout


def enter(name):
    """Begins a script: root, the program under test, mounts that end with this process, and processes that do.

    Ctrl-C and a request to end are exceptions, so that whatever was made is taken away."""
    if os.geteuid() != 0:
        sys.exit(f"{name}: needs root, to mount and to make file systems")
    if not os.access(LAYERCTL, os.X_OK):
        sys.exit(f"{name}: no layerctl: `make build`, and name it in $LAYERCTL")
    if _libc.unshare(_NEW_NAMESPACE) or _libc.mount(None, b"/", None, _PRIVATE_MOUNTS, None):
        sys.exit(f"{name}: no mounts of its own: {os.strerror(ctypes.get_errno())}")
    # Whoever loses his parent becomes our child: nobody is left behind.
    _libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    os.umask(0o022)
    os.environ["PATH"] = SEARCHED
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    atexit.register(end_descendants)


def die_with_parent():
    """For a child before it becomes another program: it ends when this process does."""
    _libc.prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def children():
    """Every process' children, by process."""
    table = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{entry}/stat", "rb") as file:
                parent = int(file.read().rsplit(b")", 1)[1].split()[1])
                table.setdefault(parent, []).append(int(entry))
    return table


def tree(root):
    """A process and all that descend from it."""
    table, found, waiting = children(), [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting += table.get(process, [])
    return found


def end_descendants():
    """Ends whatever this process started and has not ended."""
    for _ in range(100):
        left = tree(os.getpid())[1:]
        if not left:
            return
        for process in left:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.02)


def unmount_below(path):
    """Takes away every mount below a directory, the innermost first."""
    prefix = os.fsencode(path) + b"/"
    with open("/proc/self/mountinfo", "rb") as file:
        places = [line.split()[4].replace(b"\\040", b" ") for line in file]
    for place in reversed(places):
        if place.startswith(prefix):
            _libc.umount2(place, _DETACH)


def remove(path):
    """Removes a directory with what is mounted in it."""
    unmount_below(path)
    subprocess.run(("rm", "-rf", "--", str(path)), check=False)


@contextlib.contextmanager
def directory(prefix, where=None):
    """A directory for the time of the run."""
    path = pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=where or TEMPORARY))
    try:
        yield path
    finally:
        # Who asks twice must not stop the clearing up.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        remove(path)
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def file_system(kind, size, prefix="layerctl-bench-"):
    """A mounted file system that was made for the run.

    ext4 has a journal, as its users have it; its inode tables are not filled in the background, which would run beside the clock. Its path
    is short: podman takes no longer ones."""
    with directory(prefix) as work, directory("lb-", "/tmp") as top:
        os.chmod(top, 0o755)
        place = top / "fs"
        place.mkdir()
        if kind == "tmpfs":
            run("mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "bench", place)
        else:
            run("truncate", "-s", size, work / "disk")
            options = {"ext4": ("-F", "-i", "8192", "-E", "nodiscard"), "xfs": ("-f",), "btrfs": ("-f",)}[kind]
            run(f"mkfs.{kind}", "-q", *options, work / "disk")
            run("mount", "-o", "loop" + (",noinit_itable" if kind == "ext4" else ""), work / "disk", place)
        try:
            yield place
        finally:
            unmount_below(place)
            for _ in range(50):
                if _libc.umount2(os.fsencode(place), 0) == 0:
                    break
                time.sleep(0.1)


def compiled(source, target, *options):
    """Compiles a C program of this directory or the one above."""
    compiler = program("cc") or program("gcc") or program("clang")
    if not compiler:
        raise RuntimeError("no C compiler")
    run(compiler, "-O2", "-Wall", "-Wextra", "-o", target, source, *options)
    return target


def sync(path):
    """Waits until a file system is on its disk, so that nobody pays for what came before."""
    run("sync", "-f", path)
