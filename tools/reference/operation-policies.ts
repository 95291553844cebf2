// Puts the IAM policy of each command into docs/operations.md, from the table of permissions.
import type { PolicyDocument } from "../../src/iam/document";
import { OPERATIONS, policyOf, terraformPolicyOf } from "../../src/operations/command-policies";

/** A block of JSON in a page. */
const BLOCK = /```json\n(.*?)```/gs;

/**
 * The page with its policies as they have to be: in the section of each command, the blocks of JSON that have a `Statement`.
 * The first is the command's own, the second that of the Terraform which it runs. Throws where a section or a block is missing.
 */
export function withPolicies(page: string): string {
  const sections = page.split(/^(?=##+ )/m);
  for (const command of OPERATIONS) {
    const index = sections.findIndex((section) => /^##+ (.*)/.exec(section)?.[1] === command);
    const terraform = terraformPolicyOf(command);
    sections[index] = replaced(command, sections[index], [
      policyOf(command),
      ...(terraform ? [terraform] : []),
    ]);
  }
  return sections.join("");
}

function replaced(command: string, section: string | undefined, policies: readonly PolicyDocument[]): string {
  let next = 0;
  const text = section?.replaceAll(BLOCK, (block, json: string) => {
    if (!json.includes('"Statement"')) {
      return block;
    }
    const policy = policies[next];
    next += 1;
    return policy ? `\`\`\`json\n${JSON.stringify(policy, null, 2)}\n\`\`\`` : block;
  });
  if (text === undefined || next !== policies.length) {
    throw new Error(
      `docs/operations.md needs a section "${command}" with ${policies.length} blocks of JSON with a "Statement"; ` +
        `it has ${text === undefined ? "no such section" : next}.`,
    );
  }
  return text;
}
