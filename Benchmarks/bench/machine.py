"""What figures depend on besides the programs."""
import os
import pathlib
import platform
import re
import time


def facts(on):
    """The machine, the kernel, the file system and how busy it is."""
    processor = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(), re.MULTILINE)
    name = re.search(r'^PRETTY_NAME="?([^"\n]+)', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE)
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "processor": processor.group(1) if processor else platform.machine(),
        "processors": os.cpu_count(), "memory": int(memory.group(1)) << 10 if memory else 0, "kernel": platform.release(),
        "system": name.group(1) if name else "", "file_system": on, "load_average": round(os.getloadavg()[0], 2),
    }


def sentence(facts):
    on = {"ext4": "one journalled ext4 in a loop device", "tmpfs": "one tmpfs"}.get(facts["file_system"], facts["file_system"])
    return (f"{facts['processors']} processors ({facts['processor']}), {facts['memory'] / (1 << 30):.0f} GiB, Linux {facts['kernel'].split('-')[0]}, "
            f"{facts['system']}; all stores on {on}; load average at the start {facts['load_average']}; {facts['time']}.")
