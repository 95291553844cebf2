"""A browser's WebSocket: sends what it reads, line by line, and prints `open`, `message TEXT` and `closed CODE`.

Run as `python web_socket.py ADDRESS HOST PATH`.
"""

import socket
import sys
import threading

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

address, host, path = sys.argv[1:]
# No pings of its own: browsers send none.
web_socket = connect(
    f"ws://{host}{path}",
    sock=socket.create_connection((address, 80)),
    origin=f"https://{host}",
    ping_interval=None,
)
print("open", flush=True)


def send():
    for line in sys.stdin:
        web_socket.send(line.strip())


threading.Thread(target=send, daemon=True).start()
try:
    while True:
        print("message", web_socket.recv(), flush=True)
except ConnectionClosed as closed:
    print("closed", closed.rcvd.code if closed.rcvd else 1006, flush=True)
