"""How much memory this process holds, from Linux's /proc."""

from pathlib import Path


def held_mib(what: str = "VmRSS") -> float:
    """MiB held now (`VmRSS`), or at most so far (`VmHWM`)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024
