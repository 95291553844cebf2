"""Starts moto's server on one port, with the gaps that the real Terraform falls into closed.

Run as `python3 -B launch.py PORT`. It prints `ready` once it listens, and ends when its standard input does: the
kernel closes that pipe even when the parent is killed with SIGKILL, so no emulator outlives the run that started it.
"""

import errno
import os
import signal
import sys
import threading

# Both must stand before moto is imported: it reads its settings at import time.
# AWS-managed policies (AmazonECSTaskExecutionRolePolicy, say) exist in every real account.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

import calls  # noqa: E402
import gaps  # noqa: E402
import repeats  # noqa: E402
import shortcuts  # noqa: E402
import turns  # noqa: E402

PORT_TAKEN = 98
"""Exit code by which the parent knows to try another port (EADDRINUSE on Linux)."""


class Handler(WSGIRequestHandler):
    # Terraform opens hundreds of connections a run; keep-alive saves most of them.
    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        # Only what explains a failing test: refused and broken calls, not thousands of good ones.
        if str(code)[:1] in "45":
            super().log_request(code, size)

    def run_wsgi(self):
        # A client repeats a call that it believes lost: what explains why a test took long.
        attempt = self.headers.get("amz-sdk-request", "attempt=1")
        if "attempt=1;" not in f"{attempt};":
            print(f"RETRY {attempt} {self.command} {self.path} {self.headers.get('X-Amz-Target', '')}", flush=True)
        super().run_wsgi()


def end_with_parent():
    """Blocks until the parent closes our standard input, by choice or by dying, then ends the process at once."""
    # Not through sys.stdin, whose lock Python wants for itself when another thread ends the process.
    while os.read(0, 4096):
        pass
    os._exit(0)


def main():
    port = int(sys.argv[1])
    # Ctrl-C in a terminal reaches the whole process group. The parent decides when we end, not the terminal:
    # an interrupted Terraform still has calls to finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    gaps.close_all()
    shortcuts.take_all()
    try:
        backends = DomainDispatcherApplication(create_backend_app)
        app = repeats.answered_once(calls.checked(turns.one_at_a_time(backends)))
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Handler)
    except (OSError, SystemExit) as problem:
        # werkzeug itself turns a taken port into SystemExit(1) after printing advice about it.
        if isinstance(problem, SystemExit) or problem.errno == errno.EADDRINUSE:
            sys.exit(PORT_TAKEN)
        raise
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
