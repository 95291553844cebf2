// What is wrong with an environment file, as people are told it.
import { EnvironmentError, type Problem } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

/** Every problem of an input, whatever it is: files are TypeScript, but a bad value can be cast or computed. */
export function problemsIn(input: unknown): readonly Problem[] {
  try {
    Reflect.apply(defineEnvironment, undefined, [input]);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

/** The problems of a platform of one service, with these fields beside what it must have: `path: remedy`. */
export function problemsOfService(web: object): readonly string[] {
  return problemsIn({
    name: "shop",
    region: "us-east-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
    services: { web: { image: "shop/web:1", port: 8000, cpu: 256, memory: 512, ...web } },
  }).map(({ path, remedy }) => `${path}: ${remedy}`);
}
