// What each scanner finds in the stacks of a folder, keyed by the address that a resource has in HCL.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { childEnvironment } from "../../e2e/support/child-environment";
import { expectSuccess, startCommand } from "../../e2e/support/command";
import { projectFolder } from "../../e2e/support/project";
import { toolPath } from "./tools";

/** By stack, as `<folder>/stacks/<stack>`, all that was found in it: `<check> <address>`. */
export type Findings = ReadonlyMap<string, readonly string[]>;

const variables = childEnvironment("http://127.0.0.1:1");

async function report(command: string, args: readonly string[], folder: string, codes: readonly number[]) {
  const ended = await startCommand(command, args, { folder, variables }).ended;
  if (!codes.includes(ended.exitCode ?? -1)) expectSuccess(command, ended);
  return JSON.parse(ended.stdout);
}

function grouped(found: readonly (readonly [stack: string, finding: string])[]): Findings {
  const stacks = new Map<string, string[]>();
  for (const [stack, finding] of found) stacks.set(stack, [...(stacks.get(stack) ?? []), finding]);
  return new Map([...stacks].map(([stack, findings]) => [stack, findings.toSorted()]));
}

/**
 * The address of the resource at a line of a stack: in HCL that of the block that begins there; in JSON the type by where it stands, the
 * name by CDKTF's own note beside it.
 * @param line counted from 1
 * @throws Error where there is none
 */
export function addressAt(file: string, line: number): string {
  const lines = readFileSync(file, "utf8").split("\n");
  const here = lines.slice(0, line);
  const [, ...labels] = /^resource "(\w+)" "([\w-]+)"/.exec(here.at(-1) ?? "") ?? [];
  if (labels.length > 0) return labels.join(".");
  const type = /"(\w+)"/.exec(here.findLast((text) => /^ {4}"\w+": \{$/.test(text)) ?? "")?.[1];
  const begin = here.findLastIndex((text) => /^ {6}"[\w-]+": \{$/.test(text));
  const name = /"uniqueId": "([\w-]+)"/.exec(lines.slice(begin, begin + 6).join("\n"))?.[1];
  if (type === undefined || name === undefined) throw new Error(`No resource begins at ${file}:${line}`);
  return `${type}.${name}`;
}

interface CheckovFinding {
  readonly check: string;
  readonly resource: string;
  readonly file: string;
  readonly line: number;
}

/** What Checkov finds in stacks, and what comments have it leave out. */
export async function checkov(root: string, stacks: readonly string[]) {
  const script = join(projectFolder(), "tools", "consumers", "checkov", "scan.py");
  const { said } = await report(toolPath("checkov"), [script, ...stacks], root, [0]);
  const of = (kind: "failed" | "skipped"): Findings =>
    grouped(
      stacks.flatMap((stack) =>
        said[stack][kind].map(({ check, resource, file, line }: CheckovFinding) => {
          const address = file.endsWith(".json") ? addressAt(join(root, stack, file), line) : resource;
          return [stack, `${check} ${address}`] as const;
        }),
      ),
    );
  const unread = stacks.filter((stack) => said[stack].errors.length > 0 || said[stack].passed === 0);
  return { failed: of("failed"), skipped: of("skipped"), unread };
}

interface TrivyResult {
  readonly Target: string;
  readonly MisconfSummary?: { readonly Successes: number };
  readonly Misconfigurations?: readonly {
    readonly ID: string;
    readonly CauseMetadata: { readonly Resource: string };
  }[];
}

/** What Trivy finds in the stacks of a folder, by the checks that are built in, and the stacks in which it found something in order. */
export async function trivy(root: string) {
  const args = ["config", "--quiet", "--format=json", `--cache-dir=${join(root, ".trivy")}`];
  const offline = ["--skip-check-update", "--skip-version-check", "--disable-telemetry"];
  const { Results }: { Results: readonly TrivyResult[] } = await report(
    toolPath("trivy"),
    [...args, ...offline, "."],
    root,
    [0],
  );
  const found = Results.flatMap(({ Target, Misconfigurations = [] }) =>
    Misconfigurations.map(
      ({ ID, CauseMetadata }) => [dirname(Target), `${ID} ${CauseMetadata.Resource}`] as const,
    ),
  );
  const read = Results.filter(({ MisconfSummary }) => (MisconfSummary?.Successes ?? 0) > 0);
  return { found: grouped(found), read: read.map(({ Target }) => Target) };
}

interface TflintIssue {
  readonly rule: { readonly name: string };
  readonly range: { readonly filename: string; readonly start: { readonly line: number } };
}

/** What tflint finds in the stacks of a folder, by the configuration in it. */
export async function tflint(root: string) {
  const { issues, errors }: { issues: readonly TflintIssue[]; errors: readonly unknown[] } = await report(
    toolPath("tflint"),
    ["--recursive", "--format=json", `--config=${join(root, ".tflint.hcl")}`],
    root,
    [0, 2],
  );
  const found = issues.map(({ rule, range: { filename, start } }) => {
    const isMissing = rule.name === "terraform_standard_module_structure";
    const where = isMissing
      ? filename.slice(dirname(filename).length + 1)
      : addressAt(join(root, filename), start.line);
    return [dirname(filename), `${rule.name} ${where}`] as const;
  });
  return { found: grouped(found), errors };
}
