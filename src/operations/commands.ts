// The commands that hints tell people to type: each names the environment, so that nobody acts on another one.
import type { RuleHolder } from "../model/traffic/rules";

/**
 * The command that synthesizes all of its stacks.
 * @param environment the environment's name: that of its file
 */
export function synthCommand(environment: string): string {
  return `ENVIRONMENT=${environment} npm run synth`;
}

/**
 * The command that deploys one stack alone, so that Terraform puts back what it owns.
 * @param environment the environment's name: that of its file
 */
export function deployCommand(environment: string, stack: RuleHolder): string {
  const deploy = `ENVIRONMENT=${environment} npx cdktf deploy ${stack}`;
  // The CDKTF CLI otherwise wants the stack that this one depends on, too.
  return stack === "security-group-rules" ? `${deploy} --ignore-missing-stack-dependencies` : deploy;
}

/**
 * The command that runs an operation.
 * @param environment the environment's name: that of its file
 * @param operation as typed: `verify`, or `contain undo`
 * @param options of its own
 */
export function opsCommand(
  environment: string,
  operation: string,
  options: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries({ environment, ...options }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  );
  return ["npm run -s ops --", operation, ...given].join(" ");
}
