// The probe's script in a real Python, against servers that answer as PostgreSQL and Redis do, and against all that can go
// wrong on the way: each has an exit code of its own.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import type { Store } from "../../src/model/connectivity";
import { probeCommand } from "../../src/operations/verify/probe-script";
import { makeCertificate } from "./support/certificate";
import { type Running, startCommand } from "./support/command";

jest.setTimeout(60_000);

const HOST = "127.0.0.1";

let folder: string;
let identity: { readonly key: Buffer; readonly cert: Buffer };
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "django-on-aws-probe-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  await makeCertificate({ key, certificate }, ["store.example.com"]);
  identity = { key: await readFile(key), cert: await readFile(certificate) };
});
afterAll(async () => {
  for (const server of servers) {
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, HOST, resolve);
  });
  const { port }: Pick<AddressInfo, "port"> = Object(server.address());
  return port;
}

/** A server to which each connection is handed that comes in; where it ends is no failure of the test. */
const serving = (onConnection: (socket: Socket) => void) =>
  listening(createServer((socket) => onConnection(socket.on("error", () => undefined))));

/** As PostgreSQL's: once it is asked for TLS as its protocol has it, it says so, and begins. */
const postgres = (answer: "S" | "N") =>
  serving((socket) =>
    socket.once("data", (asked) => {
      if (asked.toString("hex") !== "0000000804d2162f") {
        socket.destroy();
        return;
      }
      socket.write(answer);
      if (answer === "S") {
        new TLSSocket(socket, { isServer: true, ...identity }).on("error", () => undefined);
      }
    }),
  );

const redis = () =>
  listening(createTlsServer(identity, (socket) => socket.on("error", () => undefined)).unref());

async function closed(): Promise<number> {
  const port = await serving(() => undefined);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

/** Runs it, with what ECS would put into its variables. */
async function probe(store: Store, port: number | string | undefined, host = HOST) {
  const [, ...args] = probeCommand(store);
  const prefix = store === "postgres" ? "DATABASE" : "REDIS";
  const variables = port === undefined ? {} : { [`${prefix}_HOST`]: host, [`${prefix}_PORT`]: String(port) };
  const { exitCode, stdout, stderr } = await startCommand("python3", args, {
    folder,
    variables: { PATH: process.env.PATH ?? "", ...variables },
  }).ended;
  return { exitCode, stdout, stderr };
}

it("reaches PostgreSQL and Redis, each as it begins TLS, and looks at nobody's certificate", async () => {
  const [database, cache] = [await postgres("S"), await redis()];
  expect(await probe("postgres", database)).toEqual({
    exitCode: 80,
    stdout: `127.0.0.1:${database} answers with TLSv1.3\n`,
    stderr: "",
  });
  expect(await probe("redis", cache)).toEqual({
    exitCode: 80,
    stdout: `127.0.0.1:${cache} answers with TLSv1.3\n`,
    stderr: "",
  });
});

it("tells a name that is not found from a port that is closed, and from an address that is none", async () => {
  expect(await probe("postgres", 5432, "nobody.invalid")).toMatchObject({ exitCode: 81, stderr: "" });
  expect(await probe("redis", 6379, `${"a".repeat(64)}.example.com`)).toMatchObject({
    exitCode: 81,
    stderr: "",
  });
  expect(await probe("redis", await closed())).toMatchObject({ exitCode: 82, stderr: "" });
  expect(await probe("redis", 6379, "255.255.255.255")).toMatchObject({ exitCode: 84, stderr: "" });
  expect(await probe("postgres", undefined)).toMatchObject({ exitCode: 86, stderr: "" });
  expect(await probe("postgres", "tcp://172.20.0.1")).toMatchObject({ exitCode: 86, stderr: "" });
});

it("is not content with a port that answers without TLS", async () => {
  const plain = await serving((socket) => socket.end("-ERR unknown command\r\n"));
  expect(await probe("redis", plain)).toMatchObject({ exitCode: 85, stderr: "" });
  const old = await postgres("N");
  expect(await probe("postgres", old)).toEqual({
    exitCode: 85,
    stdout: `127.0.0.1:${old} offers no TLS\n`,
    stderr: "",
  });
  // Redis's way to begin is not PostgreSQL's.
  expect(await probe("postgres", await redis())).toMatchObject({ exitCode: 85, stderr: "" });
});

it("is content with a port of another service that answers, and asks it for no TLS", async () => {
  const at = async (host: string, port: number) => {
    const [, ...args] = probeCommand({ host, port });
    const variables = { PATH: process.env.PATH ?? "" };
    return startCommand("python3", args, { folder, variables }).ended;
  };
  const plain = await serving(() => undefined);
  expect(await at(HOST, plain)).toMatchObject({
    exitCode: 80,
    stdout: `127.0.0.1:${plain} answers\n`,
    stderr: "",
  });
  expect(await at(HOST, await closed())).toMatchObject({ exitCode: 82, stderr: "" });
  expect(await at("collector.shop.invalid", 4318)).toMatchObject({ exitCode: 81, stderr: "" });
});

describe("where nothing answers", () => {
  let full: Running;

  afterEach(() => full?.kill());

  it("waits ten seconds for a connection, as for one that a security group drops, and ten for TLS", async () => {
    const mute = serving(() => undefined);
    // What nobody accepts fills the queue; what comes then gets no answer.
    const script =
      "import socket, time\n" +
      "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(0); held = []\n" +
      "for _ in range(4):\n" +
      "    c = socket.socket(); c.setblocking(False); c.connect_ex(s.getsockname()); held.append(c)\n" +
      "time.sleep(1); print(s.getsockname()[1], flush=True); time.sleep(60)\n";
    full = startCommand("python3", ["-c", script], { folder, variables: { PATH: process.env.PATH ?? "" } });
    while (!full.output().includes("\n")) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const [dropped, silent] = await Promise.all([
      probe("postgres", full.output().trim()),
      probe("redis", await mute),
    ]);
    expect(dropped).toMatchObject({ exitCode: 83, stderr: "" });
    expect(silent).toMatchObject({ exitCode: 85, stderr: "" });
  });
});
