// Which environment is meant: the one that is named, else the one that cdktf.json names; and what is said where neither is there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, configurationOf } from "../../src/project/configuration";
import { Environments, UnknownEnvironmentError } from "../../src/project/environments";
import { EnvironmentError } from "../../src/schema/problem";

const scratch = mkdtempSync(join(tmpdir(), "environments-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const DEFINE = require.resolve("../../src/validation/define-environment");

const shop = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512 } },
};

const file = (input: object) =>
  `exports.default = require(${JSON.stringify(DEFINE)}).defineEnvironment(${JSON.stringify(input)});`;

let folders = 0;

/** A folder with these files, by name. */
function environmentsFolder(files: Readonly<Record<string, string>>): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The environments in such a folder. */
function environments(files: Readonly<Record<string, string>>, configured?: string): Environments {
  return new Environments({ folder: environmentsFolder(files), configured });
}

const two = { "blue.js": file({ ...shop, name: "blue" }), "green.js": file({ ...shop, name: "green" }) };

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UnknownEnvironmentError) {
      return error.message;
    }
    throw error;
  }
  throw new Error("Nothing was refused.");
}

describe("two files", () => {
  const twins = { "blue.js": file({ ...shop, name: "shop" }), "green.js": file({ ...shop, name: "shop" }) };

  it("of one name are refused, and both are named", () => {
    const message =
      'have the same name: "shop". It tells the resources and the states of one environment from those of another: choose ' +
      "another name for the one that is not deployed yet.";
    expect(refusal(() => environments(twins).load("blue"))).toBe(
      `blue.ts and green.ts in src/environments ${message}`,
    );
    expect(refusal(() => environments(twins).load("green"))).toBe(
      `green.ts and blue.ts in src/environments ${message}`,
    );
  });

  it("of which one cannot be read stop nobody but who asks for that", () => {
    const broken = { ...twins, "green.js": "throw new Error('broken');" };
    expect(environments(broken).load("blue").name).toBe("shop");
    expect(() => environments(broken).load("green")).toThrow("broken");
  });
});

describe("a file that is ignored for its name", () => {
  const text = file({ ...shop, name: "staging" });
  const found = environments({
    "blue.js": two["blue.js"],
    "Staging.js": text,
    "my_shop.js": text,
    "types.d.ts": "",
  });
  const notice =
    "[warn] Ignored in src/environments: Staging.js, my_shop.js. The name of an environment's file takes lower-case " +
    "letters, digits and hyphens: staging.ts, my-shop.ts, say.";

  it("is said", () => {
    expect(found.ignoredNotice()).toBe(notice);
    expect(environments(two).ignoredNotice()).toBeUndefined();
  });

  it("is said to whoever asks for it", () => {
    expect(refusal(() => found.load("staging"))).toBe(
      'There is no environment "staging". Known: blue.\nSet ENVIRONMENT to one of them, or add a file to src/environments.' +
        `\n${notice}`,
    );
  });

  it("leaves nobody else the only one: another environment must not be deployed in its place", () => {
    expect(refusal(() => found.load())).toMatch(/^Which environment\? Known: blue\./);
    expect(found.load("blue").name).toBe("blue");
  });
});

describe("which environment", () => {
  it("is the named one, even where another is the default", () => {
    expect(environments(two, "blue").load("green").name).toBe("green");
  });

  it.each([undefined, ""])("is the configured one where %p is named", (name) => {
    expect(environments(two, "blue").load(name).name).toBe("blue");
  });

  it("is the only one where nothing is configured", () => {
    expect(environments({ "blue.js": two["blue.js"] }).choose()).toBe("blue");
  });

  it.each([
    [
      "an unknown one",
      environments(two, "blue"),
      "red",
      'There is no environment "red". Known: blue, green.\n' +
        "Set ENVIRONMENT to one of them, or add a file to src/environments.",
    ],
    [
      "a misspelt one",
      environments(two, "blue"),
      "Bleu",
      'There is no environment "Bleu"; did you mean "blue"? Known: blue, green.\n' +
        "Set ENVIRONMENT to one of them, or add a file to src/environments.",
    ],
    [
      "a default that is not there",
      environments(two, "red"),
      undefined,
      'There is no environment "red", which cdktf.json names as the default. Known: blue, green.\n' +
        'Set ENVIRONMENT to one of them, name one under "context", "environment" in cdktf.json, or add a file to ' +
        "src/environments.",
    ],
    [
      "no default among two",
      environments(two),
      undefined,
      "Which environment? Known: blue, green.\n" +
        'Set ENVIRONMENT to one of them, or name one under "context", "environment" in cdktf.json.',
    ],
    [
      "an empty folder",
      environments({}, "blue"),
      undefined,
      "There is no environment yet: add a file to src/environments.",
    ],
    [
      "no folder",
      new Environments({ folder: join(scratch, "nowhere") }),
      "blue",
      "There is no environment yet: add a file to src/environments.",
    ],
  ])("says what to do for %s", (_case, found, name, message) => {
    expect(refusal(() => found.load(name))).toBe(message);
  });

  it("says that a default is missing even where only one other is there", () => {
    expect(refusal(() => environments({ "blue.js": two["blue.js"] }, "red").load())).toMatch(
      /^There is no environment "red", which cdktf\.json names as the default\. Known: blue\./,
    );
  });
});

describe("a folder of environments", () => {
  it("holds one a file, by the file's name; other files are no environments", () => {
    const found = environments({
      ...two,
      "readme.md": "",
      "_shared.js": "",
      "Notes.js": "",
      "blue.d.ts": "",
    });
    expect(found.names()).toEqual(["blue", "green"]);
  });

  it("lets a mistake in one file stop that one alone", () => {
    const found = environments({
      ...two,
      "broken.js": file({ ...shop, region: "Dublin" }),
      "thrown.js": "oops();",
    });
    expect(found.names()).toEqual(["blue", "broken", "green", "thrown"]);
    expect(found.load("blue").name).toBe("blue");
    expect(() => found.load("broken")).toThrow(EnvironmentError);
    expect(() => found.load("thrown")).toThrow("oops is not defined");
  });

  it.each([
    ["nothing", ""],
    ["it by another name", file(shop).replace("exports.default", "exports.shop")],
    ["something else", "exports.default = 7;"],
  ])("says what a file lacks that exports %s", (_what, text) => {
    const found = environments({ "blue.js": text });
    expect(() => found.load("blue")).toThrow(ConfigurationError);
    expect(() => found.load("blue")).toThrow(
      /^The file of the environment "blue" exports none: write `export default defineEnvironment\(\{ \.\.\. \}\);` in it\.$/,
    );
  });
});

describe("cdktf.json", () => {
  const configured = (text?: string) => {
    const root = join(scratch, String(folders++));
    mkdirSync(root);
    if (text !== undefined) {
      writeFileSync(join(root, "cdktf.json"), text);
    }
    return configurationOf(root);
  };

  it("names the default environment in its context", () => {
    expect(
      configured('{ "app": "true", "context": { "environment": "blue", "other": 1 } }').environment,
    ).toBe("blue");
  });

  it.each(['{ "app": "true" }', '{ "context": {} }', undefined])("need not: %s", (text) => {
    expect(configured(text).environment).toBeUndefined();
  });

  it.each([
    ['{ "context": { "environment": 7 } }', /^cdktf\.json: write the default environment's name as text/],
    ['{ "context": { "environment": "" } }', /^cdktf\.json: write the default environment's name as text/],
    [
      '{ "context": { "environments": [] } }',
      /the folder of compiled environments, "environments": "<folder>"/,
    ],
    ["{", /^cdktf\.json is not JSON: SyntaxError/],
    [
      '{ "context": { "enviroment": "blue" } }',
      /^cdktf\.json: unknown setting "enviroment" in "context"; did you mean "environment"\?$/,
    ],
    [
      '{ "context": { "environment": "blue", "enviroments": "built" } }',
      /^cdktf\.json: unknown setting "enviroments" in "context"; did you mean "environments"\?$/,
    ],
    ['{ "environment": "blue" }', /^cdktf\.json: move "environment" into "context", as "environment"\.$/],
    [
      '{ "contxt": { "environment": "blue" } }',
      /^cdktf\.json: unknown setting "contxt"; did you mean "context"\?$/,
    ],
  ])("is refused where it says %s", (text, message) => {
    expect(() => configured(text)).toThrow(ConfigurationError);
    expect(() => configured(text)).toThrow(message);
  });

  it("leaves settings alone that are somebody else's", () => {
    const text =
      '{ "context": { "environment": "blue", "environmentId": "7", "excludeStackIdFromLogicalIds": true } }';
    expect(configured(text).environment).toBe("blue");
  });

  it("is missed where it alone could say which environment is meant", () => {
    const found = new Environments({ folder: environmentsFolder(two), unconfigured: "/srv/shop" });
    expect(refusal(() => found.load())).toBe(
      "Which environment? There is no cdktf.json in /srv/shop. Known: blue, green.\n" +
        'Set ENVIRONMENT to one of them, or name one under "context", "environment" in cdktf.json.',
    );
  });

  it("names the folder of the environments, of which it may be the only one", () => {
    const root = join(scratch, String(folders++));
    mkdirSync(join(root, "built"), { recursive: true });
    writeFileSync(join(root, "cdktf.json"), '{ "context": { "environments": "built" } }');
    expect(() => Environments.ofProject(root).load()).toThrow("add a file to the sources of built");
    writeFileSync(join(root, "built", "blue.js"), file({ ...shop, name: "blue" }));
    expect(Environments.ofProject(root).load().name).toBe("blue");
  });

  it("is refused where that folder is not there", () => {
    const root = join(scratch, String(folders++));
    mkdirSync(root);
    writeFileSync(join(root, "cdktf.json"), '{ "context": { "environments": "dist/environments" } }');
    expect(() => Environments.ofProject(root)).toThrow(
      'cdktf.json names "dist/environments" as the folder of environments, which does not exist: compile the project first',
    );
  });
});
