// The provider that commands of Terraform share: a process for each of its configurations, and no more types than are named.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "./child-environment";
import { expectSuccess, startCommand } from "./command";
import { requirePrerequisites } from "./prerequisites";
import { namedTypes, withTypes } from "./provider-schema";
import { type SharedProvider, startSharedProvider } from "./shared-provider";

jest.setTimeout(120_000);

/** A field of Protocol Buffers that holds text or further fields, each shorter than 128 bytes. */
function field(number: number, ...contents: readonly (string | Buffer)[]): Buffer {
  const content = Buffer.concat(contents.map((one) => Buffer.from(one)));
  return Buffer.concat([Buffer.from([number * 8 + 2, content.length]), content]);
}

describe("the schemas", () => {
  it("keep all but the resources and data sources that nobody names", () => {
    const entry = (map: number, type: string) => field(map, field(1, type), field(2, "its schema"));
    const provider = field(1, "the provider's own");
    const version = Buffer.from([9 * 8, 200, 1]);
    const kept = [provider, entry(2, "aws_vpc"), version, entry(3, "aws_vpc"), entry(7, "arn_parse")];
    const all = Buffer.concat([
      provider,
      entry(2, "aws_quicksight_analysis"),
      ...kept.slice(1, 3),
      entry(3, "aws_quicksight_analysis"),
      ...kept.slice(3),
    ]);
    expect(withTypes(all, new Set(["aws_vpc"]))).toEqual(Buffer.concat(kept));
  });

  it("are those that the constructs, Terraform's JSON or own code name", () => {
    expect([...namedTypes()]).toEqual(
      expect.arrayContaining(["aws_wafv2_web_acl", "aws_db_instance", "aws_region", "aws_network_interface"]),
    );
  });
});

describe("the processes", () => {
  let folder: string;
  let provider: SharedProvider;

  beforeAll(async () => {
    await requirePrerequisites();
    folder = await mkdtemp(join(tmpdir(), "shared-provider-"));
    // Nothing is asked of AWS.
    const variables = childEnvironment("http://127.0.0.1:1");
    provider = await startSharedProvider(variables);
  });
  afterAll(async () => {
    await provider.stop();
    await rm(folder, { recursive: true });
  });

  async function terraform(...args: readonly string[]): Promise<string> {
    const variables = { ...childEnvironment("http://127.0.0.1:1"), ...provider.variables };
    const ended = await startCommand("terraform", args, { folder, variables }).ended;
    return expectSuccess(`terraform ${args[0]}`, ended).stdout;
  }

  /** Regions, each from a provider of its own, read while both stand. */
  async function regions(first: string, second: string): Promise<unknown> {
    const unasked = { skip_credentials_validation: true, skip_requesting_account_id: true };
    const configuration = {
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      provider: {
        aws: [
          { region: first, ...unasked },
          { alias: "second", region: second, ...unasked },
        ],
      },
      data: {
        aws_region: {
          first_configured: {},
          second_configured: { provider: "aws.second" },
          first: { depends_on: ["data.aws_region.second_configured"] },
          second: { provider: "aws.second", depends_on: ["data.aws_region.first_configured"] },
        },
      },
      output: { regions: { value: ["${data.aws_region.first.name}", "${data.aws_region.second.name}"] } },
    };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
    await terraform("init");
    await terraform("apply", "-auto-approve");
    return JSON.parse(await terraform("output", "-json")).regions.value;
  }

  it("answer each configuration of a command as it is configured, in whatever order commands come", async () => {
    expect(await regions("us-east-1", "us-west-2")).toEqual(["us-east-1", "us-west-2"]);
    expect(await regions("us-west-2", "us-east-1")).toEqual(["us-west-2", "us-east-1"]);
    expect(await regions("eu-west-1", "us-east-1")).toEqual(["eu-west-1", "us-east-1"]);
  });
});
