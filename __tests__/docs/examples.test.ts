// The environments that the pages show are ones that synthesize: whoever copies them begins with something that works.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import type { Environment } from "../../src/model/environment";
import { defineEnvironment } from "../../src/validation/define-environment";

const root = join(__dirname, "..", "..");

/** The environment of a page's first block of code that defines one. */
function example(page: string): Environment {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/```ts\n([\s\S]*?)```/g);
  const source = [...blocks].map(([, code = ""]) => code).find((code) => code.includes("export default"));
  const { code } = transformSync(source ?? "", {
    jsc: { parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  const exported: { default?: Environment } = {};
  new Function("exports", "require", "defineEnvironment", code)(
    exported,
    () => ({ defineEnvironment }),
    defineEnvironment,
  );
  if (!exported.default) {
    throw new Error(`${page} shows no environment.`);
  }
  return exported.default;
}

it("README's is accepted", () => {
  expect(example("README.md")).toMatchObject({
    name: "lightwave-django-prod",
    production: true,
    services: { django: { connectsTo: ["postgres", "redis"] } },
  });
});

it("the one that make-it-yours.md begins with is accepted", () => {
  expect(example(join("docs", "make-it-yours.md"))).toMatchObject({
    name: "shop-staging",
    production: false,
    services: { worker: { command: ["celery", "-A", "shop", "worker"] } },
  });
});

it("the one that django-settings.md has for Celery is accepted", () => {
  expect(example(join("docs", "django-settings.md"))).toMatchObject({
    name: "shop-prod",
    services: {
      worker: { celery: {}, consumesFrom: ["jobs"] },
      beat: { desiredCount: 1, sendsTo: ["jobs"] },
    },
  });
});
