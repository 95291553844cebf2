"""Runs a command on a terminal of its own, so that it may show colours and moving progress, and ask.

Run as `python3 -B on-terminal.py TEXT KEYS COMMAND...`: once TEXT has appeared, it types KEYS (`\\x03` is Ctrl-C). All that
the command writes to the terminal goes to standard output; the exit code is the command's.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

ROWS, COLUMNS = 50, 200


def main():
    text, keys, command = sys.argv[1].encode(), sys.argv[2].encode().decode("unicode_escape"), sys.argv[3:]
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    seen, typed = b"", False
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
        if not typed and text in seen:
            os.write(terminal, keys.encode())
            typed = True
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
