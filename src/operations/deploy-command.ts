// What to type so that Terraform puts back what it owns.
import type { RuleHolder } from "../traffic/rules";

/**
 * The command that deploys one stack alone.
 * @param environment the environment's name: that of its file
 */
export function deployCommand(environment: string, stack: RuleHolder): string {
  const deploy = `ENVIRONMENT=${environment} npx cdktf deploy ${stack}`;
  // The CDKTF CLI otherwise wants the stack that this one depends on, too.
  return stack === "security-group-rules" ? `${deploy} --ignore-missing-stack-dependencies` : deploy;
}
