// `cache-user`, on lightwave-prod with a password for its cache: what the user is given, and that nobody sees it.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeUsersCommand, ElastiCacheClient, ModifyUserCommand } from "@aws-sdk/client-elasticache";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CREDENTIALS, REGION } from "../support/child-environment";
import { beHealthy } from "./healthy-platform";
import type { OpsRun, Stage } from "./stage";

const ENVIRONMENT = "lightwave-cache";
const SECRET = "lightwave-django-prod/cache";
const USER = "lightwave-django-prod-app";
const PASSWORD = "NobodySeesThisNobodySeesThisNobodySeesTh";

export function describeCacheUser(stage: () => Stage): void {
  describe("cache-user", () => {
    let secrets: SecretsManagerClient;
    let elasticache: ElastiCacheClient;
    const file = () => join(stage().workspace.folder, "dist", "src", "environments", `${ENVIRONMENT}.js`);

    beforeAll(async () => {
      const account = { endpoint: stage().emulator.endpoint, region: REGION, credentials: CREDENTIALS };
      secrets = new SecretsManagerClient(account);
      elasticache = new ElastiCacheClient(account);
      await secrets.send(
        new CreateSecretCommand({
          Name: SECRET,
          SecretString: JSON.stringify({
            username: USER,
            password: PASSWORD,
            url: `rediss://${USER}:${PASSWORD}@cache.internal:6379/0`,
          }),
        }),
      );
      // The platform that is deployed, under another name in the file: as if the cache had got a password.
      await writeFile(
        file(),
        `const { default: deployed } = require("./lightwave-prod");
exports.default = {
  ...deployed,
  name: "${ENVIRONMENT}",
  names: { ...deployed.names, cache: "lightwave-django-prod" },
  cache: { ...deployed.cache, authentication: "password" },
};
`,
      );
    });
    afterAll(async () => {
      await rm(file(), { force: true });
      await secrets.send(new DeleteSecretCommand({ SecretId: SECRET, ForceDeleteWithoutRecovery: true }));
      // As Terraform has made it.
      await elasticache.send(new ModifyUserCommand({ UserId: USER, AuthenticationMode: { Type: "iam" } }));
      secrets.destroy();
      elasticache.destroy();
    });
    beforeEach(() => {
      beHealthy(stage().proxy);
    });

    const ops = (...args: readonly string[]) => stage().ops(...args, "--environment", ENVIRONMENT);
    const run = (...args: readonly string[]) => ops("cache-user", "--yes", "--json", ...args);
    const authentication = async () => {
      const { Users = [] } = await elasticache.send(new DescribeUsersCommand({ UserId: USER }));
      return Users[0]?.Authentication;
    };
    const secret = async () => {
      const { SecretString = "", VersionStages } = await secrets.send(
        new GetSecretValueCommand({ SecretId: SECRET }),
      );
      return { ...JSON.parse(SecretString), stages: VersionStages };
    };
    const checkOf = async (command: string) => {
      const { json } = await ops(command, "--json", "--dry-run");
      const { checks } = json as { checks: readonly { id: string; status: string }[] };
      return checks.find(({ id }) => id === "cache-user")?.status;
    };
    const expectNoPassword = ({ output }: OpsRun, ...passwords: readonly string[]) => {
      for (const password of [PASSWORD, ...passwords]) expect(output).not.toContain(password);
    };

    it("is asked for by preflight and missed by verify", async () => {
      expect(await checkOf("preflight")).toBe("skipped");
      expect(await checkOf("verify")).toBe("fail");
    });

    it("does nothing in a dry run, nor for another password before there is one", async () => {
      expect(await ops("cache-user", "--dry-run", "--json")).toMatchObject({
        exitCode: 0,
        json: { ok: true, user: USER, status: "to-give" },
      });
      expect(await run("--new-password")).toMatchObject({ exitCode: 1, json: { status: "impossible" } });
      expect(await authentication()).toMatchObject({ Type: "iam" });
    });

    it("gives the user the secret's password, shows it to nobody, and has nothing to do the second time", async () => {
      const first = await run();
      expect(first).toMatchObject({
        exitCode: 0,
        json: { command: "cache-user", environment: ENVIRONMENT, ok: true, user: USER, status: "given" },
      });
      expectNoPassword(first);
      expect(await authentication()).toEqual({ Type: "password", PasswordCount: 1 });
      expect((await secret()).stages).toEqual(["AWSCURRENT", "IN_CACHE"]);
      expect(await checkOf("preflight")).toBe("pass");
      expect(await checkOf("verify")).toBe("pass");
      const before = stage().proxy.calls().length;
      expect(await run()).toMatchObject({ exitCode: 0, json: { status: "given" } });
      expect(stage().proxy.calls().slice(before)).not.toContain("elasticache:ModifyUser");
    });

    it("adds another password, and takes the former one back when it is run again", async () => {
      const added = await run("--new-password");
      const { password, url, stages } = await secret();
      expect(added).toMatchObject({
        exitCode: 0,
        json: { status: "added", user: USER, restarted: ["django"] },
      });
      expectNoPassword(added, password);
      expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
      expect(url).toBe(`rediss://${USER}:${password}@cache.internal:6379/0`);
      expect(stages).toEqual(["AWSCURRENT", "IN_CACHE"]);
      expect(await authentication()).toEqual({ Type: "password", PasswordCount: 2 });
      expect(await checkOf("verify")).toBe("fail");

      const last = await run();
      expect(last).toMatchObject({ exitCode: 0, json: { status: "given" } });
      expectNoPassword(last, password);
      expect(await authentication()).toEqual({ Type: "password", PasswordCount: 1 });
      expect(await checkOf("verify")).toBe("pass");
    });

    it("is nothing for an environment whose cache has none", async () => {
      const { exitCode, json } = await stage().ops("cache-user", "--yes", "--json");
      expect({ exitCode, json }).toMatchObject({ exitCode: 0, json: { status: "no-password" } });
    });
  });
}
