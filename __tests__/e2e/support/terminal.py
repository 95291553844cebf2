"""Runs a command on a terminal of its own and types for it: terminal.py '[["question", "answer"], ...]' command...

Each answer is typed once, in order, after what comes before it was printed. Prints what the terminal shows, and ends
with the command's exit code, or 128 and the signal's number.
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios
import time

steps = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
shown = ""
while True:
    try:
        text = os.read(terminal, 65536).decode(errors="replace")
    except OSError:  # Linux says so when the command has ended.
        break
    if not text:
        break
    shown += text
    sys.stdout.write(text)
    sys.stdout.flush()
    if steps and steps[0][0] in shown:
        shown = shown.split(steps[0][0], 1)[1]
        # A question is printed before its answer is listened for.
        time.sleep(0.5)
        os.write(terminal, steps.pop(0)[1].encode())
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.exit(code if code >= 0 else 128 - code)
