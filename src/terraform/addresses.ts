// What an element is called in Terraform: its own construct id decides, never where its construct stands.
import {
  TerraformDataSource,
  TerraformElement,
  TerraformLocal,
  TerraformModule,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import type { IConstruct } from "constructs";
import { terraformName } from "../model/names/terraform";
import { Check } from "./check";
import { EphemeralResource } from "./ephemeral-resource";

/**
 * A name for each of these texts, which come from outside (e-mail addresses, DNS names) and may differ in no more than
 * what a name cannot hold: then those after the first are numbered.
 */
export function distinctNames(texts: readonly string[]): (readonly [text: string, name: string])[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const plain = terraformName(`:${text.replaceAll("*", "wildcard").replaceAll("@", "-at-")}`);
    let name = plain;
    for (let number = 2; taken.has(name); number++) name = `${plain}_${number}`;
    taken.add(name);
    return [text, name];
  });
}

/** A stack's elements in the order of the tree, without those of a stack inside it. */
export function elementsOf(root: IConstruct, found: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(root)) {
    found.push(root);
  }
  for (const child of root.node.children) {
    if (!TerraformStack.isStack(child)) elementsOf(child, found);
  }
  return found;
}

/** What Terraform knows an element by, such as `aws_s3_bucket.uploads`; `undefined` for what has no address. */
export function addressOf(element: TerraformElement): string | undefined {
  const kind = kindOf(element);
  return kind === undefined ? undefined : `${kind}.${element.friendlyUniqueId}`;
}

function kindOf(element: TerraformElement): string | undefined {
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}`;
  if (element instanceof EphemeralResource) return `ephemeral.${element.type}`;
  if (element instanceof Check) return "check";
  if (element instanceof TerraformVariable) return "var";
  if (element instanceof TerraformOutput) return "output";
  if (element instanceof TerraformLocal) return "local";
  if (element instanceof TerraformModule) return "module";
  return undefined;
}

/** Thrown where two elements of a stack want one address; nothing has been written then. */
export class DuplicateAddressError extends Error {
  override readonly name = "DuplicateAddressError";

  /** @param problems a sentence each, at least one */
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** A sentence for each address that two elements of a stack want: cdktf would merge them into one, silently. */
export function duplicateAddresses(stack: TerraformStack): string[] {
  const byAddress = new Map<string, TerraformElement[]>();
  for (const element of elementsOf(stack)) {
    const address = addressOf(element);
    if (address !== undefined) {
      const known = byAddress.get(address);
      if (known === undefined) byAddress.set(address, [element]);
      else known.push(element);
    }
  }
  return [...byAddress]
    .filter(([, elements]) => elements.length > 1)
    .map(
      ([address, elements]) =>
        `${address} is the address of ${elements.map(({ node }) => node.path).join(" and of ")}. Give one of them another construct id (its last part ` +
        "is its name in Terraform; where it comes from a key of the environment file, another key), or call " +
        "overrideLogicalId.",
    );
}
