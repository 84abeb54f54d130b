"""What every benchmark prints first: the machine, the versions, the sizes."""

import os
import platform
import resource
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from clearway.scale.local import cores
from clearway.version import __version__

_PARTS = ("numpy", "numba", "rapidfuzz", "pyarrow")


def machine() -> dict[str, str]:
    """Versions, processor, cores, memory, system, and how busy it is already."""
    parts = {name: _version(name) for name in _PARTS}
    return {
        "clearway": __version__,
        "python": platform.python_version(),
        "processor": _processor(),
        "cores": str(cores()),
        "memory": _memory(),
        "load": _load(),
        "system": platform.system(),
        "parts": ", ".join(f"{n} {v}" for n, v in parts.items() if v),
    }


def peak_memory() -> float:
    """The most memory that this process held so far, in GB."""
    return _gigabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def peak_of_children() -> float:
    """The most memory that any finished child process held, in GB."""
    return _gigabytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _gigabytes(maxrss: int) -> float:
    # Kilobytes on Linux, bytes on macOS: getrusage(2) of either.
    return maxrss / (1e9 if sys.platform == "darwin" else 1e6)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return "unknown"
    return f"{pages / 1e9:.0f} GB"


def _load() -> str:
    """Processes that wanted to run in the last minute: ours alone should."""
    try:
        return f"{os.getloadavg()[0]:.1f}"
    except (AttributeError, OSError):
        return "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
