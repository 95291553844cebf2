// What Parameter Store has, and what it has to have of a platform's outputs.
import { awsCli } from "./aws-cli";

/** A parameter's type and its value, which is read where it is JSON. */
export type Parameters = Readonly<Record<string, readonly [type: unknown, value: unknown]>>;

/** Every parameter under a path, by name. */
export async function readParameters(endpoint: string, path: string): Promise<Parameters> {
  const found: { Name: string; Type: string; Value: string }[] = Object(
    await awsCli(
      endpoint,
      ...["ssm", "get-parameters-by-path", "--path", path, "--recursive", "--query", "Parameters[]"],
    ),
  );
  return Object.fromEntries(
    found.map(({ Name, Type, Value }) => [Name, [Type, /^[[{]/.test(Value) ? JSON.parse(Value) : Value]]),
  );
}

/** The parameters that outputs come to, as docs/terraform.md says: one of each, or of each key. */
export function parametersOf(path: string, outputs: Readonly<Record<string, unknown>>): Parameters {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([output, value]) =>
      typeof value === "object" && !Array.isArray(value)
        ? Object.entries(Object(value)).map(([key, inner]) => [`${path}/${output}/${key}`, stored(inner)])
        : value === undefined
          ? []
          : [[`${path}/${output}`, stored(value)]],
    ),
  );
}

function stored(value: unknown): readonly [string, unknown] {
  if (typeof value === "object" && !isTexts(value)) return ["String", value];
  return isTexts(value) ? ["StringList", value.join(",")] : ["String", String(value)];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
