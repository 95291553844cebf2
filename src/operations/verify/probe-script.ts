// What the probe runs in a service's network: one connection, to a store up to TLS and no further, with nothing but Python's own
// library. Any Python from 3.6 on runs it.
import type { Store } from "../../model/connectivity";
import { STORE_VARIABLES } from "../../model/connectivity";

/**
 * How it ends, as exit codes that nothing else ends with: neither Python (1, 2), nor what sysexits.h names (64 to 78), nor a
 * shell (126 and more). Not 0 for success: that is also what an image says whose entry point does not run what it is told to.
 */
export const PROBE_ENDS = {
  reached: 80,
  noName: 81,
  refused: 82,
  silent: 83,
  broken: 84,
  noTls: 85,
  noAddress: 86,
} as const;

/** Seconds for each step. */
export const PROBE_PATIENCE = 10;

/**
 * PostgreSQL is asked for TLS first: "Frontend/Backend Protocol", SSLRequest, PostgreSQL documentation. Nobody's certificate is
 * looked at: what is asked is whether the way is open.
 */
const SCRIPT = String.raw`
import os, socket, ssl, sys
host, port, kind = sys.argv[1:4]
if kind != "service":
    host, port = os.environ.get(host, ""), os.environ.get(port, "")
def end(code, words):
    print(host + ":" + port, words, flush=True)
    sys.exit(code)
if not host or not port.isdigit():
    end(${PROBE_ENDS.noAddress}, "is no address")
try:
    socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
except (OSError, UnicodeError) as error:
    end(${PROBE_ENDS.noName}, error)
try:
    plain = socket.create_connection((host, port), ${PROBE_PATIENCE})
except ConnectionRefusedError as error:
    end(${PROBE_ENDS.refused}, error)
except socket.timeout as error:
    end(${PROBE_ENDS.silent}, error)
except OSError as error:
    end(${PROBE_ENDS.broken}, error)
if kind == "service":
    end(${PROBE_ENDS.reached}, "answers")
try:
    if kind == "postgres":
        plain.sendall(b"\x00\x00\x00\x08\x04\xd2\x16\x2f")
        if plain.recv(1) != b"S":
            end(${PROBE_ENDS.noTls}, "offers no TLS")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    version = context.wrap_socket(plain, server_hostname=host).version()
except OSError as error:
    end(${PROBE_ENDS.noTls}, error)
end(${PROBE_ENDS.reached}, "answers with " + version)
`.trim();

/** The command that tries the connection to a store, in a container that has the store's variables, or to a service. */
export function probeCommand(to: Store | { readonly host: string; readonly port: number }): string[] {
  if (typeof to !== "string") {
    return ["python", "-c", SCRIPT, to.host, String(to.port), "service"];
  }
  const { host, port } = STORE_VARIABLES[to];
  return ["python", "-c", SCRIPT, host, port, to];
}
