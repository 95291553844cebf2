// Stands between Terraform and the processes of the AWS provider, which speak gRPC: a process for each configuration, and what
// every command asks anew, and is told the same, asked once: all schemas, cut to what this project names, and what is valid.
import { createHash } from "node:crypto";
import { once as eventOf } from "node:events";
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { connect } from "node:net";
import { join } from "node:path";
import { namedTypes, withTypes } from "./provider-schema";

/** Schemas are megabytes; the usual window of 64 kB is for slow lines. */
const WINDOW = 2 ** 24;

const SCHEMA = /\/(GetSchema|GetProviderSchema)$/;
const CONFIGURE = /\/(Configure|ConfigureProvider)$/;

/** Asked of all there is in every plan, and answered from the question alone, without AWS. */
const PURE = /\/(Validate(Resource|ResourceType|Data|DataSource|DataResource)Config|UpgradeResourceState)$/;

/** Ahead of each message: a byte for compression, which the provider has not, and four for the length. */
const PREFIX = 5;

export interface ProviderRelay {
  /** The socket where the answer has all types that this project names. */
  readonly all: string;
  /** The socket where it lacks the one that is longer than all others together. */
  readonly withoutWebAcls: string;
  stop(): void;
}

/** An answer to keep. */
interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly trailers: IncomingHttpHeaders;
}

/**
 * Listens on two Unix sockets, and passes each connection's calls on. Terraform makes a connection for each of a command's
 * configurations of the provider, and a process keeps but the one that it was given last.
 *
 * @param folder where the sockets are to be
 * @param first the socket of a process for what is asked before a configuration, and for the first of them
 * @param start starts a process for a further configuration, and resolves to its socket
 */
export async function startProviderRelay(
  folder: string,
  first: string,
  start: () => Promise<string>,
): Promise<ProviderRelay> {
  const processes = new Map<string, Promise<ClientHttp2Session>>();
  const chosen = new WeakMap<Http2Session, ClientHttp2Session>();
  const sessions = new Set<Http2Session>();
  const general = connectTo(first);
  const named = namedTypes();
  const sockets = {
    all: { types: named, path: join(folder, "all") },
    withoutWebAcls: {
      types: new Set([...named].filter((type) => type !== "aws_wafv2_web_acl")),
      path: join(folder, "without"),
    },
  };
  const answers = new Map<string, Answer>();

  function processFor(configuration: Buffer): Promise<ClientHttp2Session> {
    const key = configuration.toString("base64");
    const known = processes.get(key);
    const session = known ?? (processes.size === 0 ? Promise.resolve(general) : start().then(connectTo));
    processes.set(key, session);
    return session;
  }

  async function once(headers: IncomingHttpHeaders, question: Buffer): Promise<Answer> {
    const key = createHash("sha256").update(`${headers[":path"]}\0`).update(question).digest("base64");
    const known = answers.get(key) ?? (await ask(general, headers, question));
    if (known.trailers["grpc-status"] === "0") {
      answers.set(key, known);
    }
    return known;
  }

  async function answer(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    types: ReadonlySet<string>,
  ): Promise<void> {
    const method = headers[":path"] ?? "";
    const { session } = stream;
    if (SCHEMA.test(method)) {
      send(stream, cut(await once(headers, await bodyOf(stream)), types));
    } else if (PURE.test(method)) {
      send(stream, await once(headers, await bodyOf(stream)));
    } else if (CONFIGURE.test(method) && session !== undefined) {
      const body = await bodyOf(stream);
      const process = await processFor(body);
      chosen.set(session, process);
      passOn(stream, headers, process, body);
    } else {
      passOn(stream, headers, (session && chosen.get(session)) ?? general);
    }
  }

  const servers = Object.values(sockets).map(({ types, path }) => {
    const server = createServer({ settings: { initialWindowSize: WINDOW } });
    server.on("session", (session) => {
      sessions.add(session);
      session.on("close", () => sessions.delete(session));
      session.on("error", () => undefined);
    });
    server.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      answer(stream, headers, types).catch(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    });
    return server.listen(path);
  });
  await Promise.all(servers.map((server) => server.listening || eventOf(server, "listening")));
  return {
    all: sockets.all.path,
    withoutWebAcls: sockets.withoutWebAcls.path,
    stop: () => {
      for (const server of servers) {
        server.close();
      }
      for (const session of sessions) {
        session.destroy();
      }
      general.destroy();
      for (const session of processes.values()) {
        void session.then((connection) => connection.destroy());
      }
    },
  };
}

function connectTo(path: string): ClientHttp2Session {
  const session = connectHttp2("http://localhost", {
    createConnection: () => connect(path),
    settings: { initialWindowSize: WINDOW },
  });
  session.on("connect", () => session.setLocalWindowSize(WINDOW));
  // The calls under way end with an error of their own.
  session.on("error", () => undefined);
  return session;
}

function send(stream: ServerHttp2Stream, { headers, body, trailers }: Answer): void {
  if (!stream.destroyed) {
    stream.on("wantTrailers", () => stream.sendTrailers(trailers));
    stream.respond(headers, { waitForTrailers: true });
    stream.end(body);
  }
}

/** Passes a call on, and the answer back, piece by piece; given up by one side, it is given up by the other. */
function passOn(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  process: ClientHttp2Session,
  body?: Buffer,
): void {
  const call = process.request(addressed(headers));
  let trailers: IncomingHttpHeaders = {};
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  stream.on("close", () => call.close(stream.rstCode));
  call.on("error", () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  call.on("trailers", (last) => {
    trailers = last;
  });
  call.on("response", (head, flags) => {
    if (stream.destroyed) {
      return;
    }
    const isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(head, isAll ? { endStream: true } : { waitForTrailers: true });
    if (!isAll) {
      call.pipe(stream);
    }
  });
  if (body === undefined) {
    stream.pipe(call);
  } else {
    call.end(body);
  }
}

/** Calls a method with one message, and waits for the whole answer. */
async function ask(process: ClientHttp2Session, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  const call = process.request(addressed(headers));
  let head: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  call.on("response", (headers_) => {
    head = headers_;
  });
  call.on("trailers", (last) => {
    trailers = last;
  });
  call.end(body);
  return { body: await bodyOf(call), headers: head, trailers };
}

function addressed(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return { ...headers, ":authority": "localhost" };
}

async function bodyOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function cut(answer: Answer, types: ReadonlySet<string>): Answer {
  const message = withTypes(answer.body.subarray(PREFIX), types);
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return { ...answer, body: Buffer.concat([prefix, message]) };
}
