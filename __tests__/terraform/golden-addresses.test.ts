// The addresses of the five documented systems, as they stand in fixtures/addresses: a change of one is a decision.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { addPlatform } from "../../src/stacks/platform";
import { addressOf, elementsOf } from "../../src/terraform/addresses";
import { BaseStack } from "../../src/terraform/base-stack";
import { systems } from "../support/systems";

const WHAT_TO_DO =
  "Addresses have changed: Terraform would destroy what a former one names and create it anew, a database included. If " +
  "that was not meant, give the element its id back. If it was, let a `moved` block say it " +
  "(src/terraform/former-addresses.ts), or docs/upgrading.md that and why it is replaced, and write the list anew: " +
  "UPDATE_ADDRESSES=1 npx jest --selectProjects unit --testPathPatterns golden-addresses";

/** A heading for each stack and a line for each address, in the order of the alphabet. */
function addressesOf(name: string): string {
  const app = Testing.app();
  addPlatform(app, systems.load(name));
  return app.node.children
    .filter((child) => child instanceof BaseStack)
    .map((stack) => {
      const addresses = elementsOf(stack)
        .map(addressOf)
        .filter((address) => address !== undefined);
      return `# ${stack.node.id}\n${addresses.sort().join("\n")}\n`;
    })
    .join("\n");
}

it.each(systems.names())("%s has the addresses of its list", (name) => {
  const file = join(__dirname, "..", "fixtures", "addresses", `${name}.txt`);
  const now = addressesOf(name);
  if (process.env.UPDATE_ADDRESSES !== undefined) {
    writeFileSync(file, now);
  }
  const [listed, present] = [readFileSync(file, "utf8").split("\n"), now.split("\n")];
  expect({
    whatToDo: WHAT_TO_DO,
    gone: listed.filter((address) => !present.includes(address)),
    added: present.filter((address) => !listed.includes(address)),
  }).toEqual({ whatToDo: WHAT_TO_DO, gone: [], added: [] });
  // An address may also move from one stack to another.
  expect(present).toEqual(listed);
});
