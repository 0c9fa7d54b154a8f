"""What the fault tests share: the program under test, the C tools, a place to work in, and the count of what was tried."""
import argparse, atexit, ctypes, os, random, shutil, subprocess, sys, tarfile, tempfile, time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

HERE = os.path.dirname(os.path.realpath(__file__))
FIXTURES = os.path.join(HERE, "../../TestImages/Fixtures")
LAYERCTL = os.path.realpath(os.environ.get("LAYERCTL", os.path.join(HERE, "../../.build/release/layerctl")))
# The time of whatever is made, so that the same work gives the same bytes.
EPOCH = "1700000000"
TIMEOUT = 20
_libc = ctypes.CDLL(None, use_errno=True)


class Outcome(NamedTuple):
    """What a command ended with: its status, and the bytes that it wrote."""

    status: int
    output: bytes
    errors: str


class Failed(Exception):
    """Something is not as it must be."""


def skip(reason):
    """Ends the program: what it needs is not there."""
    print(f"skipped: {reason}")
    sys.exit(77)


def need_tool(*names):
    for name in names:
        if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin"):
            skip(f"needs the program {name}")


def need_root():
    if os.geteuid() != 0:
        skip("needs root")


def environment(root, **more):
    """What the program gets besides its arguments; nothing of the caller's but where programs are."""
    return {
        "PATH": os.environ["PATH"], "TZ": "UTC", "HOME": os.path.dirname(root), "TMPDIR": os.path.dirname(root), "LAYERCTL_ROOT": root,
        "SOURCE_DATE_EPOCH": EPOCH, "SWIFT_BACKTRACE": "enable=no", **more,
        **{name: value for name, value in os.environ.items() if name == "LAYERCTL_RUNTIME"},
    }


def run(root, words, tool=(), input=None, output=None, timeout=TIMEOUT, **options):
    """Runs the program on a store; a status of 124 says that it had not ended in time.

    Its output may go to a file, so that writing it is a call on a path as well."""
    sink = open(output, "wb") if output else subprocess.PIPE
    try:
        done = subprocess.run(
            [*tool, LAYERCTL, *words], env=environment(root), stdout=sink, stderr=subprocess.PIPE, timeout=timeout,
            **({"stdin": subprocess.DEVNULL} if input is None else {"input": input}), **options,
        )
        status, written, errors = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        status, written, errors = 124, late.stdout, late.stderr
    if output:
        sink.close()
        with open(output, "rb") as file:
            written = file.read()
    return Outcome(status, written or b"", (errors or b"").decode(errors="replace"))


def must(root, words, **options):
    """Runs the program, which must succeed, and gives its output."""
    done = run(root, words, **options)
    if done.status != 0:
        raise Failed(f"{' '.join(words)}: status {done.status}: {done.errors.strip()}")
    return done.output.decode(errors="surrogateescape")


def has_verb(*words):
    """Whether the program knows a verb, by what its help says."""
    done = subprocess.run([LAYERCTL, *words, "--help"], capture_output=True, text=True)
    return done.returncode == 0 and f"layerctl {' '.join(words)}" in done.stdout


def enter_scratch(size="2g"):
    """A directory in memory that goes with this process, and with it whatever is mounted below: root gets mounts of his own."""
    if not os.access(LAYERCTL, os.X_OK):
        sys.exit(f"no program at {LAYERCTL}: name it with LAYERCTL=")
    path = tempfile.mkdtemp(prefix="layerctl-faults.", dir=None if os.geteuid() == 0 else "/dev/shm")
    atexit.register(shutil.rmtree, path, True)
    if os.geteuid() == 0:
        new_namespace, private = 0x20000, 0x4000 | 0x40000
        if _libc.unshare(new_namespace) or _libc.mount(None, b"/", None, private, None):
            sys.exit(f"no mounts of its own: {os.strerror(ctypes.get_errno())}")
        if _libc.mount(b"faults", path.encode(), b"tmpfs", 0, f"size={size},mode=700".encode()):
            sys.exit(f"no tmpfs: {os.strerror(ctypes.get_errno())}")
        atexit.register(_libc.umount2, path.encode(), 2)
    return path


def compile_tools(scratch):
    """Compiles the C tools; gives the path of crashpoint and that of godown."""
    need_tool("cc" if shutil.which("cc") else "gcc")
    paths = []
    for sources in (["crashpoint.c", "calls.c"], ["godown.c"]):
        path = os.path.join(scratch, sources[0][:-2])
        command = [shutil.which("cc") or "gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", path]
        done = subprocess.run(command + [os.path.join(HERE, s) for s in sources], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        paths.append(path)
    return paths


def copy_tree(source, target):
    """Copies a store with owners, times, attributes and hard links."""
    subprocess.run(["cp", "-a", source, target], check=True)


def remove_tree(path):
    """Removes a directory, and whatever is still mounted in it."""
    with open("/proc/self/mountinfo") as table:
        places = [line.split()[4] for line in table]
    for place in reversed(places):
        if place.startswith(path + "/"):
            _libc.umount2(place.encode(), 2)
    subprocess.run(["rm", "-rf", path], check=False)


class Tally:
    """Counts what was tried, keeps what failed, and says both at the end."""

    def __init__(self, name):
        self.name, self.tried, self.failures, self.notes, self.start = name, 0, [], {}, time.time()

    def note(self, what):
        self.notes[what] = self.notes.get(what, 0) + 1

    def attempt(self, what, body):
        """Calls something; an exception is a failure, and everything else goes on."""
        self.tried += 1
        try:
            body()
        except (Failed, OSError, subprocess.SubprocessError, tarfile.TarError) as error:
            self.failures.append((what, str(error)))
            print(f"FAILED {what}: {error}", flush=True)

    def finish(self):
        notes = "".join(f", {count} {what}" for what, count in sorted(self.notes.items()))
        print(f"{self.name}: {self.tried} points, {len(self.failures)} failures{notes}, {time.time() - self.start:.0f} s", flush=True)
        sys.exit(1 if self.failures else 0)


def sample(points, arguments):
    """The points that are tried: each STRIDE-th, from a random first one; or as many as `--points` says."""
    chooser = random.Random(arguments.seed)
    points = list(points)
    if arguments.points and len(points) > arguments.points:
        return sorted(chooser.sample(points, arguments.points))
    return points[chooser.randrange(arguments.stride)::arguments.stride]


def in_parallel(jobs, count):
    """Calls all jobs, several at once."""
    with ThreadPoolExecutor(count) as pool:
        for future in [pool.submit(job) for job in jobs]:
            future.result()


def parse_arguments(text, **more):
    """The options that all fault tests have."""
    parser = argparse.ArgumentParser(description=text)
    variables = os.environ
    parser.add_argument("--stride", type=int, default=int(variables.get("STRIDE", 1)), help="try each STRIDE-th point only")
    parser.add_argument("--points", type=int, default=0, help="try at most so many points of each command")
    parser.add_argument("--commands", type=int, default=0, help="try at most so many commands")
    parser.add_argument("--seed", type=int, default=int(variables.get("SEED", random.randrange(1 << 30))), help="what chooses the points")
    parser.add_argument("--jobs", type=int, default=int(variables.get("JOBS", os.cpu_count() or 1)), help="points that are tried at once")
    parser.add_argument("--only", default=variables.get("ONLY", ""), help="only commands whose names have this in them")
    for name, (kind, default, help) in more.items():
        parser.add_argument("--" + name, type=kind, default=kind(variables.get(name.upper(), default)), help=help)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, stride {arguments.stride}, {LAYERCTL}", flush=True)
    return arguments
