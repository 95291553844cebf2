// `preflight` and Sentry: a server of our own stands in for it.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { secretsManagerClient } from "../support/outside-secrets";
import { beHealthy } from "./healthy-platform";
import { detailOf, failures, statuses } from "./preflight-report";
import type { Stage } from "./stage";

export function describePreflightOfSentry(stage: () => Stage): void {
  describe("preflight: the Sentry of pdf-excel-prod", () => {
    beforeEach(() => beHealthy(stage().proxy));

    const preflight = (environment: string) =>
      stage().ops("preflight", "--environment", environment, "--json");

    const secret = { SecretId: "pdf-excel-prod/sentry-dsn" };
    let sentry: Server;
    let host: string;
    let status: number;
    const asked: (string | undefined)[] = [];

    const write = async (value: string) => {
      const secrets = secretsManagerClient(stage().emulator.endpoint);
      await secrets.send(new PutSecretValueCommand({ ...secret, SecretString: value }));
    };

    beforeAll(async () => {
      sentry = createServer(({ url }, response) => {
        asked.push(url);
        response.writeHead(status).end();
      }).listen(0, "127.0.0.1");
      await once(sentry, "listening");
      host = `127.0.0.1:${(sentry.address() as AddressInfo).port}`;
      const secrets = secretsManagerClient(stage().emulator.endpoint);
      await secrets.send(new CreateSecretCommand({ Name: secret.SecretId }));
    });

    afterAll(async () => {
      sentry.close();
      const secrets = secretsManagerClient(stage().emulator.endpoint);
      await secrets.send(new DeleteSecretCommand({ ...secret, ForceDeleteWithoutRecovery: true }));
    });

    it("is not asked for while the secret has no value", async () => {
      const run = await preflight("pdf-excel-prod");
      expect(failures(run)).toEqual(["values:frontend", "values:backend"]);
      expect(detailOf(run, "values:backend")).toContain("has no current value");
      expect(statuses(run)["sentry:backend"]).toBe("skipped");
    });

    it.each([401, 403])("is reachable where its API answers %d", async (answer) => {
      status = answer;
      await write(`http://0123456789abcdef@${host}/42`);
      const run = await preflight("pdf-excel-prod");
      expect(failures(run)).toEqual([]);
      expect(detailOf(run, "sentry:backend")).toContain(host);
      expect(asked.at(-1)).toBe("/api/0/");
      expect(run.exitCode).toBe(0);
      expect(run.output).not.toContain("0123456789abcdef");
    });

    it("is something else where its API answers 200", async () => {
      status = 200;
      await write(`http://0123456789abcdef@${host}/42`);
      const run = await preflight("pdf-excel-prod");
      expect(failures(run)).toEqual(["sentry:frontend", "sentry:backend"]);
      expect(run.exitCode).toBe(1);
    });

    it("is not there where nothing answers", async () => {
      // Nobody listens on port 1.
      await write("http://0123456789abcdef@127.0.0.1:1/42");
      const run = await preflight("pdf-excel-prod");
      expect(failures(run)).toEqual(["sentry:frontend", "sentry:backend"]);
      expect(detailOf(run, "sentry:frontend")).toContain("127.0.0.1:1 does not answer");
      expect(run.output).not.toContain("0123456789abcdef");
    });

    it("cannot be found where the secret holds something else, which is not shown", async () => {
      await write("hunter2");
      const run = await preflight("pdf-excel-prod");
      expect(failures(run)).toEqual(["sentry:frontend", "sentry:backend"]);
      expect(detailOf(run, "sentry:backend")).toContain("SENTRY_DSN is no DSN");
      expect(run.output).not.toContain("hunter2");
    });
  });
}
