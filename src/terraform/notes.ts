// What constructs say to whoever reads the HCL: which file they belong in, and why something is as it is.
import type { TerraformElement } from "cdktf";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const FILE = "hcl-file";
const COMMENT = "hcl-comment";

/**
 * Has a construct, and all in it, written to another file than the one that is named after it.
 * @param topic the file's name without its ending, for example `monitoring`
 */
export function belongsIn(construct: IConstruct, topic: string): void {
  construct.node.addMetadata(FILE, topic);
}

/**
 * Puts a comment above an element.
 * @param text sentences; line breaks are kept, and long lines are wrapped
 */
export function explain(element: TerraformElement, text: string): void {
  element.node.addMetadata(COMMENT, text);
}

/**
 * The topic of an element: what its construct says, or else the id of the outermost construct in the stack that it is in. (What
 * follows a colon in an id is another name of the same.)
 */
export function topicOf(element: TerraformElement): string {
  const scopes = element.node.scopes;
  const inside = scopes.slice(scopes.findIndex(TerraformStack.isStack) + 1);
  const said = inside.map((scope) => metadata(scope, FILE)).findLast((topic) => topic !== undefined);
  const [outermost = element] = inside;
  return (
    said ??
    outermost.node.id
      .replace(/:.*/, "")
      .replace(/[^A-Za-z0-9-]+/g, "-")
      .toLowerCase()
  );
}

/** The comment above an element; `undefined` where there is none. */
export function commentOf(element: TerraformElement): string | undefined {
  return metadata(element, COMMENT);
}

function metadata({ node }: IConstruct, type: string): string | undefined {
  const found = node.metadata.findLast((entry) => entry.type === type);
  return found === undefined ? undefined : String(found.data);
}
