// `preflight`: all green where a deployment would go through, and each thing that would stop one found under its own name.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateSecretCommand, DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { jsonAnswer, queryError } from "../support/aws-proxy";
import { ACCOUNT, CREDENTIALS, REGION } from "../support/child-environment";
import { SOON } from "../support/command";
import { secretsManagerClient } from "../support/outside-secrets";
import { beHealthy } from "./healthy-platform";
import { checksOf, detailOf, failures, statuses } from "./preflight-report";
import { describePreflightOfSentry } from "./preflight-sentry";
import { describePreflightOfShop } from "./preflight-shop";
import type { Stage } from "./stage";

/** How each check of lightwave-prod ends where it is deployed already. */
const LIGHTWAVE = {
  "tool:node": "pass",
  "tool:terraform": "pass",
  "tool:cdktf": "pass",
  credentials: "pass",
  "names:vpc": "pass",
  "names:load-balancer": "pass",
  "names:target-groups": "pass",
  "names:cluster": "pass",
  "names:services": "pass",
  "names:database": "pass",
  "names:cache": "pass",
  "names:log-groups": "pass",
  "names:secrets": "pass",
  "names:roles": "pass",
  "names:buckets": "pass",
  "zones:account": "pass",
  "zones:fargate": "pass",
  "zones:database": "pass",
  "zones:cache": "skipped",
  "network:subnets": "pass",
  "names:security-groups": "pass",
  "image:django": "skipped",
  "quota:vpcs": "pass",
  "quota:security-groups": "pass",
  "quota:rules-per-group": "pass",
  "quota:elastic-ips": "pass",
  certificate: "skipped",
  "hosted-zone": "skipped",
  "values:django": "skipped",
  "port:django": "pass",
  "sentry:django": "skipped",
  "database-version": "pass",
  "database:django": "skipped",
  "cache:django": "skipped",
  "password-rotation": "pass",
};

export function describePreflight(stage: () => Stage): void {
  describe("preflight", () => {
    beforeEach(() => beHealthy(stage().proxy));

    const client = () => ({ endpoint: stage().emulator.endpoint, region: REGION, credentials: CREDENTIALS });
    const preflight = (environment: string, variables: Readonly<Record<string, string>> = {}) =>
      stage().opsWith(variables, "preflight", "--environment", environment, "--json");

    /** Preflight of lightwave-prod whose file says otherwise in one of its sections; `lightwave` is what it says now. */
    const preflightOfChanged = async (section: string) => {
      const file = join(stage().workspace.folder, "dist", "src", "environments", "lightwave-prod.js");
      const before = await readFile(file, "utf8");
      await writeFile(
        file,
        `${before}\nconst lightwave = exports.default;\nmodule.exports = { default: { ...lightwave, ${section} } };\n`,
      );
      try {
        return await preflight("lightwave-prod");
      } finally {
        await writeFile(file, before);
      }
    };

    it("finds lightwave-prod deployed already, and nothing in the way", async () => {
      const run = await stage().ops("preflight", "--json");
      expect(statuses(run)).toEqual(LIGHTWAVE);
      const names = checksOf(run.json).filter(
        ({ id }) => id.startsWith("names:") && id !== "names:security-groups",
      );
      for (const { detail } of names) {
        expect(detail).toMatch(/^Deployed already: /);
      }
      expect(run.json).toMatchObject({
        command: "preflight",
        environment: "lightwave-prod",
        account: ACCOUNT,
        region: REGION,
        ok: true,
      });
      expect(detailOf(run, "credentials")).toContain(
        `Account ${ACCOUNT} as arn:aws:sts::${ACCOUNT}:user/moto`,
      );
      expect(detailOf(run, "quota:vpcs")).toBe("2 used, 0 needed, 5 allowed.");
      expect(detailOf(run, "quota:elastic-ips")).toBe("2 used, 0 needed, 5 allowed.");
      expect(run.exitCode).toBe(0);
    });

    it("prints a table for a person on standard output", async () => {
      const { exitCode, stdout } = await stage().ops("preflight");
      expect(exitCode).toBe(0);
      expect(stdout).toContain("names:log-groups");
      const count = (wanted: string) => Object.values(LIGHTWAVE).filter((status) => status === wanted).length;
      expect(stdout).toContain(`${count("pass")} passed, 0 failed, ${count("skipped")} skipped.`);
    });

    it.each([
      [
        "refuses another port that leaves running tasks cut off",
        undefined,
        ["port:django"],
        "formerPort: 8000",
      ],
      ["takes another port beside the former one", 8000, [], "Changes from 8000 to 8001"],
    ])("%s", async (_title, formerPort, failing, words) => {
      const django = `{ ...lightwave.services.django, ...${JSON.stringify({ port: 8001, formerPort })} }`;
      const run = await preflightOfChanged(`services: { django: ${django} }`);
      expect(failures(run)).toEqual(failing);
      expect(detailOf(run, "port:django")).toContain(words);
    });

    it("finds a single NAT gateway where one of those that stand would be it", async () => {
      const run = await preflightOfChanged(`network: { ...lightwave.network, natGateways: "single" }`);
      expect(failures(run)).toEqual([]);
      expect(detailOf(run, "network:nat-gateway")).toBe("It stands in us-east-1a.");
    });

    it.each(["helloapi", "ecs-webapp", "realtime-platform"])("finds every name of %s free", async (name) => {
      const run = await preflight(name);
      expect(failures(run)).toEqual([]);
      for (const { id, detail } of checksOf(run.json).filter(({ id }) => id.startsWith("names:"))) {
        expect(`${id}: ${detail}`).toMatch(
          id === "names:security-groups" ? /: Nothing is deployed yet\.$/ : /: Free: /,
        );
      }
      expect(detailOf(run, "quota:vpcs")).toBe("2 used, 1 needed, 5 allowed.");
      expect(run.exitCode).toBe(0);
    });

    describe("names", () => {
      it("are taken by a log group made by hand, and not by a queue of the environment's own", async () => {
        const logs = new CloudWatchLogsClient(client());
        const queues = new SQSClient(client());
        const logGroupName = "/ecs/realtime-platform/api";
        await logs.send(new CreateLogGroupCommand({ logGroupName }));
        const { QueueUrl } = await queues.send(
          new CreateQueueCommand({
            QueueName: "realtime-platform-jobs",
            tags: { Environment: "realtime-platform", ManagedBy: "cdktf" },
          }),
        );
        const run = await preflight("realtime-platform");
        await logs.send(new DeleteLogGroupCommand({ logGroupName }));
        await queues.send(new DeleteQueueCommand({ QueueUrl }));

        expect(failures(run)).toEqual(["names:log-groups"]);
        expect(detailOf(run, "names:log-groups")).toContain(
          `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${logGroupName}`,
        );
        expect(detailOf(run, "names:queues")).toBe(
          "Free: queue realtime-platform-jobs-dlq. The others, 1, are deployed already.",
        );
        expect(run.exitCode).toBe(1);
      });

      it("are held by a secret that is scheduled for deletion", async () => {
        const secrets = secretsManagerClient(stage().emulator.endpoint);
        const secret = { SecretId: "helloapi/db/PASSWORD" };
        await secrets.send(new CreateSecretCommand({ Name: secret.SecretId, SecretString: "hunter2" }));
        await secrets.send(new DeleteSecretCommand({ ...secret, RecoveryWindowInDays: 30 }));
        const run = await preflight("helloapi");
        await secrets.send(new DeleteSecretCommand({ ...secret, ForceDeleteWithoutRecovery: true }));

        expect(failures(run)).toEqual(["names:secrets"]);
        expect(detailOf(run, "names:secrets")).toContain(
          "aws secretsmanager restore-secret --region us-east-1 --secret-id helloapi/db/PASSWORD",
        );
        expect(detailOf(run, "names:secrets")).toContain("--force-delete-without-recovery");
        expect(run.exitCode).toBe(1);
      });

      it("are taken by another account's bucket", async () => {
        stage().proxy.answer("s3:ListBucket", () => ({ status: 403, contentType: "text/plain", body: "" }));
        const run = await preflight("helloapi");
        expect(failures(run)).toEqual(["names:buckets"]);
        expect(detailOf(run, "names:buckets")).toContain("it is another account's");
        expect(run.exitCode).toBe(1);
      });
    });

    it("finds a quota used up", async () => {
      stage().proxy.answer("servicequotas:GetServiceQuota", async ({ body }, forward) =>
        body.includes("L-F678F1CE") ? jsonAnswer({ Quota: { Value: 2 } }) : forward(),
      );
      const run = await preflight("helloapi");
      expect(failures(run)).toEqual(["quota:vpcs"]);
      expect(detailOf(run, "quota:vpcs")).toContain("2 used, 1 needed, 2 allowed: 1 too many VPCs.");
      expect(run.exitCode).toBe(1);
    });

    it("finds Terraform missing, with what to install", async () => {
      const run = await preflight("helloapi", { PATH: "/nonexistent" });
      expect(failures(run)).toEqual(["tool:terraform"]);
      expect(detailOf(run, "tool:terraform")).toContain("Install Terraform 1.11 or newer");
      expect(run.exitCode).toBe(1);
    });

    describe("faults", () => {
      const nobody = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };

      it("without credentials, everything is still reported", async () => {
        const run = await preflight("lightwave-prod", nobody);
        expect(Object.keys(statuses(run))).toEqual(Object.keys(LIGHTWAVE));
        expect(failures(run)).toEqual(["credentials"]);
        expect(statuses(run)).toMatchObject({ "tool:terraform": "pass", "quota:vpcs": "skipped" });
        expect(run.json).toMatchObject({ ok: false, account: null, error: { kind: "no-credentials" } });
        expect(run.exitCode).toBe(3);
      });

      it("without credentials, a person gets the whole table, too", async () => {
        const { exitCode, stdout, stderr } = await stage().opsWith(nobody, "preflight");
        expect(exitCode).toBe(3);
        expect(stderr).toContain("There are no usable AWS credentials");
        expect(stdout).toContain("names:log-groups");
      });

      it("a call that is not allowed fails its own check, and names the IAM action", async () => {
        stage().proxy.answer("iam:GetRole", () =>
          queryError("AccessDenied", "User: moto is not authorized to perform: iam:GetRole", 403),
        );
        const run = await preflight("lightwave-prod");
        expect(failures(run)).toEqual(["names:roles"]);
        expect(detailOf(run, "names:roles")).toContain("the credentials lack the IAM action iam:GetRole");
        expect(run.json).toMatchObject({
          ok: false,
          account: ACCOUNT,
          error: { kind: "not-allowed", call: "IAM GetRole", iamAction: "iam:GetRole" },
        });
        expect(run.exitCode).toBe(3);
      });

      it("an endpoint that never answers ends in time", async () => {
        stage().proxy.answer("*", () => new Promise(() => undefined));
        const run = await stage().ops("preflight", "--json", "--timeout", "3s");
        expect(run.json).toMatchObject({ ok: false, error: { kind: "timed-out" } });
        expect(run.exitCode).toBe(3);
        expect(run.seconds).toBeLessThan(SOON);
      });
    });
  });

  describePreflightOfSentry(stage);
  describePreflightOfShop(stage);
}
