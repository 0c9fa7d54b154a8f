"""What a command takes: seconds on the clock, CPU seconds, memory; its own, its children's and those of daemons that work for it."""
import os
import signal
import subprocess
import tempfile
import time
from typing import NamedTuple

from bench import scratch

TICKS = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    """One run of a command."""

    status: int
    wall: float
    cpu: float
    peak: int
    daemon_cpu: float
    daemon_peak: int
    errors: str


class Daemon:
    """A process that works for a tool, with all that descend from it."""

    def __init__(self, command, log, is_ready, seconds=60):
        self.name = os.path.basename(command[0])
        self.log = log
        with open(log, "wb") as sink:
            # A session of its own: Ctrl-C is for us, and we stop it in order.
            self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                                            start_new_session=True, preexec_fn=scratch.die_with_parent)
        for _ in range(seconds * 10):
            if self.process.poll() is not None:
                break
            if is_ready():
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"{self.name} does not start: {self.last_words()}")

    def last_words(self):
        with open(self.log, "rb") as file:
            lines = file.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:200] if lines else "it says nothing"

    def cpu(self):
        """Seconds that it, its children and those of them that have ended have worked, in hundredths."""
        ticks = 0
        for process in scratch.tree(self.process.pid):
            try:
                with open(f"/proc/{process}/stat", "rb") as file:
                    fields = file.read().rsplit(b")", 1)[1].split()
            except OSError:
                continue
            ticks += sum(int(field) for field in fields[11:15])
        return ticks / TICKS

    def forget_peak(self):
        for process in scratch.tree(self.process.pid):
            try:
                with open(f"/proc/{process}/clear_refs", "w") as file:
                    file.write("5")
            except OSError:
                pass

    def peak(self):
        """The most memory in bytes that those who still run had since `forget_peak`, each at its own time."""
        total = 0
        for process in scratch.tree(self.process.pid):
            try:
                with open(f"/proc/{process}/status", "rb") as file:
                    total += next((int(line.split()[1]) << 10 for line in file if line.startswith(b"VmHWM:")), 0)
            except OSError:
                pass
        return total

    def stop(self):
        processes = scratch.tree(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            pass
        for process in processes:
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass
        self.process.wait()


class Meter:
    """Runs commands under the small program that measures them."""

    def __init__(self, work):
        self.program = scratch.compiled(scratch.HERE / "meter.c", work / "meter", "-static")

    def measure(self, command, *, user=None, output=None, directory=None, environment=None, daemons=(), timeout=1800):
        """Runs a command.

        `user` is "UID:GID", `output` a file that takes what it prints, `daemons` are those whose work counts as its own."""
        for daemon in daemons:
            daemon.forget_peak()
        before = [daemon.cpu() for daemon in daemons]
        reader, writer = os.pipe()
        words = [str(self.program), str(writer), *(("-u", user) if user else ()), *(str(part) for part in command)]
        with tempfile.TemporaryFile() as errors, open(output or os.devnull, "wb") as sink, os.fdopen(reader) as result:
            process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=sink, stderr=errors, cwd=directory,
                                       env={**os.environ, **(environment or {})}, pass_fds=(writer,))
            os.close(writer)
            late = False
            try:
                process.wait(timeout=timeout)
            except subprocess.TimeoutExpired:
                late = True
            finally:
                if process.poll() is None:
                    for each in scratch.tree(process.pid):
                        try:
                            os.kill(each, signal.SIGKILL)
                        except OSError:
                            pass
                    process.wait()
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
            fields = [] if late else result.read().split()
        if len(fields) != 5:
            reason = f"not done after {timeout} s" if late else (said or ["it cannot be run"])[-1]
            return Sample(124, 0, 0, 0, 0, 0, reason)
        status, wall, user_time, system_time, peak = map(int, fields)
        return Sample(
            status, wall / 1e9, (user_time + system_time) / 1e6, peak << 10,
            sum(daemon.cpu() for daemon in daemons) - sum(before), sum(daemon.peak() for daemon in daemons),
            "" if not status else said[-1].strip(" \t⨯")[:300] if said else f"status {status}",
        )
