// `preflight` of what none of the environments has: images in ECR, a certificate, a hosted zone, an account.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ACMClient, DeleteCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { jsonAnswer, jsonError } from "../support/aws-proxy";
import { ACCOUNT, CREDENTIALS, REGION } from "../support/child-environment";
import { beHealthy } from "./healthy-platform";
import { detailOf, failures, statuses } from "./preflight-report";
import type { Stage } from "./stage";

export function describePreflightOfShop(stage: () => Stage): void {
  describe("preflight: an environment with images in ECR and a domain", () => {
    beforeEach(() => beHealthy(stage().proxy));

    const client = () => ({ endpoint: stage().emulator.endpoint, region: REGION, credentials: CREDENTIALS });
    const preflight = (environment: string, variables: Readonly<Record<string, string>>) =>
      stage().opsWith(variables, "preflight", "--environment", environment, "--json");

    const OTHER_ACCOUNT = "999988887777";
    const repositoryName = "preflight-shop/web";
    const domain = "shop.preflight.example";
    let zone: string;
    let certificateArn: string;

    const image = (account: string, tag: string) =>
      `${account}.dkr.ecr.${REGION}.amazonaws.com/${repositoryName}:${tag}`;
    const service = { cpu: 256, memory: 512 } as const;

    /** Runs preflight on an environment that is there for this run alone. */
    const preflightOf = async (
      { dns, ...given }: Partial<EnvironmentInput>,
      variables: Readonly<Record<string, string>> = {},
    ) => {
      const name = "preflight-shop";
      const input: EnvironmentInput = {
        name,
        region: REGION,
        network: { cidr: "10.50.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
        services: { web: { ...service, image: "shop/web:1.0.0", port: 8000 } },
        ...given,
      };
      const file = join(stage().workspace.folder, "dist", "src", "environments", `${name}.js`);
      // The emulator's hosted zones have IDs that AWS's never have, and that the schema refuses.
      const text =
        `const { defineEnvironment } = require("../validation/define-environment");\n` +
        `exports.default = { ...defineEnvironment(${JSON.stringify(input)}), dns: ${JSON.stringify(dns)} };\n`;
      await writeFile(file, text);
      try {
        return await preflight(name, variables);
      } finally {
        await rm(file);
      }
    };

    beforeAll(async () => {
      const ecr = new ECRClient(client());
      await ecr.send(new CreateRepositoryCommand({ repositoryName }));
      const imageManifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: "application/vnd.docker.distribution.manifest.v2+json",
        config: {
          mediaType: "application/vnd.docker.container.image.v1+json",
          size: 1,
          digest: `sha256:${"0".repeat(64)}`,
        },
        layers: [],
      });
      await ecr.send(new PutImageCommand({ repositoryName, imageTag: "1.0.0", imageManifest }));
      const { HostedZone } = await new Route53Client(client()).send(
        new CreateHostedZoneCommand({ Name: "preflight.example", CallerReference: String(Date.now()) }),
      );
      zone = (HostedZone?.Id ?? "").replace("/hostedzone/", "");
      const { CertificateArn = "" } = await new ACMClient(client()).send(
        new RequestCertificateCommand({ DomainName: domain, ValidationMethod: "DNS" }),
      );
      certificateArn = CertificateArn;
    });

    afterAll(async () => {
      await new ECRClient(client()).send(new DeleteRepositoryCommand({ repositoryName, force: true }));
      await new Route53Client(client()).send(new DeleteHostedZoneCommand({ Id: zone }));
      await new ACMClient(client()).send(new DeleteCertificateCommand({ CertificateArn: certificateArn }));
    });

    it("finds an image that is there, one that is not, and one that it may not look for", async () => {
      const { proxy } = stage();
      proxy.answer("ecr:DescribeImages", async ({ body }, forward) =>
        body.includes(OTHER_ACCOUNT)
          ? jsonError("AccessDeniedException", "User: moto is not authorized to perform: ecr:DescribeImages")
          : forward(),
      );
      const run = await preflightOf({
        services: {
          web: { ...service, image: image(ACCOUNT, "1.0.0") },
          missing: { ...service, image: image(ACCOUNT, "2.0.0") },
          elsewhere: { ...service, image: image(OTHER_ACCOUNT, "1.0.0") },
        },
      });
      expect(failures(run)).toEqual(["image:missing"]);
      expect(statuses(run)).toMatchObject({ "image:web": "pass", "image:elsewhere": "skipped" });
      expect(run.exitCode).toBe(1);
    });

    it("finds a parameter that is there, and one that is not", async () => {
      const ssm = new SSMClient(client());
      const Name = "/preflight/mail";
      await ssm.send(new PutParameterCommand({ Name, Type: "SecureString", Value: "hunter2" }));
      const secrets = { MAIL_KEY: { ssmParameter: Name }, CHAT_KEY: { ssmParameter: "/preflight/chat" } };
      const run = await preflightOf({
        services: { web: { ...service, image: image(ACCOUNT, "1.0.0"), secrets } },
      });
      expect(failures(run)).toEqual(["values:web"]);
      expect(detailOf(run, "values:web")).toContain("CHAT_KEY: there is no parameter /preflight/chat");
      expect(run.stdout).not.toContain("hunter2");
      await ssm.send(new DeleteParameterCommand({ Name }));
    });

    it("looks for the image that a pipeline names", async () => {
      const services = { web: { ...service, image: image(ACCOUNT, "1.0.0") } };
      const run = await preflightOf({ services }, { TF_VAR_web_image_tag: "3.0.0" });
      expect(failures(run)).toEqual(["image:web"]);
      expect(detailOf(run, "image:web")).toContain("3.0.0 is not in the repository preflight-shop/web");
    });

    it("finds a repository made by hand under a name that the environment gives", async () => {
      const run = await preflightOf({ registry: { repositories: ["web"] } });
      expect(failures(run)).toEqual(["names:repositories"]);
      expect(detailOf(run, "names:repositories")).toContain(
        `The repository ${repositoryName} exists and is not this environment's (arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${repositoryName})`,
      );
    });

    it("finds a certificate that is not issued", async () => {
      stage().proxy.answer("acm:DescribeCertificate", () =>
        jsonAnswer({
          Certificate: { CertificateArn: certificateArn, DomainName: domain, Status: "PENDING_VALIDATION" },
        }),
      );
      const run = await preflightOf({ dns: { domain, certificateArn, alternativeNames: [] } });
      expect(failures(run)).toEqual(["certificate"]);
      expect(detailOf(run, "certificate")).toContain("its status is PENDING_VALIDATION");
      expect(run.exitCode).toBe(1);
    });

    it("finds a certificate that can be used", async () => {
      stage().proxy.answer("acm:DescribeCertificate", () =>
        jsonAnswer({
          Certificate: { DomainName: "*.preflight.example", Status: "ISSUED", NotAfter: 4_102_444_800 },
        }),
      );
      const run = await preflightOf({ dns: { domain, certificateArn, alternativeNames: [] } });
      expect(failures(run)).toEqual([]);
      expect(detailOf(run, "certificate")).toBe(`Issued for ${domain}, valid until 2100-01-01.`);
      expect(run.exitCode).toBe(0);
    });

    it("finds a certificate that is not there", async () => {
      const absent = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/00000000-0000-0000-0000-000000000000`;
      const run = await preflightOf({ dns: { domain, certificateArn: absent, alternativeNames: [] } });
      expect(failures(run)).toEqual(["certificate"]);
      expect(detailOf(run, "certificate")).toContain("There is no certificate");
    });

    it("finds a hosted zone that is not there", async () => {
      const run = await preflightOf({ dns: { domain, hostedZoneId: "Z0", alternativeNames: [] } });
      expect(failures(run)).toEqual(["hosted-zone"]);
      expect(statuses(run)["names:records"]).toBe("skipped");
      expect(run.exitCode).toBe(1);
    });

    it("finds the hosted zone by its name, and that none has the name", async () => {
      const named = await preflightOf({
        dns: { domain, hostedZoneName: "preflight.example", alternativeNames: [] },
      });
      expect(failures(named)).toEqual([]);
      expect(statuses(named)).toMatchObject({ "hosted-zone": "pass", "names:records": "pass" });
      const absent = await preflightOf({ dns: { domain, hostedZoneName: "example", alternativeNames: [] } });
      expect(failures(absent)).toEqual(["hosted-zone"]);
      expect(detailOf(absent, "hosted-zone")).toContain("There is no public hosted zone example");
    });

    it("finds the hosted zone, and a record in the way", async () => {
      const dns = { domain, hostedZoneId: zone, alternativeNames: [`www.${domain}`] };
      expect(failures(await preflightOf({ dns }))).toEqual([]);

      const change = (Action: "CREATE" | "DELETE") =>
        new Route53Client(client()).send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId: zone,
            ChangeBatch: {
              Changes: [
                {
                  Action,
                  ResourceRecordSet: {
                    Name: `www.${domain}`,
                    Type: "A",
                    TTL: 300,
                    ResourceRecords: [{ Value: "203.0.113.7" }],
                  },
                },
              ],
            },
          }),
        );
      await change("CREATE");
      const run = await preflightOf({ dns });
      await change("DELETE");
      expect(failures(run)).toEqual(["names:records"]);
      expect(detailOf(run, "names:records")).toContain(`www.${domain} leads to 203.0.113.7`);
      expect(run.exitCode).toBe(1);
    });

    it("refuses another account's credentials, and still reports the rest", async () => {
      const run = await preflightOf({ account: OTHER_ACCOUNT });
      expect(failures(run)).toEqual(["credentials"]);
      expect(run.json).toMatchObject({ ok: false, account: null, error: { kind: "wrong-account" } });
      expect(statuses(run)).toMatchObject({ "tool:terraform": "pass", "names:vpc": "skipped" });
      expect(run.exitCode).toBe(3);
    });
  });
}
