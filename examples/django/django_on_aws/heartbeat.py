"""A file that a process touches while it works, and the container's health check of it: `python -m django_on_aws.heartbeat FILE SECONDS`."""

import sys
import time
from pathlib import Path


def beat(file):
    """Says that the process works."""
    Path(file).touch()


def age(file):
    """Seconds since the last beat; None before the first."""
    try:
        return time.time() - Path(file).stat().st_mtime
    except FileNotFoundError:
        return None


if __name__ == "__main__":
    file, seconds = sys.argv[1], float(sys.argv[2])
    last = age(file)
    if last is None or last > seconds:
        sys.exit(f"{file}: " + ("no heartbeat yet" if last is None else f"no heartbeat for {last:.0f} s"))
