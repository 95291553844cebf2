// The environments that the pages show, as whoever copies them has them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import type { Environment } from "../../src/model/environment";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";

/**
 * The environment of a page's first block of code that defines one.
 * @param page its path within the project
 * @param define what its `defineEnvironment` does. Default: the project's own
 */
export function documentedEnvironment(
  page: string,
  define: (input: EnvironmentInput) => Environment = defineEnvironment,
): Environment {
  const text = readFileSync(join(__dirname, "..", "..", page), "utf8");
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  const source = blocks.find((code) => code.includes("export default")) ?? "";
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  const exported: { default?: Environment } = {};
  new Function("exports", "require", "defineEnvironment", code)(
    exported,
    () => ({ defineEnvironment: define }),
    define,
  );
  if (!exported.default) {
    throw new Error(`${page} shows no environment.`);
  }
  return exported.default;
}
