"""Runs a command on a terminal of its own, so that it may show colours and moving progress, and ask.

Run as `python3 -B on-terminal.py STEPS COMMAND...`, where STEPS is JSON, `[{"text": "Go ahead?", "typed": "y\\r"}]`: once a
step's text has appeared, and nothing before, its keys are typed (`\\u0003` is Ctrl-C). All that the command writes to the
terminal goes to standard output; the exit code is the command's. The variable ON_TERMINAL_COLUMNS says how wide it is (200).
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios
import time

ROWS, COLUMNS = 50, int(os.environ.get("ON_TERMINAL_COLUMNS", "200"))


def main():
    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    seen = b""
    while True:
        try:
            written = os.read(terminal, 65536)
        except OSError:
            # Linux says so when the command has closed its end; elsewhere nothing more is read.
            break
        if not written:
            break
        os.write(sys.stdout.fileno(), written)
        seen += written
        if steps and steps[0]["text"].encode() in seen:
            # A question is printed before its answer is listened for.
            time.sleep(0.2)
            os.write(terminal, steps.pop(0)["typed"].encode())
            seen = b""
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
