"""What a process holds of memory, read from its /proc status."""


def memory_mb(status: str) -> tuple[float, float]:
    """(now, most so far) in MB, of the text of /proc/<pid>/status."""
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    now, most = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return round(now, 1), round(most, 1)
