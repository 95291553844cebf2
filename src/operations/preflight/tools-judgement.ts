// Whether the tools of this machine can deploy the stacks.
import { type Finding, failed, passed } from "./planned-check";

/** The first version with write-only arguments; every stack requires it. */
const TERRAFORM_AT_LEAST = "1.11";

const INSTALL_TERRAFORM =
  "Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install), or name OpenTofu's binary in TERRAFORM_BINARY_NAME.";

/** What the binary answered to `version -json`; nothing where it ended with an error. */
export type TerraformFacts = { readonly found: false } | { readonly found: true; readonly output: string };

/**
 * @param version of the Node.js that runs
 * @param required as `engines` of package.json says it, such as `>=20.19`
 */
export function judgeNode(version: string, required = ""): Finding {
  return isAtLeast(version, required.replace(/^>=/, ""))
    ? passed(`Node.js ${version}.`)
    : failed(`Node.js is ${version}, and package.json asks for ${required}: install a newer one.`);
}

export function judgeTerraform(binary: string, facts: TerraformFacts): Finding {
  if (!facts.found) {
    return failed(`There is no "${binary}" on the PATH. ${INSTALL_TERRAFORM}`);
  }
  // A warning about the CLI's configuration can come before the JSON. OpenTofu uses the same key.
  const version = /"terraform_version":\s*"([^"]+)"/.exec(facts.output)?.[1];
  if (version === undefined) {
    return failed(
      `"${binary} version -json" does not say which version it is: run it by hand to see what is wrong. ${INSTALL_TERRAFORM}`,
    );
  }
  return isAtLeast(version, TERRAFORM_AT_LEAST)
    ? passed(`${binary} ${version}.`)
    : failed(`${binary} is ${version}, which is too old. ${INSTALL_TERRAFORM}`);
}

/** Each is `undefined` where it is not installed. */
export function judgeCdktf(cli: string | undefined, library: string | undefined): Finding {
  if (cli === undefined || library === undefined) {
    const missing = cli === undefined ? "The CDKTF CLI" : "CDKTF's library";
    return failed(`${missing} is not installed: run "npm ci" in the project's folder.`);
  }
  return cli === library
    ? passed(`The CLI and the library ${cli}.`)
    : failed(
        `The CDKTF CLI is ${cli} and its library ${library}: run "npm ci" to install what package-lock.json says.`,
      );
}

/** Whether a version such as `1.11.4` is at least another such as `1.11`. */
function isAtLeast(version: string, minimum: string): boolean {
  const numbers = (text: string) => text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const has = numbers(version);
  const needs = numbers(minimum);
  const different = needs.findIndex((number, index) => number !== (has[index] ?? 0));
  return different < 0 || (has[different] ?? 0) > (needs[different] ?? 0);
}
