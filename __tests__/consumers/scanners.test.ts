// What Checkov, Trivy and tflint find in every stack is in the list of what stays, and all of the list is found: in JSON, and in HCL
// without the comments that have it left out. With them, HCL has no finding.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type Accepted, acceptedIn, type Scanner } from "../../src/scanners/accepted";
import { ACCEPTED } from "../../src/scanners/list";
import { allOptions } from "../support/all-options";
import { writeEveryOutput } from "./support/every-output";
import { checkov, type Findings, tflint, trivy } from "./support/scanners";

const TIMEOUT = 300_000;
const root = mkdtempSync(join(tmpdir(), "scanners-"));

/** The stacks by what they are: as JSON, as HCL, and as HCL without the scanners' comments. */
const stacks = { json: [] as string[], hcl: [] as string[], bare: [] as string[] };

beforeAll(() => {
  const withoutKey = { ...allOptions, encryption: { key: "aws-managed" } };
  for (const folder of writeEveryOutput(root, { "all-options without a key": withoutKey }).values()) {
    const stack = relative(root, folder);
    stacks[stack.includes("/json/") ? "json" : "hcl"].push(stack);
  }
  for (const stack of stacks.hcl) {
    const bare = stack.replace("/hcl/", "/bare/");
    cpSync(join(root, stack), join(root, bare), { recursive: true });
    for (const name of readdirSync(join(root, bare))) {
      const file = join(root, bare, name);
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replace(/^ *#(trivy:ignore|checkov:skip).*\n| # tflint-ignore: \w+$/gm, ""));
    }
    stacks.bare.push(bare);
  }
  // The page says so, but for the two rules that it turns off.
  writeFileSync(join(root, ".tflint.hcl"), 'plugin "terraform" {\n  enabled = true\n  preset  = "all"\n}\n');
}, TIMEOUT);

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a list of ours expects of a stack. */
function expected(stack: string, scanner: Scanner): string[] {
  const rows = ACCEPTED.filter((row) => row.scanner === scanner);
  const json = readFileSync(join(root, stack.replace(/\/(hcl|bare)\//, "/json/"), "cdk.tf.json"), "utf8");
  const isJson = stack.includes("/json/");
  return [...acceptedIn(rows, JSON.parse(json).resource)]
    .flatMap(([address, accepted]) =>
      accepted.filter(({ only }) => only === undefined || isJson).map(({ check }) => `${check} ${address}`),
    )
    .toSorted();
}

function all(
  names: readonly string[],
  of: (stack: string) => readonly string[],
): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

function expectList(names: readonly string[], scanner: Scanner, found: Findings): void {
  expect(all(names, (stack) => found.get(stack) ?? [])).toEqual(
    all(names, (stack) => expected(stack, scanner)),
  );
}

/** The rows of the list that nothing has found. */
function idle(scanner: Scanner, found: Findings): Accepted[] {
  const all = [...found.values()].flat();
  return ACCEPTED.filter((row) => row.scanner === scanner).filter(
    ({ check, addresses }) =>
      !all.some((one) => one === `${check} ${addresses}` || one.startsWith(`${check} ${addresses}.`)),
  );
}

test(
  "Checkov",
  async () => {
    const { failed, skipped, unread } = await checkov(root, [...stacks.json, ...stacks.hcl]);
    expect(unread).toEqual([]);
    expectList(stacks.json, "checkov", failed);
    expectList(stacks.hcl, "checkov", skipped);
    expect(all(stacks.hcl, (stack) => failed.get(stack) ?? [])).toEqual(all(stacks.hcl, () => []));
    expect(idle("checkov", failed)).toEqual([]);
  },
  TIMEOUT,
);

test(
  "Trivy",
  async () => {
    const { found, read } = await trivy(root);
    expect(read.toSorted()).toEqual(Object.values(stacks).flat().toSorted());
    expectList([...stacks.json, ...stacks.bare], "trivy", found);
    expect(all(stacks.hcl, (stack) => found.get(stack) ?? [])).toEqual(all(stacks.hcl, () => []));
    expect(idle("trivy", found)).toEqual([]);
  },
  TIMEOUT,
);

test(
  "tflint, with all of its rules",
  async () => {
    const { found, errors } = await tflint(root);
    expect(errors).toEqual([]);
    const ofResources = new Map(
      [...found].map(([stack, findings]) => [stack, findings.filter((one) => !one.endsWith(".tf"))]),
    );
    expectList([...stacks.json, ...stacks.bare], "tflint", ofResources);
    expect(all(stacks.hcl, (stack) => ofResources.get(stack) ?? [])).toEqual(all(stacks.hcl, () => []));
    const ofFiles = [...found.values()].flat().filter((one) => one.endsWith(".tf"));
    const known = ACCEPTED.filter(({ scanner }) => scanner === "tflint").map(
      ({ check, addresses }) => `${check} ${addresses}`,
    );
    expect(ofFiles.filter((one) => !known.includes(one))).toEqual([]);
    expect(idle("tflint", found)).toEqual([]);
  },
  TIMEOUT,
);
