// A plan of Terraform's as short lines, one for each argument that changes: what rows show.

interface Shown {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly replace_paths?: readonly (readonly unknown[])[];
    };
  }[];
}

/** Follows what it shows: nearly every field changes it. */
const DASHBOARD = "update aws_cloudwatch_dashboard.platform: dashboard_body";

/** What is said of a resource rather than done: the tags of a stack, of which one resource stands for all, and an alarm's text. */
const SAID = /^update .*: alarm_description$|^update (?!aws_vpc\.main:).*: tags_all$/;

/** @param shown what `terraform show -json` says of a plan */
export function planLines(shown: string): string[] {
  const { resource_changes: changes = [] }: Shown = JSON.parse(shown);
  const lines = changes
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change: { actions, before, after, replace_paths: forcedBy = [] } }) => {
      const done = `${actions.join(", ")} ${address}`;
      switch (done.slice(0, done.indexOf(" "))) {
        case "no-op":
          return [];
        case "update":
          return changed(before ?? {}, after ?? {}).map((argument) => `${done}: ${argument}`);
        default:
          return forcedBy.length > 0
            ? [...new Set(forcedBy.map(([argument]) => `${done}: ${String(argument)}`))]
            : [done];
      }
    });
  return lines.filter((line) => line !== DASHBOARD && !SAID.test(line)).sort();
}

function changed(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (argument) => text(before[argument]) !== text(after[argument]),
  );
}

/** A value as text. What is not set, the provider writes as null, 0, an empty text or an empty list by turns. */
function text(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner) => (isUnset(inner) ? null : inner));
}

function isUnset(value: unknown): boolean {
  return value === 0 || value === "" || (Array.isArray(value) && value.length === 0);
}
