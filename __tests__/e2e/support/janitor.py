"""Clears up after a test run that can no longer do it itself.

The run writes lines to our standard input: `process PID`, `folder PATH`, and the same with `forget` before it. When
that pipe closes, because the run has ended, crashed or been killed with SIGKILL, whatever is still noted is removed.
Hooks inside the run could not promise that: none runs on SIGKILL, and jest gives tests a copy of `process`.
"""

import os
import shutil
import signal
import subprocess
import sys
import time


def tree(root):
    """A process and its descendants. Terraform runs in a session of its own, so killing a group would miss it."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
    found = [root] if any(pid == root for pid, _ in pairs) else []
    for parent in found:
        found.extend(pid for pid, its_parent in pairs if its_parent == parent)
    return found


def main():
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    noted = {"process": set(), "folder": set()}
    for line in sys.stdin:
        words = line.rstrip("\n").split(" ", 2 if line.startswith("forget ") else 1)
        if words[0] == "forget":
            noted[words[1]].discard(words[2])
        else:
            noted[words[0]].add(words[1])

    for root in noted["process"]:
        for pid in tree(int(root)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
    for folder in noted["folder"]:
        # A process just killed may still have been writing there.
        for _ in range(20):
            shutil.rmtree(folder, ignore_errors=True)
            if not os.path.exists(folder):
                break
            time.sleep(0.1)


if __name__ == "__main__":
    main()
