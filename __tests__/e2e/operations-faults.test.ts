// What the operations say where AWS is not reachable, not allowed, or not the environment's: each fault ends in time, with
// one clear sentence for a person and one document for a script. The account behind it is empty.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AwsProxy, jsonError, queryError, startAwsProxy, xmlAnswer } from "./support/aws-proxy";
import { type Ended, SOON } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { signal } from "./support/processes";
import { EACH_ITS_OWN } from "./support/shared-provider";
import { createWorkspace, type Workspace } from "./support/workspace";

const STS = "sts:GetCallerIdentity";

let emulator: Emulator;
let proxy: AwsProxy;
let workspace: Workspace;
let scratch: string;

beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startAwsProxy(emulator.endpoint);
  workspace = await createWorkspace({ emulator, environment: "lightwave-prod", provider: EACH_ITS_OWN });
  scratch = await mkdtemp(join(tmpdir(), "django-on-aws-e2e-faults-"));
}, 120_000);

afterAll(async () => {
  await workspace?.dispose();
  await proxy?.stop();
  await emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
}, 120_000);

beforeEach(() => proxy.forget());

jest.setTimeout(60_000);

interface Failure {
  readonly kind: string;
  readonly message: string;
  readonly call: string | null;
  readonly iamAction: string | null;
}

/** Runs an operation against the proxy; variables that are empty count as not set. */
function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return workspace.startOps(args, { AWS_ENDPOINT_URL: proxy.endpoint, ...variables }).ended;
}

/**
 * The failure that a command must end with: exit code 3, its document and nothing else on standard output, and its one
 * line on standard error.
 */
async function failure(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Failure & Pick<Ended, "seconds">> {
  const { exitCode, stdout, stderr, seconds } = await run([...args, "--json"], variables);
  const { error, ...rest }: { error: Failure } = JSON.parse(stdout);
  expect(rest).toMatchObject({ command: args[0], ok: false });
  expect(error.message).toMatch(/^[^\n]+\.$/);
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: `${error.message}\n` });
  return { ...error, seconds };
}

describe.each(["discover", "wait"])("%s", (command) => {
  it("finds no credentials", async () => {
    const { kind, message, seconds } = await failure([command], {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
    });
    expect(kind).toBe("no-credentials");
    expect(message).toMatch(
      /^There are no usable AWS credentials .*Set AWS_PROFILE, or sign in as for the AWS CLI\.$/,
    );
    expect(seconds).toBeLessThan(SOON);
    expect(proxy.calls()).toEqual([]);
  });

  it("has credentials that AWS does not know", async () => {
    proxy.answer(STS, () => queryError("InvalidClientTokenId", "The security token is invalid.", 403));
    expect(await failure([command])).toMatchObject({
      kind: "invalid-credentials",
      call: "STS GetCallerIdentity",
      message:
        "AWS does not accept the credentials (InvalidClientTokenId from STS GetCallerIdentity). Sign in again, or set AWS_PROFILE.",
    });
  });

  it("has another region in its variables than the environment's", async () => {
    const { kind, message } = await failure([command], { AWS_REGION: "eu-west-1" });
    expect(kind).toBe("wrong-region");
    expect(message).toBe(
      "AWS_REGION is eu-west-1, and lightwave-prod is in us-east-1: unset the variable, or choose another environment.",
    );
    expect(proxy.calls()).toEqual([]);
  });

  it("has another account than the environment's", async () => {
    await writeFile(
      join(workspace.folder, "dist", "src", "environments", "another-account.js"),
      `exports.default = { ...require("./lightwave-prod").default, name: "another-account", account: "210987654321" };`,
    );
    const { kind, message } = await failure([command, "--environment", "another-account"]);
    expect(kind).toBe("wrong-account");
    expect(message).toMatch(
      /^These credentials belong to account 123456789012 \(arn:aws:sts::.*\), and another-account to account 210987654321: nothing was done\./,
    );
    expect(proxy.calls()).toEqual([STS]);
  });

  it("asks an endpoint that never answers", async () => {
    proxy.answer("*", () => new Promise(() => undefined));
    const { kind, message, seconds } = await failure([command, "--timeout", "2s"]);
    expect(kind).toBe("timed-out");
    expect(message).toBe(`"${command}" did not end within 2s: allow more with --timeout.`);
    expect(seconds).toBeLessThan(SOON);
  });

  it("finds nobody at the endpoint", async () => {
    const { kind, message, seconds } = await failure([command], { AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    expect(kind).toBe("unreachable");
    expect(message).toBe(
      "AWS is not reachable: STS GetCallerIdentity at http://127.0.0.1:1 was not answered after 2 attempts (connect ECONNREFUSED 127.0.0.1:1).",
    );
    expect(seconds).toBeLessThan(SOON);
  });

  it("finds no such name", async () => {
    const { kind, message } = await failure([command], { AWS_ENDPOINT_URL: "http://nowhere.invalid" });
    expect(kind).toBe("unreachable");
    expect(message).toMatch(/getaddrinfo \w+ nowhere\.invalid/);
  });

  it.each([
    ["a page", { status: 200, contentType: "text/html", body: "<html><p>Welcome!</html>" }, "unreachable"],
    ["no page", { status: 404, contentType: "text/html", body: "<html><b>Not found</b></html>" }, "rejected"],
    ["no content", { status: 200, contentType: "text/html", body: "" }, "unreachable"],
  ])("finds something at the endpoint that is not AWS: %s", async (_, answer, expected) => {
    proxy.answer("*", () => answer);
    const { kind, message } = await failure([command]);
    expect(kind).toBe(expected);
    expect(message).toContain("STS GetCallerIdentity");
  });

  it("is interrupted while nothing answers", async () => {
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    proxy.answer("*", () => {
      asked();
      return new Promise(() => undefined);
    });
    const running = workspace.startOps([command], { AWS_ENDPOINT_URL: proxy.endpoint });
    await isAsked;
    signal(running.pid, "SIGINT");
    const { exitCode, stdout, stderr, seconds } = await running.ended;
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 130,
      stdout: "",
      stderr: `"${command}" was interrupted.\n`,
    });
    expect(seconds).toBeLessThan(SOON);
  });
});

describe("a call in the middle", () => {
  it.each([
    ["ecs:DescribeServices", "ECS DescribeServices", jsonError("ThrottlingException", "Rate exceeded")],
    ["rds:DescribeDBInstances", "RDS DescribeDBInstances", queryError("Throttling", "Rate exceeded")],
    ["ec2:DescribeVpcs", "EC2 DescribeVpcs", queryError("RequestLimitExceeded", "Slow down.", 503)],
  ])("is throttled: %s", async (iamAction, call, answer) => {
    proxy.answer(iamAction, () => answer);
    expect(await failure(["discover"])).toMatchObject({
      kind: "throttled",
      call,
      iamAction,
      message: `AWS throttles ${call}: it still does after 2 attempts. Wait a minute, or allow more attempts with AWS_MAX_ATTEMPTS.`,
    });
  });

  it.each([
    [
      "ecs:DescribeServices",
      "ECS DescribeServices",
      jsonError(
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: ecs:DescribeServices",
      ),
    ],
    [
      "rds:DescribeDBInstances",
      "RDS DescribeDBInstances",
      queryError(
        "AccessDenied",
        "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: rds:DescribeDBInstances",
        403,
      ),
    ],
    [
      "ec2:DescribeVpcs",
      "EC2 DescribeVpcs",
      queryError("UnauthorizedOperation", "You are not authorized to perform this operation.", 403),
    ],
  ])("is not allowed: %s", async (iamAction, call, answer) => {
    proxy.answer(iamAction, () => answer);
    const { kind, message, ...rest } = await failure(["discover"]);
    expect({ kind, ...rest }).toMatchObject({ kind: "not-allowed", call, iamAction });
    expect(message).toContain(
      `AWS does not allow ${call}: the credentials lack the IAM action ${iamAction}. AWS says: `,
    );
    // Nobody becomes allowed by asking again.
    expect(proxy.calls().filter((action) => action === iamAction)).toHaveLength(1);
  });

  it("is made with a session that has just expired", async () => {
    proxy.answer("ecs:DescribeServices", () =>
      jsonError("ExpiredTokenException", "The security token included in the request is expired"),
    );
    expect(await failure(["discover"])).toMatchObject({
      kind: "invalid-credentials",
      message:
        "AWS does not accept the credentials (ExpiredTokenException from ECS DescribeServices). Sign in again, or set AWS_PROFILE.",
    });
  });

  it("is refused for its content", async () => {
    proxy.answer("ecs:DescribeServices", () => jsonError("InvalidParameterException", "No such thing."));
    expect(await failure(["discover"])).toMatchObject({
      kind: "rejected",
      call: "ECS DescribeServices",
      message: `AWS refuses ECS DescribeServices at ${proxy.endpoint}: No such thing (InvalidParameterException).`,
    });
  });

  it.each(["ec2:DescribeVpcs", "ecs:DescribeServices", "rds:DescribeDBInstances"])(
    "is answered by a web page, which is no empty answer: %s",
    async (iamAction) => {
      proxy.answer(iamAction, () => ({ status: 200, contentType: "text/html", body: "<html>Log in</html>" }));
      expect(await failure(["discover"])).toMatchObject({
        kind: "unreachable",
        iamAction,
        message: expect.stringContaining(
          "with status 200 does not speak as AWS does. Check AWS_ENDPOINT_URL.",
        ),
      });
    },
  );

  it("is throttled, and the time is up before it may be made again", async () => {
    proxy.answer("ecs:DescribeServices", () => jsonError("ThrottlingException", "Rate exceeded"));
    const { kind, seconds } = await failure(["discover", "--timeout", "2s"], { AWS_MAX_ATTEMPTS: "20" });
    expect(kind).toBe("timed-out");
    expect(seconds).toBeLessThan(SOON);
  });

  it("is throttled once, and answered then", async () => {
    const sound = await run(["discover", "--json"]);
    proxy.forget();
    let calls = 0;
    proxy.answer("ecs:DescribeServices", (_, forward) => {
      calls += 1;
      return calls === 1 ? jsonError("ThrottlingException", "Rate exceeded") : forward();
    });
    const throttled = await run(["discover", "--json"]);
    expect(calls).toBe(2);
    expect(throttled).toMatchObject({ exitCode: sound.exitCode, stdout: sound.stdout, stderr: "" });
  });
});

describe("a 500 in the middle of a page", () => {
  const GROUPS = "ec2:DescribeSecurityGroups";

  /** Two pages with a group each; the second fails as often as asked. */
  function answerPages(failures: number): void {
    proxy.answer("ec2:DescribeVpcs", () =>
      ec2Answer("DescribeVpcs", "<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>"),
    );
    let left = failures;
    proxy.answer(GROUPS, ({ body }) => {
      if (!body.includes("NextToken=")) {
        return ec2Answer("DescribeSecurityGroups", `${groupSet("sg-1", "alb")}<nextToken>more</nextToken>`);
      }
      left -= 1;
      return left >= 0
        ? queryError("InternalError", "An internal error has occurred", 500)
        : ec2Answer("DescribeSecurityGroups", groupSet("sg-2", "ecs"));
    });
  }

  it("that stays is a failure, not half an answer", async () => {
    answerPages(Number.POSITIVE_INFINITY);
    expect(await failure(["discover"])).toMatchObject({
      kind: "aws-error",
      call: "EC2 DescribeSecurityGroups",
      message: `AWS has a fault of its own: EC2 DescribeSecurityGroups at ${proxy.endpoint} is answered with 500 after 2 attempts (InternalError). Try again later.`,
    });
    expect(proxy.calls().filter((action) => action === GROUPS)).toHaveLength(3);
  });

  it("that passes is asked for again, and both pages count", async () => {
    answerPages(1);
    const { stdout } = await run(["discover", "--json"]);
    const { groups }: { groups: readonly { group: string; tagged: readonly string[] }[] } =
      JSON.parse(stdout);
    expect(groups.map(({ group, tagged }) => [group, ...tagged])).toEqual([
      ["alb", "sg-1"],
      ["django", "sg-2"],
      ["postgres"],
      ["redis"],
    ]);
    expect(proxy.calls().filter((action) => action === GROUPS)).toHaveLength(3);
  });
});

describe("AWS_PROFILE", () => {
  /** Nothing is left to the variables but the profile. */
  const unset = {
    AWS_ENDPOINT_URL: "",
    AWS_ACCESS_KEY_ID: "",
    AWS_SECRET_ACCESS_KEY: "",
    AWS_REGION: "",
    AWS_DEFAULT_REGION: "",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };

  async function configFile(): Promise<string> {
    const file = join(scratch, "config");
    const lines = [
      "[profile team]",
      "region = eu-central-1",
      `endpoint_url = ${proxy.endpoint}`,
      "aws_access_key_id = AKIATEAM",
      "aws_secret_access_key = secret",
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
    return file;
  }

  /** Each call's access key and region, as its signature says. */
  function watchSignatures(): Set<string> {
    const seen = new Set<string>();
    proxy.answer("*", ({ headers }, forward) => {
      const [, key, region] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
      seen.add(`${key} ${region}`);
      return forward();
    });
    return seen;
  }

  it("gives the credentials and the endpoint; its region gives way to the environment's", async () => {
    const seen = watchSignatures();
    const { exitCode, stderr } = await run(["discover", "--json"], {
      ...unset,
      AWS_PROFILE: "team",
      AWS_CONFIG_FILE: await configFile(),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect([...seen]).toEqual(["AKIATEAM us-east-1"]);
  });

  it("gives way to credentials in variables, as for the AWS CLI", async () => {
    const seen = watchSignatures();
    const { exitCode, stderr } = await run(["discover", "--json"], {
      ...unset,
      AWS_PROFILE: "team",
      AWS_CONFIG_FILE: await configFile(),
      AWS_ACCESS_KEY_ID: "AKIAVARIABLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect([...seen]).toEqual(["AKIAVARIABLE us-east-1"]);
  });

  it("is bounded by the timeout, too, while it looks for its credentials", async () => {
    const file = join(scratch, "slow");
    await writeFile(file, "[profile slow]\ncredential_process = sleep 120\n");
    const { kind, seconds } = await failure(["discover", "--timeout", "2s"], {
      ...unset,
      AWS_PROFILE: "slow",
      AWS_CONFIG_FILE: file,
    });
    expect(kind).toBe("timed-out");
    expect(seconds).toBeLessThan(SOON);
  });

  it("is not there", async () => {
    const { kind, message } = await failure(["discover"], {
      ...unset,
      AWS_PROFILE: "nobody",
      AWS_CONFIG_FILE: await configFile(),
    });
    expect(kind).toBe("no-credentials");
    expect(message).toMatch(
      /^There are no usable AWS credentials in the profile nobody \(.*\)\. Check AWS_PROFILE, or sign in as for the AWS CLI\.$/,
    );
  });
});

function ec2Answer(action: string, content: string) {
  return xmlAnswer(
    `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${action}Response>`,
  );
}

function groupSet(id: string, part: string): string {
  const tag = `<tagSet><item><key>Name</key><value>lightwave-django-prod-${part}-sg</value></item></tagSet>`;
  return `<securityGroupInfo><item><groupId>${id}</groupId>${tag}</item></securityGroupInfo>`;
}
