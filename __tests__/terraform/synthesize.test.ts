// A synth replaces what is there as a whole, or not at all.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Annotations, type App, Aspects, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { annotations } from "../../src/terraform/annotations";
import type { BaseStack } from "../../src/terraform/base-stack";
import { writeImports } from "../../src/terraform/import-blocks";
import { belongsIn, explain } from "../../src/terraform/notes";
import { ownerOf, replacedNotice, unfinishedOwners } from "../../src/terraform/owner";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { stackIn } from "./stacks";

let outdir: string;
const inOut = (...path: string[]) => join(outdir, ...path);
const files = (...path: string[]) => readdirSync(inOut(...path)).sort();
const read = (...path: string[]) => readFileSync(inOut(...path), "utf8");

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "synthesize-test-"));
});

afterEach(() => rmSync(outdir, { recursive: true, force: true }));

function synth(
  options: { hcl?: boolean; ids?: string[]; owner?: string } = {},
  change: (stack: BaseStack, app: App) => void = () => {},
): App {
  const app = createApp({ outdir, hcl: options.hcl });
  for (const id of options.ids ?? ["django"]) change(stackIn(app, id), app);
  synthesize(app, options.owner ?? "shop");
  return app;
}

describe("the files", () => {
  test.each(["cdk.tf.json", "adopt.tf.json"])(
    "are written beside a link that stands in %s's way, not through it",
    (file) => {
      synth();
      const precious = inOut("precious");
      writeFileSync(precious, "mine");
      symlinkSync(precious, inOut("stacks", "django", `${file}.incomplete`));
      writeImports(inOut("stacks", "django"), [{ address: "aws_vpc.vpc", id: "vpc-1" }], "default");
      synth();
      expect(readFileSync(precious, "utf8")).toBe("mine");
      expect(files("stacks", "django").filter((name) => name.endsWith(".incomplete"))).toEqual([]);
      expect(JSON.parse(read("stacks", "django", "cdk.tf.json"))).toHaveProperty("terraform");
    },
  );

  test("forget the state of another environment, and only then", () => {
    const backend = inOut("stacks", "django", ".terraform", "terraform.tfstate");
    synth();
    mkdirSync(inOut("stacks", "django", ".terraform"));
    writeFileSync(backend, "{}");
    synth();
    expect(existsSync(backend)).toBe(true);
    synth({ owner: "another" });
    expect(existsSync(backend)).toBe(false);
    expect(read("environment")).toBe("another\n");
  });

  test.each([false, true])("are nobody's while a synth has not come to its end (HCL: %p)", (hcl) => {
    synth({ hcl, ids: ["django", "rules"], owner: "blog" });
    // A folder where a file is to be written stops a synth halfway, as a full disk does.
    const obstacle = inOut("stacks", "rules", hcl ? "cdk.tf" : "cdk.tf.json");
    rmSync(obstacle);
    mkdirSync(obstacle);
    writeImports(inOut("stacks", "rules"), [{ address: "aws_vpc.kept", id: "vpc-1" }], "default");
    expect(() => synth({ hcl, ids: ["django", "rules"] })).toThrow(/EISDIR/);
    expect(ownerOf(outdir)).toBeUndefined();
    expect(unfinishedOwners(outdir)).toEqual(["blog", "shop"]);
    expect(existsSync(inOut("stacks", "rules", "adopt.tf.json"))).toBe(false);
    // The next one takes them for the other's, too.
    rmSync(obstacle, { recursive: true });
    const app = createApp({ outdir, hcl });
    stackIn(app, "django");
    expect(synthesize(app, "shop").replaced).toBe("blog");
    expect(ownerOf(outdir)).toBe("shop");
    expect(unfinishedOwners(outdir)).toEqual([]);
  });

  test("keep the imports of their own environment when a synth has not come to its end", () => {
    const withRule = (stack: BaseStack) => new Vpc(stack, "kept", {}).overrideLogicalId("kept");
    synth({}, withRule);
    writeImports(inOut("stacks", "django"), [{ address: "aws_vpc.kept", id: "vpc-1" }], "default");
    rmSync(inOut("manifest.json"));
    mkdirSync(inOut("manifest.json"));
    expect(() => synth({}, withRule)).toThrow(/EISDIR/);
    rmSync(inOut("manifest.json"), { recursive: true });
    synth({}, withRule);
    expect(files("stacks", "django")).toEqual(["adopt.tf.json", "cdk.tf.json", "versions.tf"]);
  });

  test("say whose they replaced", () => {
    const replaced = (owner: string) => {
      const app = createApp({ outdir });
      stackIn(app, "django");
      return synthesize(app, owner).replaced;
    };
    expect(["shop", "shop", "blog", "blog", "shop"].map(replaced)).toEqual([
      undefined,
      undefined,
      "shop",
      undefined,
      "blog",
    ]);
    expect(replacedNotice("cdktf.out", "shop", "blog")).toBe(
      "[warn] cdktf.out held the stacks of shop; it now holds those of blog. If that is not what you meant, set ENVIRONMENT " +
        "and synthesize again; to keep both, give one a folder of its own: CDKTF_OUTDIR=cdktf.out.shop, or --output with " +
        "npx cdktf.",
    );
  });

  test("keep imports into resources that there are, unless they were another environment's", () => {
    const imports = () => JSON.parse(read("stacks", "django", "adopt.tf.json")).import;
    const withRule = (stack: BaseStack) => new Vpc(stack, "kept", {}).overrideLogicalId("kept");
    const write = () =>
      writeImports(
        inOut("stacks", "django"),
        [
          { address: "aws_vpc.kept", id: "vpc-1" },
          { address: "aws_vpc.gone", id: "vpc-2" },
        ],
        "default",
      );
    synth({}, withRule);
    write();
    synth({}, withRule);
    expect(imports()).toMatchObject([{ to: "aws_vpc.kept", id: "vpc-1" }]);
    synth({ hcl: true }, withRule);
    expect(files("stacks", "django")).toEqual([
      "adopt.tf.json",
      "cdk.tf",
      "kept.tf",
      "metadata.json",
      "versions.tf",
    ]);
    synth();
    expect(files("stacks", "django")).toEqual(["cdk.tf.json", "versions.tf"]);
    write();
    synth({ owner: "another" }, withRule);
    expect(files("stacks", "django")).toEqual(["cdk.tf.json", "versions.tf"]);
  });

  test("import into what a resource is called now, and say which imports are gone", () => {
    const app = createApp({ outdir });
    // Before addresses were without hashes, this one was called `uploads-vpc_1F4D6F3C` or the like.
    const stack = stackIn(app, "django");
    new Vpc(new Construct(stack, "uploads"), "vpc", {});
    const former = stack.moves()[0]?.from ?? "";
    expect(former).toMatch(/^aws_vpc\.uploads_vpc_[0-9A-F]{8}$/);
    mkdirSync(inOut("stacks", "django"), { recursive: true });
    writeFileSync(inOut("environment"), "shop\n");
    writeImports(
      inOut("stacks", "django"),
      [
        { address: former, id: "vpc-1" },
        { address: "aws_vpc.gone", id: "vpc-2" },
      ],
      "default",
    );
    expect(synthesize(app, "shop").notices).toEqual([
      `[warn] ${inOut("stacks", "django", "adopt.tf.json")} no longer imports vpc-2 into aws_vpc.gone, because the stack ` +
        "has no such resource: Terraform would refuse to plan. If the rule is to be taken over, declare its connection and " +
        "run `npm run -s ops -- adopt` again.",
    ]);
    expect(JSON.parse(read("stacks", "django", "adopt.tf.json")).import).toMatchObject([
      { to: "aws_vpc.vpc", id: "vpc-1" },
    ]);
    expect(synthesize(app, "shop").notices).toEqual([]);
  });

  test("are not written where two resources have one address, and all of them are said, in every stack", () => {
    const twice = (stack: BaseStack) => {
      for (const id of ["one", "two"]) new Vpc(new Construct(stack, id), "vpc", {});
    };
    expect(() => synth({ ids: ["django", "rules"] }, twice)).toThrow(
      expect.objectContaining({
        name: "DuplicateAddressError",
        problems: [
          expect.stringContaining("aws_vpc.vpc is the address of django/one/vpc and of django/two/vpc."),
          expect.stringContaining("aws_vpc.vpc is the address of rules/one/vpc and of rules/two/vpc."),
        ],
      }),
    );
    expect(files("stacks")).toEqual([]);
    expect(existsSync(inOut("manifest.json"))).toBe(false);
  });

  test("are one configuration a stack, in the format asked for last", () => {
    synth();
    expect(files("stacks", "django")).toEqual(["cdk.tf.json", "versions.tf"]);
    synth({ hcl: true });
    expect(files("stacks", "django")).toEqual(["cdk.tf", "metadata.json", "versions.tf"]);
    expect(read("stacks", "django", "cdk.tf")).toMatch(
      /^# Written by a synth[^\n]*\n\nterraform \{\n {2}backend/,
    );
    synth();
    expect(files("stacks", "django")).toEqual(["cdk.tf.json", "versions.tf"]);
  });

  test("in HCL are divided by topic, and those of an earlier division go", () => {
    synth({ hcl: true }, (stack) => {
      new Vpc(new Construct(stack, "Network"), "vpc", {});
      const inside = new Construct(stack, "alarm-cpu");
      belongsIn(inside, "monitoring");
      const topic = new SnsTopic(inside, "topic", {});
      explain(topic, "Who is told of alarms.");
      new TerraformVariable(inside, "size", { type: "number" });
      new TerraformOutput(inside, "id", { value: topic.id });
    });
    expect(files("stacks", "django")).toEqual([
      "cdk.tf",
      "metadata.json",
      "monitoring.tf",
      "moved.tf",
      "network.tf",
      "outputs.tf",
      "variables.tf",
      "versions.tf",
    ]);
    const mark = read("stacks", "django", "cdk.tf").split("\n")[0];
    expect(read("stacks", "django", "monitoring.tf")).toBe(
      `${mark}\n\n# Who is told of alarms.\nresource "aws_sns_topic" "topic" {}\n`,
    );
    synth({ hcl: true });
    expect(files("stacks", "django")).toEqual(["cdk.tf", "metadata.json", "versions.tf"]);
  });

  test("of others are not overwritten: nothing is written then", () => {
    synth();
    const before = read("stacks", "django", "cdk.tf.json");
    writeFileSync(inOut("stacks", "django", "network.tf"), "locals {}\n");
    const inHcl = () =>
      synth({ hcl: true }, (stack) => void new Vpc(new Construct(stack, "network"), "vpc", {}));
    expect(inHcl).toThrow(
      /network\.tf is no synth's, and a synth writes a file of this name there\. Give yours another name\./,
    );
    expect(read("stacks", "django", "cdk.tf.json")).toBe(before);
    expect(files("stacks", "django")).toEqual(["cdk.tf.json", "network.tf", "versions.tf"]);
  });

  test("of others are not overwritten under the names that CDKTF gives either, nor removed", () => {
    synth();
    writeFileSync(inOut("stacks", "django", "cdk.tf"), "locals {}\n");
    writeFileSync(inOut("stacks", "django", "metadata.json"), '{"mine": true}\n');
    expect(() => synth({ hcl: true })).toThrow(/cdk\.tf is no synth's[\s\S]*metadata\.json is no synth's/);
    synth();
    expect(read("stacks", "django", "cdk.tf")).toBe("locals {}\n");
    expect(read("stacks", "django", "metadata.json")).toBe('{"mine": true}\n');
  });

  test("of a synth are known as such where one of them is gone, or has no mark yet", () => {
    synth({ hcl: true });
    rmSync(inOut("stacks", "django", "cdk.tf"));
    synth({ hcl: true });
    expect(files("stacks", "django")).toEqual(["cdk.tf", "metadata.json", "versions.tf"]);
    const [mark, ...rest] = read("stacks", "django", "cdk.tf").split("\n");
    expect(mark).toMatch(/^# Written by a synth/);
    writeFileSync(inOut("stacks", "django", "cdk.tf"), rest.join("\n"));
    synth();
    expect(files("stacks", "django")).toEqual(["cdk.tf.json", "versions.tf"]);
  });

  test("in JSON say the version of Terraform beside, where no scanner stumbles over it", () => {
    synth();
    expect(JSON.parse(read("stacks", "django", "cdk.tf.json")).terraform).toEqual({
      backend: expect.anything(),
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    });
    expect(read("stacks", "django", "versions.tf")).toMatch(
      /\nterraform \{\n {2}required_version = ">= 1\.11\.0"\n\}\n$/,
    );
  });

  test("of Terraform and the user stay, also where the stack is no more", () => {
    synth({ ids: ["django", "gone"] });
    for (const id of ["django", "gone"]) {
      mkdirSync(inOut("stacks", id, ".terraform"));
      writeFileSync(inOut("stacks", id, "terraform.tfstate"), "{}");
    }
    synth({ hcl: true });
    expect(files("stacks", "django")).toEqual([
      ".terraform",
      "cdk.tf",
      "metadata.json",
      "terraform.tfstate",
      "versions.tf",
    ]);
    expect(files("stacks", "gone")).toEqual([".terraform", "terraform.tfstate"]);
  });

  test("are the same on every run and name no folder of this machine", () => {
    const everything = () =>
      ["manifest.json", "stacks/django/cdk.tf.json"].map((path) => read(path)).join("\n");
    const warn = (stack: BaseStack) => Annotations.of(stack).addWarning("careful");
    synth({}, warn);
    const first = everything();
    synth({}, warn);
    expect(everything()).toBe(first);
    for (const folder of [outdir, tmpdir(), process.cwd()]) expect(first).not.toContain(folder);
  });

  test("are listed in the manifest that cdktf-cli reads", () => {
    synth({ ids: ["django", "rules"] }, (stack) => Annotations.of(stack).addWarning("careful"));
    expect(JSON.parse(read("manifest.json")).stacks.rules).toEqual({
      name: "rules",
      constructPath: "rules",
      workingDirectory: "stacks/rules",
      synthesizedStackPath: "stacks/rules/cdk.tf.json",
      stackMetadataPath: "stacks/rules/metadata.json",
      annotations: [{ constructPath: "rules", level: "@cdktf/warn", message: "careful" }],
      dependencies: [],
    });
  });
});

describe("an error", () => {
  const failures: Record<string, (stack: BaseStack, app: App) => void> = {
    "in a validation": (stack) => stack.node.addValidation({ validate: () => ["wrong"] }),
    "in a validation of the app": (_, app) => app.node.addValidation({ validate: () => ["wrong"] }),
    "in an annotation": (stack) => Annotations.of(stack).addError("wrong"),
    "in an aspect": (stack) =>
      Aspects.of(stack).add({
        visit: () => {
          throw new Error("wrong");
        },
      }),
    "in the configuration": (stack) => {
      Object.defineProperty(new Vpc(stack, "vpc", {}), "toTerraform", {
        value: () => {
          throw new Error("wrong");
        },
      });
    },
  };

  test.each(Object.entries(failures))("%s of the last stack leaves the output as it was", (_, fail) => {
    synth({ ids: ["first", "last"] });
    const before = [read("manifest.json"), read("stacks", "first", "cdk.tf.json")];
    const changed = (stack: BaseStack, app: App) => {
      new Vpc(stack, "new", {});
      if (stack.node.id === "last") fail(stack, app);
    };
    expect(() => synth({ hcl: true, ids: ["first", "last"] }, changed)).toThrow("wrong");
    expect([read("manifest.json"), read("stacks", "first", "cdk.tf.json")]).toEqual(before);
    expect(existsSync(inOut("stacks", "first", "cdk.tf"))).toBe(false);
  });

  test("in an annotation stops the synth under cdktf-cli too", () => {
    process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "true";
    try {
      expect(() => synth({}, (stack) => Annotations.of(stack).addError("wrong"))).toThrow("[django] wrong");
    } finally {
      delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
    }
    expect(existsSync(inOut("manifest.json"))).toBe(false);
  });
});

test("annotations are told with their level and path, in the order of the tree", () => {
  const app = synth({}, (stack) => {
    Annotations.of(stack).addInfo("hello");
    Annotations.of(new Vpc(stack, "vpc", {})).addWarning("careful");
  });
  expect(annotations(app)).toEqual([
    { level: "info", path: "django", message: "hello" },
    { level: "warn", path: "django/vpc", message: "careful" },
  ]);
});
