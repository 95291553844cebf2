// The support itself: an emulator that starts anywhere and never outlives its run, and clear words where one cannot.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateRouteTableCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CREDENTIALS, childEnvironment, REGION } from "./child-environment";
import { ec2Client, findVpc, securityGroupRules } from "./ec2";
import { startEmulator } from "./emulator";
import { leftovers } from "./leftovers";
import { requirePrerequisites } from "./prerequisites";
import { waitForEnd } from "./processes";
import { supportFile } from "./project";

jest.setTimeout(120_000);

describe("the emulator", () => {
  it("starts empty, several at once, and ends", async () => {
    const emulators = await Promise.all([startEmulator(), startEmulator()]);
    expect(new Set(emulators.map(({ endpoint }) => endpoint)).size).toBe(2);
    for (const emulator of emulators) {
      expect(await leftovers(emulator.endpoint)).toEqual([]);
      const client = ec2Client(emulator.endpoint);
      expect(await findVpc(client, "lightwave")).toBeUndefined();
      expect(await securityGroupRules(client, "vpc-00000000")).toEqual([]);
      client.destroy();
      await emulator.stop();
      await expect(fetch(emulator.endpoint)).rejects.toThrow();
    }
  });

  it("answers a call that moto lacks with a refusal, not with a fault to be retried", async () => {
    const emulator = await startEmulator();
    const answer = await fetch(emulator.endpoint, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/elasticache/aws4_request, Signature=0`,
      },
      body: new URLSearchParams({ Action: "TestMigration", Version: "2015-02-02" }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("InvalidAction");
    expect(emulator.log()).toContain("GAP moto has no elasticache TestMigration");
    // Its model wants more of it than this.
    await expect(emulator.stop()).rejects.toThrow(
      'elasticache TestMigration: Missing required parameter in input: "ReplicationGroupId"',
    );
  });

  it("holds each call to AWS's own model of it, whatever the protocol, and fails who made another", async () => {
    const emulator = await startEmulator();
    const call = (service: string, path: string, init: RequestInit) =>
      fetch(`${emulator.endpoint}${path}`, {
        ...init,
        headers: {
          ...init.headers,
          authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request, Signature=0`,
        },
      });
    const query = (service: string, fields: Record<string, string>) =>
      call(service, "/", { method: "POST", body: new URLSearchParams(fields) });
    const json = (service: string, target: string, body: object) =>
      call(service, "/", {
        method: "POST",
        headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
        body: JSON.stringify(body),
      });
    // As they should be.
    await query("sts", { Action: "GetCallerIdentity", Version: "2011-06-15" });
    await json("logs", "Logs_20140328.CreateLogGroup", {
      logGroupName: "/shop/web",
      tags: { "Größe 1": "a@b" },
    });
    await call("route53", "/2013-04-01/hostedzone/Z1", { method: "GET" });
    expect(emulator.log()).not.toContain("INVALID");
    // One of each protocol, and one of each kind: an enumeration, a pattern, a length, a number, a member that is missing.
    await query("ec2", {
      Action: "CreateVpc",
      Version: "2016-11-15",
      CidrBlock: "10.0.0.0/16",
      InstanceTenancy: "shared",
    });
    await query("iam", {
      Action: "CreateRole",
      Version: "2010-05-08",
      RoleName: "a b",
      AssumeRolePolicyDocument: "{}",
    });
    await json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "a".repeat(513) });
    await json("secretsmanager", "secretsmanager.CreateSecret", { Description: "no name" });
    await call("backup", "/backup-vaults/a%20b", { method: "PUT", body: "{}" });
    await call("s3", "/shop-bucket?versioning", {
      method: "PUT",
      body: "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>",
    });
    await json("kms", "TrentService.ScheduleKeyDeletion", { KeyId: "k", PendingWindowInDays: 400 });
    const said = await emulator.stop().then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(said.split("\n")).toEqual([
      "Error: AWS would have refused calls that the emulator took:",
      "INVALID ec2 CreateVpc: InstanceTenancy: 'shared' is none of default, dedicated, host",
      "INVALID iam CreateRole: RoleName: 'a b' does not match [\\w+=,.@-]+",
      expect.stringMatching(/^INVALID logs CreateLogGroup: logGroupName: 'a+ is longer or more than 512$/),
      'INVALID secretsmanager CreateSecret: Missing required parameter in input: "Name"',
      expect.stringMatching(/^INVALID backup CreateBackupVault: BackupVaultName: 'a b' does not match /),
      "INVALID s3 PutBucketVersioning: VersioningConfiguration.Status: 'On' is none of Enabled, Suspended",
      "INVALID kms ScheduleKeyDeletion: PendingWindowInDays: 400 is longer or more than 365",
    ]);
  });

  it("deletes a gateway endpoint whose routes are gone already, as AWS does", async () => {
    const emulator = await startEmulator();
    const client = ec2Client(emulator.endpoint);
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const { RouteTable } = await client.send(new CreateRouteTableCommand({ VpcId: Vpc?.VpcId }));
    const { VpcEndpoint } = await client.send(
      new CreateVpcEndpointCommand({
        VpcId: Vpc?.VpcId,
        VpcEndpointType: "Gateway",
        ServiceName: "com.amazonaws.us-east-1.s3",
        RouteTableIds: [`${RouteTable?.RouteTableId}`],
      }),
    );
    const VpcEndpointIds = [`${VpcEndpoint?.VpcEndpointId}`];
    await client.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
    const { Unsuccessful } = await client.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
    expect(Unsuccessful ?? []).toEqual([]);
    client.destroy();
    await emulator.stop();
  });

  it("does a call once that comes again, and one that is like it twice", async () => {
    const emulator = await startEmulator();
    const client = new EC2Client({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
    let call = "one";
    client.middlewareStack.add(
      (next) => (args) => {
        Object(args.request).headers["amz-sdk-invocation-id"] = call;
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    const made = async () =>
      (await client.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId;
    const [first, again] = await Promise.all([made(), made()]);
    expect(again).toBe(first);
    call = "two";
    expect(await made()).not.toBe(first);
    client.destroy();
    await emulator.stop();
  });

  it("says which calls came again because their client believed them lost", async () => {
    const emulator = await startEmulator();
    for (const attempt of [1, 2]) {
      await fetch(emulator.endpoint, { headers: { "amz-sdk-request": `attempt=${attempt}; max=3` } });
    }
    expect(emulator.log().match(/^RETRY .*/gm)).toEqual([expect.stringMatching(/attempt=2; max=3 GET \//)]);
    await emulator.stop();
  });

  it("says by its exit code that a port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const child = spawn("python3", ["-B", supportFile("emulator", "launch.py"), String(port)]);
    const [exitCode] = await once(child, "close");
    server.close();
    expect(exitCode).toBe(98);
  });

  it("ends with its parent, even when that is killed with SIGKILL", async () => {
    const script = `
      const child = require("node:child_process").spawn("python3", ["-B", process.argv[1], "0"], { stdio: ["pipe", "pipe", "inherit"] });
      child.stdout.on("data", () => console.log(child.pid));
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ["-e", script, supportFile("emulator", "launch.py")]);
    const [text] = await once(parent.stdout, "data");
    const pid = Number(String(text).trim());
    parent.kill("SIGKILL");
    await once(parent, "exit");
    expect(await waitForEnd([pid], 10_000)).toEqual([]);
  });
});

describe("the janitor", () => {
  it("kills processes with their descendants and removes folders when the run is gone", async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "janitor-")));
    const kept = await realpath(await mkdtemp(join(tmpdir(), "janitor-")));
    const sleeper = spawn("sh", ["-c", "sleep 1000 & wait"], { detached: true });
    const killed = once(sleeper, "exit");
    const janitor = spawn("python3", ["-B", supportFile("janitor.py")]);
    janitor.stdin.end(`process ${sleeper.pid}\nfolder ${folder}\nfolder ${kept}\nforget folder ${kept}\n`);
    await once(janitor, "exit");
    expect(await killed).toEqual([null, "SIGKILL"]);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(kept)).toBe(true);
    await rm(kept, { recursive: true });
  });
});

describe("the prerequisites", () => {
  it("are all here", async () => {
    await expect(requirePrerequisites()).resolves.toBeUndefined();
  });

  it("are named all at once where they are missing, with what to install", async () => {
    await expect(requirePrerequisites({ PATH: "/nonexistent" })).rejects.toThrow(
      /terraform was not found.*\n.*python3 was not found.*pip install/,
    );
  });
});

describe("the variables of a child process", () => {
  it("lead to the emulator and to no account, profile or setting of whoever runs the tests", () => {
    const variables = childEnvironment("http://127.0.0.1:1", {
      PATH: "/bin",
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "real",
      TF_VAR_image_tag: "theirs",
      TF_CLI_CONFIG_FILE: "/nonexistent/.terraformrc",
      ENVIRONMENT: "theirs",
      no_proxy: "internal",
    });
    expect(variables).toMatchObject({
      PATH: "/bin",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ACCESS_KEY_ID: "testing",
      NO_PROXY: "internal,127.0.0.1,localhost",
    });
    for (const name of [
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
      "TF_VAR_image_tag",
      "TF_CLI_CONFIG_FILE",
      "ENVIRONMENT",
    ]) {
      expect(variables).not.toHaveProperty(name);
    }
  });
});
