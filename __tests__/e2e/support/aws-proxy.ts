// Stands between the AWS SDK and the emulator: passes calls on, keeps their names, and gives a test's own answer where the
// emulator cannot play a part (a task's exit code, say) or where a fault is wanted. The real SDK client still runs.

import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { restActionOf } from "./rest-actions";

/** One call as it came in. */
export interface AwsCall {
  /** As IAM names it, such as `ecs:DescribeServices`; by method and path where that is not known. */
  readonly action: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AwsAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Further headers: by one, SQS says what went wrong. Default: none. */
  readonly headers?: IncomingHttpHeaders;
}

/** Answers a call; `forward` asks the emulator. A promise that never resolves is an endpoint that never answers. */
export type Responder = (call: AwsCall, forward: () => Promise<AwsAnswer>) => Promise<AwsAnswer> | AwsAnswer;

/** Who makes a call, as its user agent says. */
export type Caller = "sdk" | "terraform";

export interface AwsProxy {
  /** Its address, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /**
   * The names of all calls since the last `forget`, in order, repetitions included: those that came through the SDK, or
   * through Terraform's AWS provider.
   */
  calls(caller?: Caller): readonly string[];
  /** From now on, calls of this action, or all (`*`), get this answer; a later answer for the same action replaces it. */
  answer(action: string, responder: Responder): void;
  /** Takes back all answers, and forgets the calls. */
  forget(): void;
  stop(): Promise<void>;
}

/** An answer of a service that speaks JSON, such as ECS. */
export function jsonAnswer(body: unknown, status = 200): AwsAnswer {
  return { status, contentType: "application/x-amz-json-1.1", body: JSON.stringify(body) };
}

/** An answer of a service that speaks XML, such as EC2. */
export function xmlAnswer(body: string, status = 200): AwsAnswer {
  return { status, contentType: "text/xml", body };
}

/** An error of a service that speaks JSON. */
export function jsonError(code: string, message: string, status = 400): AwsAnswer {
  return jsonAnswer({ __type: code, message }, status);
}

/** An error of a service that speaks the Query protocol, such as RDS; EC2 reads it, too. */
export function queryError(code: string, message: string, status = 400): AwsAnswer {
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  return xmlAnswer(
    `<ErrorResponse><Error>${error}</Error><Errors><Error>${error}</Error></Errors></ErrorResponse>`,
    status,
  );
}

/** Starts a proxy in front of an endpoint. */
export async function startAwsProxy(upstream: string): Promise<AwsProxy> {
  const answers = new Map<string, Responder>();
  let calls: { readonly action: string; readonly caller: Caller }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const { method = "GET", url = "/", headers } = incoming;
    const call: AwsCall = {
      action: actionOf(method, url, headers, body.toString()),
      headers,
      body: body.toString(),
    };
    calls.push({ action: call.action, caller: callerOf(headers) });
    const forward = () => passOn(upstream, { method, url, headers, body });
    const responder = answers.get(call.action) ?? answers.get("*") ?? forward;
    const answer = await Promise.resolve(responder(call, forward)).catch(
      (error): AwsAnswer => ({ status: 599, contentType: "text/plain", body: String(error) }),
    );
    outgoing.writeHead(answer.status, { ...answer.headers, "content-type": answer.contentType });
    outgoing.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls: (wanted = "sdk") => calls.flatMap(({ action, caller }) => (caller === wanted ? action : [])),
    answer: (action, responder) => answers.set(action, responder),
    forget: () => {
      answers.clear();
      calls = [];
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The signature names the service; the operation stands in a header (JSON) or in the body (Query). */
function actionOf(method: string, url: string, headers: IncomingHttpHeaders, body: string): string {
  const service =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "unsigned";
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return `${service}:${target.split(".").at(-1)}`;
  }
  const action = new URLSearchParams(body).get("Action");
  const request = `${service}:${method} ${url}`;
  return action !== null ? `${service}:${action}` : (restActionOf(request) ?? request);
}

/** The provider says `APN/1.0 HashiCorp/1.0 Terraform/1.11.4 ...`. */
function callerOf(headers: IncomingHttpHeaders): Caller {
  return /\bTerraform\//.test(headers["user-agent"] ?? "") ? "terraform" : "sdk";
}

interface Raw {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function passOn(upstream: string, { method, url, headers, body }: Raw): Promise<AwsAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(new URL(url, upstream), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        // How the body travels is decided anew.
        const {
          "content-length": _length,
          "transfer-encoding": _encoding,
          connection: _,
          ...kept
        } = response.headers;
        resolve({
          status: response.statusCode ?? 500,
          contentType: kept["content-type"] ?? "text/xml",
          body: Buffer.concat(chunks).toString(),
          headers: kept,
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
